import { describe, expect, test } from 'vitest'
import type { RunPredicate } from '../runs/run-selection.ts'
import type { Store } from '../store.ts'
import { putArtifact } from './artifact-samples.ts'
import { toRowGroup } from './plain-rows.ts'
import { at, type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** Runs and projects that get other addresses, and projects that are deleted. */
export function describePlaces(createPlace: CreateStorePlace): void {
  const conflict = { name: 'StoreError', code: 'conflict' }
  const notFound = { name: 'StoreError', code: 'not-found' }
  const elsewhere = (runId: string) => ({ entity: 'e', project: 'q', runId })
  const move = (store: Store, run: number, project = 'q') =>
    store.write([{ kind: 'move-run', run, entity: 'e', project, nowMs: nowMs + 5 }])

  /** Rows that are compacted and rows that are not, values of several kinds, console, config and summary. */
  const fill = async ({ store, run }: TestStore): Promise<void> => {
    const rows = (from: number) =>
      toRowGroup([
        { step: from, values: { loss: from, 'a\\.b.c': 1, note: '"text"' } },
        { step: from + 1, values: { loss: Number.NaN, mixed: from === 0 ? 1 : '"now a text"' } },
      ])
    await store.write([{ kind: 'append-rows', run, stream: 'history', lineOffset: 0, rows: rows(0), nowMs }])
    await store.compact({ all: true })
    const config = '{"lr":{"value":0.5}}'
    await store.write([
      { kind: 'append-rows', run, stream: 'history', lineOffset: 2, rows: rows(2), nowMs },
      { kind: 'append-rows', run, stream: 'events', lineOffset: 0, rows: rows(0), nowMs },
      { kind: 'put-lines', run, lineOffset: 0, lines: ['hello'], nowMs },
      { kind: 'put-alert', run, level: 'info', title: 't', text: '', quietMs: 0, nowMs },
      { kind: 'put-run', at: at('r1'), nowMs, change: { config, summary: '{"best":{"loss":0}}', notes: 'found by' } },
    ])
  }
  const held = async ({ store, run }: TestStore) => ({
    rows: await store.rows({ run }),
    events: await store.rows({ run, stream: 'events' }),
    column: await store.column({ run, key: 'loss' }),
    others: await store.otherKeys({ run }),
    lines: await store.lines({ run, from: 0, limit: 10 }),
    alerts: (await store.alerts({ run, limit: 10 })).length,
  })
  const keysOf = async (store: Store, project: string) =>
    (await store.metricKeys({ entity: 'e', project })).map(({ key, stream }) => `${stream} ${key}`)
  const found = async (store: Store, project: string) => {
    const filter: RunPredicate = {
      kind: 'and',
      of: [
        { kind: 'eq', path: { kind: 'config', path: 'lr' }, value: 0.5 },
        { kind: 'eq', path: { kind: 'summary', path: 'best.loss' }, value: 0 },
        { kind: 'exists', path: { kind: 'metric', path: 'loss' } },
      ],
    }
    const { runs } = await store.runs({ entity: 'e', project, filter, search: 'found by' })
    return runs.map(({ runId, number }) => [runId, number])
  }

  describe('a run that is moved', () => {
    test('keeps all that it has, under keys of its new project, and goes on growing there', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      await store.write([{ kind: 'put-run', at: elsewhere('other'), nowMs, change: {} }])
      await fill(test)
      const before = await held(test)
      const keys = await keysOf(store, 'p')
      const [{ run: moved }] = await move(store, run)
      expect(moved).toMatchObject({ id: run, entity: 'e', project: 'q', runId: 'r1', number: 2, historyLineCount: 4 })
      await test.reopen()
      expect(await held(test)).toEqual(before)
      expect([await keysOf(test.store, 'p'), await keysOf(test.store, 'q')]).toEqual([[], keys])
      expect([await found(test.store, 'p'), await found(test.store, 'q')]).toEqual([[], [['r1', 2]]])
      expect(await test.store.place({ run })).toMatchObject({ project: 'q' })
      const counts = (await test.store.projects('e')).map(({ name, runCount }) => [name, runCount])
      expect(counts).toEqual([
        ['p', 0],
        ['q', 2],
      ])
      const rows = toRowGroup([{ step: 4, values: { loss: 9, fresh: 1 } }])
      await test.store.write([{ kind: 'append-rows', run, stream: 'history', lineOffset: 4, rows, nowMs }])
      expect((await test.store.column({ run, key: 'loss' })).values.at(-1)).toBe(9)
      expect(await keysOf(test.store, 'q')).toContain('history fresh')
    })

    test('is found under its former addresses, which no other run can have, until it is there again', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      await move(store, run)
      await move(store, run, 'third')
      await test.reopen()
      for (const project of ['p', 'q', 'third']) {
        expect(await test.store.run({ entity: 'e', project, runId: 'r1' })).toMatchObject({ id: run, project: 'third' })
      }
      expect(await test.store.isRunIdSpent(at('r1'))).toBe(true)
      const [{ run: other }] = await test.store.write([{ kind: 'put-run', at: elsewhere('r2'), nowMs, change: {} }])
      const [{ run: namesake }] = await test.store.write([
        { kind: 'put-run', at: { entity: 'e', project: 'fourth', runId: 'r1' }, nowMs, change: {} },
      ])
      await expect(move(test.store, namesake.id, 'p')).rejects.toMatchObject(conflict)
      await move(test.store, run, 'p')
      expect(await test.store.isRunIdSpent(at('r1'))).toBe(false)
      expect(await test.store.run(elsewhere('r1'))).toMatchObject({ id: run, project: 'p' })
      expect(await test.store.run(elsewhere('r2'))).toMatchObject({ id: other.id })
    })

    test('that comes back has the number that it had, which no other run got meanwhile', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      const put = async (project: string, runId: string): Promise<number> => {
        const [{ run: row }] = await store.write([
          { kind: 'put-run', at: { entity: 'e', project, runId }, nowMs, change: {} },
        ])
        return row.number
      }
      const numberAfterMove = async (project: string): Promise<number> =>
        (await move(store, run, project))[0].run.number
      expect(await put('q', 'other')).toBe(1)
      expect(await numberAfterMove('q')).toBe(2)
      expect(await put('p', 'second')).toBe(2)
      expect(await numberAfterMove('p')).toBe(1)
      expect(await put('p', 'third')).toBe(3)
      expect([await put('q', 'next'), await numberAfterMove('q'), await numberAfterMove('p')]).toEqual([3, 2, 1])
      await test.reopen()
      expect((await test.store.run(at('r1')))?.number).toBe(1)
      await test.store.write([{ kind: 'delete-run', run }])
    })

    test('that is deleted is found nowhere, and its addresses stay spent', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      await move(store, run)
      await store.write([{ kind: 'trash-run', run, nowMs }])
      for (const address of [at('r1'), elsewhere('r1')]) {
        expect([await store.run(address), await store.isRunIdSpent(address)]).toEqual([undefined, true])
      }
      await store.write([{ kind: 'restore-run', run, nowMs }])
      expect(await store.run(at('r1'))).toMatchObject({ project: 'q' })
      await store.write([{ kind: 'delete-run', run }])
      for (const address of [at('r1'), elsewhere('r1')]) expect(await store.isRunIdSpent(address)).toBe(true)
    })

    test('stays where its id is taken, by a deleted run too, with all other moves of that call', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      const [{ run: taken }, { run: second }] = await store.write([
        { kind: 'put-run', at: elsewhere('r1'), nowMs, change: {} },
        { kind: 'put-run', at: at('r2'), nowMs, change: {} },
      ])
      const both = () =>
        store.write(
          [second.id, run].map((id) => ({ kind: 'move-run', run: id, entity: 'e', project: 'q', nowMs }) as const),
        )
      await expect(both()).rejects.toMatchObject(conflict)
      await store.write([{ kind: 'trash-run', run: taken.id, nowMs }])
      await expect(both()).rejects.toMatchObject(conflict)
      expect(await store.run(at('r2'))).toMatchObject({ id: second.id, project: 'p' })
      await expect(move(store, 99)).rejects.toMatchObject(notFound)
      await expect(move(store, taken.id)).rejects.toMatchObject(notFound)
    })

    test('is still the one that made and used its artifacts, which stay where they are', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      const artifact = await putArtifact(store, { run, entries: [{ path: 'a', md5: 'm' }] })
      await move(store, run)
      expect(await store.artifacts.runsOf({ artifact: artifact.id, direction: 'output' })).toEqual([run])
      expect(await store.artifacts.artifactsCreatedBy(run)).toMatchObject([{ id: artifact.id }])
      expect((await store.place({ artifact: artifact.id }))?.project).toBe('p')
    })
  })

  describe('a project', () => {
    const rename = (store: Store, project: number, name: string) =>
      store.write([{ kind: 'rename-project', project, name, nowMs: nowMs + 5 }])

    test('that is renamed is the same under another name, and its runs are found under both', async () => {
      await using test = await openTestStore(createPlace)
      await fill(test)
      const { store, run } = test
      await store.write([{ kind: 'put-run', at: at('gone'), nowMs, change: {} }])
      const gone = (await store.run(at('gone')))!.id
      await store.write([{ kind: 'trash-run', run: gone, nowMs }])
      const before = await held(test)
      const { id } = (await store.project('e', 'p'))!
      const [{ project }] = await rename(store, id, 'q')
      expect(project).toMatchObject({ id, entity: 'e', name: 'q', runCount: 1, updatedAtMs: nowMs + 5 })
      await test.reopen()
      expect(await test.store.project('e', 'p')).toBeUndefined()
      expect(await held(test)).toEqual(before)
      expect(await found(test.store, 'q')).toEqual([['r1', 1]])
      expect(await test.store.run(at('r1'))).toMatchObject({ id: run, project: 'q' })
      for (const address of [at('gone'), elsewhere('gone')]) expect(await test.store.isRunIdSpent(address)).toBe(true)
      expect(await test.store.trashedRuns({ project: id })).toMatchObject([{ runId: 'gone' }])
      const [{ run: fresh }] = await test.store.write([{ kind: 'put-run', at: at('new'), nowMs, change: {} }])
      expect(fresh).toMatchObject({ project: 'p', number: 1 })
      await expect(rename(test.store, id, 'p')).rejects.toMatchObject(conflict)
      await expect(rename(test.store, 99, 'x')).rejects.toMatchObject(notFound)
    })

    test('that gets its former name back has its runs there alone', async () => {
      await using test = await openTestStore(createPlace)
      const { id } = (await test.store.project('e', 'p'))!
      await rename(test.store, id, 'q')
      await rename(test.store, id, 'p')
      expect(await test.store.run(at('r1'))).toMatchObject({ project: 'p' })
      expect(await test.store.isRunIdSpent(at('r1'))).toBe(false)
      expect(await test.store.run(elsewhere('r1'))).toMatchObject({ project: 'p' })
    })

    test('that is deleted leaves nothing but runs to remove, and its name is free', async () => {
      await using test = await openTestStore(createPlace)
      await fill(test)
      const { store, run } = test
      const { id } = (await store.project('e', 'p'))!
      const artifact = await putArtifact(store, { run, entries: [{ path: 'a', md5: 'm' }] })
      const [{ collection: links }] = await store.write([
        {
          kind: 'put-artifact-collection',
          entity: 'e',
          project: 'q',
          name: 'l',
          type: 'dataset',
          collectionKind: 'portfolio',
          nowMs,
        },
      ])
      await store.write([
        { kind: 'link-artifact', collection: links.id, artifact: artifact.id, aliases: ['best'], nowMs },
      ])
      const fields = { type: 'runs', name: 'v', displayName: '', description: '', spec: '{}' }
      const [{ view }] = await store.write([
        { kind: 'put-view', project: id, view: undefined, fields, username: 'u', nowMs },
      ])
      await store.write([{ kind: 'put-run', at: at('r2'), nowMs, change: {} }])
      await store.write([{ kind: 'trash-run', run: (await store.run(at('r2')))!.id, nowMs }])
      const early = store.write([{ kind: 'delete-project', project: id, liveSinceMs: nowMs, nowMs }])
      await expect(early).rejects.toMatchObject({ ...conflict, message: 'Run "r1" of e/p is going on.' })
      await store.write([{ kind: 'delete-project', project: id, liveSinceMs: nowMs + 1, nowMs: nowMs + 5 }])
      await test.reopen()
      const { artifacts } = test.store
      expect((await test.store.projects()).map(({ name }) => name)).toEqual(['q'])
      expect([await test.store.project('e', 'p'), await test.store.projectById(id)]).toEqual([undefined, undefined])
      expect([await test.store.run(at('r1')), await test.store.runById(run)]).toEqual([undefined, undefined])
      expect(await test.store.liveRuns({ heartbeatBeforeMs: nowMs + 9 })).toEqual([])
      expect(await artifacts.artifact(artifact.id)).toMatchObject({ state: 'deleted' })
      expect(await artifacts.memberships({ collection: links.id })).toEqual([])
      expect([...(await artifacts.contentsInUse(['m']))]).toEqual([])
      expect(await test.store.view(view.id)).toBeUndefined()
      await expect(test.store.write([{ kind: 'restore-run', run, nowMs }])).rejects.toMatchObject(notFound)
      await expect(
        test.store.write([{ kind: 'delete-project', project: id, liveSinceMs: nowMs, nowMs }]),
      ).rejects.toMatchObject(notFound)
      const doomed = await test.store.trashedRuns({ deletedBeforeMs: 1 })
      expect(doomed.map(({ runId }) => runId).toSorted()).toEqual(['r1', 'r2'])
      for (const { id: doomedId } of doomed) await test.store.write([{ kind: 'delete-run', run: doomedId }])
      expect(await test.store.rows({ run })).toEqual([])
      const [{ run: again, isCreated }] = await test.store.write([{ kind: 'put-run', at: at('r1'), nowMs, change: {} }])
      expect([isCreated, again.number, await test.store.metricKeys({ entity: 'e', project: 'p' })]).toEqual([
        true,
        1,
        [],
      ])
    })
  })
}
