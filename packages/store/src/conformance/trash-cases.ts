import { describe, expect, test } from 'vitest'
import { toRowGroup } from './plain-rows.ts'
import { at, type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** Deleted runs, which come back or not, and views. */
export function describeTrash(createPlace: CreateStorePlace): void {
  describe('the trash', () => {
    const fill = ({ store, run }: TestStore) =>
      store.write([
        {
          kind: 'append-rows',
          run,
          stream: 'history',
          lineOffset: 0,
          rows: toRowGroup([{ step: 0, values: { loss: 1 } }]),
          nowMs,
        },
        { kind: 'put-run', at: at('r1'), nowMs, change: { config: '{"lr":{"value":0.5}}', displayName: 'first' } },
      ])
    const seen = async ({ store, run }: TestStore) => ({
      byName: (await store.run(at('r1')))?.id,
      byId: (await store.runById(run))?.runId,
      place: (await store.place({ run }))?.project,
      listed: (await store.runs({ entity: 'e', project: 'p' })).runs.length,
      counted: await store.runCount({ entity: 'e', project: 'p' }),
      ofProject: (await store.project('e', 'p'))?.runCount,
      live: (await store.liveRuns({ heartbeatBeforeMs: nowMs + 1 })).length,
      keys: (await store.metricKeys({ entity: 'e', project: 'p' })).length,
      projects: (await store.projects()).length,
    })
    const nothing = {
      byName: undefined,
      byId: undefined,
      place: undefined,
      listed: 0,
      counted: 0,
      ofProject: 0,
      live: 0,
      keys: 0,
      projects: 1,
    }

    test('hides a run from every read, and gives it back as it was', async () => {
      await using test = await openTestStore(createPlace)
      await fill(test)
      const before = await seen(test)
      expect(before).toMatchObject({ byId: 'r1', listed: 1, live: 1, keys: 1 })
      await test.store.write([{ kind: 'trash-run', run: test.run, nowMs: nowMs + 5 }])
      await test.reopen()
      expect(await seen(test)).toEqual(nothing)
      const { id: project } = (await test.store.project('e', 'p'))!
      expect(await test.store.trashedRuns({ project })).toEqual([
        {
          id: test.run,
          projectId: project,
          runId: 'r1',
          displayName: 'first',
          createdAtMs: nowMs,
          deletedAtMs: nowMs + 5,
        },
      ])
      const [{ run }] = await test.store.write([{ kind: 'restore-run', run: test.run, nowMs: nowMs + 9 }])
      expect(run).toMatchObject({ id: test.run, number: 1, runId: 'r1', project: 'p', updatedAtMs: nowMs + 9 })
      expect(await seen(test)).toEqual(before)
      expect([...(await test.store.column({ run: test.run, key: 'loss' })).values]).toEqual([1])
      expect(await test.store.trashedRuns()).toEqual([])
    })

    test('takes nothing that is written to a run in it, and lends nothing of it', async () => {
      await using test = await openTestStore(createPlace)
      await fill(test)
      await test.store.write([
        { kind: 'put-run', at: at('r2'), nowMs, change: {} },
        { kind: 'trash-run', run: test.run, nowMs },
      ])
      const rows = toRowGroup([{ step: 1, values: { loss: 2 } }])
      for (const write of [
        { kind: 'append-rows', run: test.run, stream: 'history', lineOffset: 1, rows, nowMs },
        { kind: 'cut-history', run: test.run, throughStep: 0, nowMs },
        { kind: 'copy-history', from: test.run, to: at('r2'), throughStep: 0, nowMs },
        { kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['late'], nowMs },
        { kind: 'trash-run', run: test.run, nowMs },
        { kind: 'put-run', at: at('r1'), nowMs, change: {}, mayCreate: false },
      ] as const) {
        await expect(test.store.write([write])).rejects.toMatchObject({ code: 'not-found' })
      }
    })

    test('keeps the id of a run spent, also when the run is removed for good', async () => {
      await using test = await openTestStore(createPlace)
      const other = { ...at('r1'), project: 'other' }
      await test.store.write([{ kind: 'put-run', at: other, nowMs, change: {} }])
      expect(await test.store.isRunIdSpent(at('r1'))).toBe(false)
      await test.store.write([{ kind: 'trash-run', run: test.run, nowMs }])
      expect([await test.store.isRunIdSpent(at('r1')), await test.store.isRunIdSpent(other)]).toEqual([true, false])
      await test.store.write([{ kind: 'delete-run', run: test.run }])
      expect(await test.store.isRunIdSpent(at('r1'))).toBe(true)
      expect(await test.store.trashedRuns()).toEqual([])
      await expect(test.store.write([{ kind: 'restore-run', run: test.run, nowMs }])).rejects.toMatchObject({
        code: 'not-found',
      })
    })

    test('tells what has lain there since a time, oldest first', async () => {
      await using test = await openTestStore(createPlace)
      const [{ run }] = await test.store.write([{ kind: 'put-run', at: at('r2'), nowMs, change: {} }])
      await test.store.write([
        { kind: 'trash-run', run: run.id, nowMs: nowMs + 1 },
        { kind: 'trash-run', run: test.run, nowMs: nowMs + 2 },
      ])
      const ids = async (query = {}) => (await test.store.trashedRuns(query)).map(({ runId }) => runId)
      expect(await ids()).toEqual(['r2', 'r1'])
      expect(await ids({ deletedBeforeMs: nowMs + 2 })).toEqual(['r2'])
      expect(await ids({ limit: 1 })).toEqual(['r2'])
      expect(await ids({ project: 999 })).toEqual([])
      expect(await ids({ run: test.run })).toEqual(['r1'])
      expect(await ids({ runId: 'r2' })).toEqual(['r2'])
      expect(await ids({ runId: 'r2', project: run.projectId })).toEqual(['r2'])
      expect(await ids({ runId: 'r2', run: test.run })).toEqual([])
    })
  })

  describe('views', () => {
    test('come back as they were put, and are changed by their id', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      const spec = '{ "blocks": [],  "n": 1e400 }'
      const fields = { type: 'runs', name: 'a', displayName: 'A report', description: 'd', spec }
      const [{ view }] = await test.store.write([
        { kind: 'put-view', project, fields, username: 'ada', nowMs },
        { kind: 'put-view', project, fields: { type: 'project-view', name: 'nw-x-v' }, username: 'bob', nowMs },
      ])
      expect(view).toEqual({
        id: view.id,
        projectId: project,
        ...fields,
        username: 'ada',
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        revision: 1,
        savedBy: 'ada',
      })
      await test.store.write([
        { kind: 'put-view', project, view: view.id, fields: { spec: '{}' }, username: 'bob', nowMs: nowMs + 1 },
      ])
      await test.reopen()
      expect(await test.store.view(view.id)).toEqual({
        ...view,
        spec: '{}',
        updatedAtMs: nowMs + 1,
        revision: 2,
        savedBy: 'bob',
      })
      const names = async (query: object) => (await test.store.views({ project, ...query })).map(({ name }) => name)
      expect(await names({})).toEqual(['a', 'nw-x-v'])
      expect(await names({ type: 'runs' })).toEqual(['a'])
      expect(await names({ name: 'nw-x-v', username: 'bob' })).toEqual(['nw-x-v'])
      expect(await names({ username: 'eve' })).toEqual([])
    })

    test('a definition of a chart takes the place of the one of its name', async () => {
      await using test = await openTestStore(createPlace)
      const chart = { entity: 'e', name: 'c', displayName: 'C', type: 'vega2', spec: '{ }', username: 'ada' } as const
      await test.store.write([{ kind: 'put-custom-chart', ...chart, access: 'private', nowMs }])
      await test.store.write([{ kind: 'put-custom-chart', ...chart, access: 'public', nowMs: nowMs + 1 }])
      expect(await test.store.customChart({ entity: 'e', name: 'c' })).toEqual({
        ...chart,
        access: 'public',
        createdAtMs: nowMs,
        updatedAtMs: nowMs + 1,
      })
      expect(await test.store.customChart({ entity: 'f', name: 'c' })).toBeUndefined()
    })

    test('of another project, or removed, are not there', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      const [{ view }] = await test.store.write([{ kind: 'put-view', project, fields: {}, username: '', nowMs }])
      const change = { kind: 'put-view', project: 999, view: view.id, fields: {}, username: '', nowMs } as const
      await expect(test.store.write([change])).rejects.toMatchObject({ code: 'not-found' })
      await test.store.write([{ kind: 'delete-view', view: view.id }])
      expect(await test.store.view(view.id)).toBeUndefined()
      const again = test.store.write([{ kind: 'delete-view', view: view.id }])
      await expect(again).rejects.toMatchObject({ code: 'not-found' })
    })
  })
}
