import { describe, expect, test } from 'vitest'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** Sweeps are kept under their names, changed field by field, and go with their project. */
export function describeSweeps(createPlace: CreateStorePlace): void {
  describe('sweeps', () => {
    const open = async (test: TestStore) => {
      const { id: project } = (await test.store.project('e', 'p'))!
      const put = async (
        name: string,
        fields: object,
        options: { readonly mayChange?: boolean; readonly atMs?: number } = {},
      ) => {
        const { atMs = 0, ...rest } = options
        const [result] = await test.store.write([
          { kind: 'put-sweep', project, name, fields, username: 'ada', nowMs: nowMs + atMs, ...rest },
        ])
        return result
      }
      return { project, put }
    }

    test('a new one is pending and empty where nothing is said; changes leave the rest', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      const config = 'method: grid\u0000\n'
      expect(await put('abc', { config, priorRunIds: ['r1', 'r2'] })).toMatchObject({ isCreated: true })
      const { isCreated, sweep } = await put('abc', { state: 'running', displayName: 'Größe' }, { atMs: 5 })
      expect(isCreated).toBe(false)
      await test.reopen()
      expect(await test.store.sweeps({ project })).toEqual([
        {
          id: sweep.id,
          projectId: project,
          name: 'abc',
          displayName: 'Größe',
          description: '',
          config,
          state: 'running',
          controller: '',
          scheduler: '',
          launchScheduler: '',
          priorRunIds: ['r1', 'r2'],
          username: 'ada',
          createdAtMs: nowMs,
          updatedAtMs: nowMs + 5,
        },
      ])
    })

    test('found by id or name, listed oldest first, and removed', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      const first = await put('z', {})
      const second = await put('a', {})
      const names = async (query: Parameters<typeof test.store.sweeps>[0]) =>
        (await test.store.sweeps(query)).map(({ name }) => name)
      expect(await names({ project })).toEqual(['z', 'a'])
      expect(await names({ project, name: 'a' })).toEqual(['a'])
      expect(await names({ id: first.sweep.id })).toEqual(['z'])
      expect(await names({ project: project + 1 })).toEqual([])
      await test.store.write([{ kind: 'delete-sweep', sweep: second.sweep.id }])
      expect(await names({ project })).toEqual(['z'])
      await expect(test.store.write([{ kind: 'delete-sweep', sweep: second.sweep.id }])).rejects.toMatchObject({
        code: 'not-found',
      })
    })

    test('one that has to be new changes nothing where there is one', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      await put('a', { config: 'one' })
      await expect(put('a', { config: 'two' }, { mayChange: false })).rejects.toMatchObject({ code: 'conflict' })
      expect(await test.store.sweeps({ project })).toMatchObject([{ config: 'one' }])
    })

    test('a project takes them with it, under its new name and into its end', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      await put('a', {})
      await test.store.write([{ kind: 'rename-project', project, entity: 'e', name: 'q', nowMs }])
      expect(await test.store.sweeps({ project })).toHaveLength(1)
      await test.store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
      expect(await test.store.sweeps({ project })).toEqual([])
    })
  })
}
