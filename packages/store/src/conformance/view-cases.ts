import { describe, expect, test } from 'vitest'
import { viewRevisionCountMax } from '../views/views.ts'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** What views were before, who may take whose place, and texts under their digest. */
export function describeViewRevisions(createPlace: CreateStorePlace): void {
  describe('revisions of views', () => {
    const open = async (test: TestStore) => {
      const { id: project } = (await test.store.project('e', 'p'))!
      const put = (options: {
        readonly view?: number
        readonly fields: object
        readonly username?: string
        readonly atMs?: number
        readonly expectedRevision?: number
        readonly joinsSinceMs?: number
        readonly isNameUnique?: boolean
      }) => {
        const { atMs = 0, username = 'ada', ...rest } = options
        return test.store.write([{ kind: 'put-view', project, username, nowMs: nowMs + atMs, ...rest }])
      }
      const [{ view }] = await put({ fields: { type: 'project-view', name: 'v', displayName: 'V', spec: '{"a":0}' } })
      return { project, put, view: view.id }
    }

    test('each change of what it holds is one, with who and when', async () => {
      await using test = await openTestStore(createPlace)
      const { put, view } = await open(test)
      await put({ view, fields: { spec: '{"a":1}' }, username: 'bob', atMs: 5 })
      await put({ view, fields: { displayName: 'W' }, atMs: 7 })
      // Nothing that a revision holds.
      await put({ view, fields: { type: 'runs', spec: '{"a":1}' }, atMs: 9 })
      await test.reopen()
      expect(await test.store.view(view)).toMatchObject({ revision: 3, savedBy: 'ada', type: 'runs' })
      const whole = { displayName: 'V', description: '' }
      expect(await test.store.viewRevisions(view)).toEqual([
        { number: 3, ...whole, displayName: 'W', username: 'ada', begunAtMs: nowMs + 7, savedAtMs: nowMs + 7 },
        { number: 2, ...whole, username: 'bob', begunAtMs: nowMs + 5, savedAtMs: nowMs + 5 },
        { number: 1, ...whole, username: 'ada', begunAtMs: nowMs, savedAtMs: nowMs },
      ])
      expect(await test.store.viewRevision({ view, number: 1 })).toMatchObject({ spec: '{"a":0}' })
      expect(await test.store.viewRevision({ view, number: 4 })).toBeUndefined()
    })

    test('the oldest are dropped', async () => {
      await using test = await openTestStore(createPlace)
      const { put, view } = await open(test)
      for (let i = 1; i <= viewRevisionCountMax + 5; i++) await put({ view, fields: { spec: `{"a":${i}}` } })
      const numbers = (await test.store.viewRevisions(view)).map(({ number }) => number)
      expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([viewRevisionCountMax, viewRevisionCountMax + 6, 7])
    })

    test('what one user saves shortly after another is one of them, when asked for', async () => {
      await using test = await openTestStore(createPlace)
      const { put, view } = await open(test)
      const joinsSinceMs = nowMs - 10
      await put({ view, fields: { spec: '{"a":1}' }, atMs: 1, joinsSinceMs })
      await put({ view, fields: { spec: '{"a":2}' }, atMs: 2, joinsSinceMs })
      await put({ view, fields: { spec: '{"a":3}' }, atMs: 3, joinsSinceMs, username: 'bob' })
      await put({ view, fields: { spec: '{"a":4}' }, atMs: 40, joinsSinceMs: nowMs + 30, username: 'bob' })
      const revisions = await test.store.viewRevisions(view)
      expect(revisions.map(({ number, username, begunAtMs }) => [number, username, begunAtMs - nowMs])).toEqual([
        [5, 'bob', 40],
        [4, 'bob', 3],
        [3, 'ada', 0],
      ])
    })

    test('a change that expects another revision than there is changes nothing', async () => {
      await using test = await openTestStore(createPlace)
      const { put, view } = await open(test)
      await put({ view, fields: { spec: '{"a":1}' }, expectedRevision: 1, username: 'bob' })
      const late = put({ view, fields: { spec: '{"a":2}' }, expectedRevision: 1 })
      await expect(late).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/^bob has saved/) })
      expect(await test.store.view(view)).toMatchObject({ spec: '{"a":1}', revision: 2 })
    })

    test('of two new ones that must be the only one of their name, one is made', async () => {
      await using test = await openTestStore(createPlace)
      const { put, project } = await open(test)
      const fields = { type: 'project-view', name: 'nw-ada-w' }
      const made = await Promise.allSettled([put({ fields, isNameUnique: true }), put({ fields, isNameUnique: true })])
      expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      await put({ fields: { ...fields, type: 'runs' }, isNameUnique: true })
      expect(await test.store.views({ project, name: 'nw-ada-w' })).toHaveLength(2)
    })

    test('go with their view, and with its project', async () => {
      await using test = await openTestStore(createPlace)
      const { put, view, project } = await open(test)
      const [{ view: other }] = await put({ fields: { name: 'other' } })
      await test.store.write([{ kind: 'delete-view', view }])
      expect([await test.store.viewRevisions(view), (await test.store.viewRevisions(other.id)).length]).toEqual([[], 1])
      await test.store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
      expect(await test.store.viewRevisions(other.id)).toEqual([])
    })

    test('a state is kept under its digest', async () => {
      await using test = await openTestStore(createPlace)
      const write = { kind: 'put-view-state', hash: 'h', state: '{"q":"a"}', nowMs } as const
      await test.store.write([write, write])
      await test.reopen()
      expect([await test.store.viewState('h'), await test.store.viewState('i')]).toEqual(['{"q":"a"}', undefined])
    })
  })
}
