import { describe, expect, test } from 'vitest'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

/** Links are found by the digest of their secret, noted when used, taken back, and go with their project. */
export function describeShareLinks(createPlace: CreateStorePlace): void {
  describe('share links', () => {
    test('are kept, found, used, taken back, and go with their project', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      const make = async (digest: Uint8Array, expiresAtMs?: number, passwordHash?: string) => {
        const link = {
          projectId: project,
          kind: 'run',
          target: 7,
          path: '/e/p/runs/r',
          username: 'ada',
          expiresAtMs,
          passwordHash,
        } as const
        const [result] = await test.store.write([{ kind: 'put-share-link', link, digest, nowMs }])
        return result.link
      }
      const [first, second] = [
        await make(new Uint8Array(32).fill(1)),
        await make(new Uint8Array(32).fill(2), nowMs + 5, 'hash'),
      ]
      await test.reopen()
      expect(await test.store.shareLinks({ project })).toEqual([
        {
          id: first.id,
          projectId: project,
          kind: 'run',
          target: 7,
          path: '/e/p/runs/r',
          username: 'ada',
          createdAtMs: nowMs,
          expiresAtMs: undefined,
          usedAtMs: undefined,
          passwordHash: undefined,
        },
        { ...second, expiresAtMs: nowMs + 5, passwordHash: 'hash' },
      ])
      await test.store.write([{ kind: 'use-share-link', link: second.id, nowMs: nowMs + 3 }])
      expect(await test.store.shareLinks({ digest: new Uint8Array(32).fill(2) })).toEqual([
        { ...second, usedAtMs: nowMs + 3 },
      ])
      expect(await test.store.shareLinks({ digest: new Uint8Array(32).fill(3) })).toEqual([])
      await test.store.write([{ kind: 'delete-share-link', link: second.id }])
      expect(await test.store.shareLinks({ id: second.id })).toEqual([])
      for (const write of [
        { kind: 'delete-share-link', link: second.id } as const,
        { kind: 'use-share-link', link: second.id, nowMs } as const,
      ]) {
        await expect(test.store.write([write])).rejects.toMatchObject({ code: 'not-found' })
      }
      await test.store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
      expect(await test.store.shareLinks({ id: first.id })).toEqual([])
    })

    test('of a run go with it to another project, and no others do', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      const { id: projectId } = (await store.project('e', 'p'))!
      const made = [
        { kind: 'run', target: run },
        { kind: 'run', target: run + 1 },
        { kind: 'artifact', target: run },
        { kind: 'project', target: run },
      ] as const
      for (const [index, what] of made.entries()) {
        const link = {
          ...what,
          projectId,
          path: '/e/p',
          username: 'ada',
          expiresAtMs: undefined,
          passwordHash: undefined,
        }
        await store.write([{ kind: 'put-share-link', link, digest: new Uint8Array(32).fill(index), nowMs }])
      }
      await store.write([{ kind: 'move-run', run, entity: 'e', project: 'q', nowMs }])
      const listed = async (project: string) =>
        (await store.shareLinks({ project: (await store.project('e', project))!.id })).map(({ kind, target }) => ({
          kind,
          target,
        }))
      expect(await listed('q')).toEqual([made[0]])
      expect(await listed('p')).toEqual(made.slice(1))
    })
  })
}
