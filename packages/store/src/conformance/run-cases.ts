import { describe, expect, test } from 'vitest'
import type { RunFields, Store } from '../store.ts'
import { toRowGroup } from './plain-rows.ts'
import { at, type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

const everyField: RunFields = {
  displayName: 'ruhiger Fluß',
  notes: 'line one\nline two \u{1f600}',
  description: 'd',
  tags: ['cnn', 'a "quoted" tag', ''],
  group: 'g',
  jobType: 'train',
  color: '#123456',
  sweepId: 's1',
  host: 'h',
  program: 'train.js',
  commit: 'abc',
  repo: 'https://example.org/r.git',
  username: 'u',
  state: 'failed',
  stateCause: 'exit code 3',
  exitCode: 3,
  isStopRequested: true,
  heartbeatAtMs: nowMs + 5,
  finishedAtMs: nowMs + 6,
  config: '{"lr":{"value":NaN}}',
  summary: '{"loss":Infinity}',
}

async function putRun(store: Store, runId: string, change: Partial<RunFields> = {}, project = 'p') {
  const [result] = await store.write([{ kind: 'put-run', at: { entity: 'e', project, runId }, nowMs, change }])
  return result
}

/** Projects, runs, their states and fields, numbers and revisions; console lines; leases. */
export function describeRuns(createPlace: CreateStorePlace): void {
  describe('runValueKeys', () => {
    test('tells what runs have under each key, of the newest of them', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      const config = (lr: string, rest = '') => `{"lr":{"value":${lr}}${rest},"_wandb":{"value":{}}}`
      await putRun(store, 'old', { config: '{"gone":{"value":1}}' })
      await putRun(store, 'r1', {
        config: config('0.1', ',"opt":{"value":{"name":"adam"}}'),
        summary: '{"a.b":1,"ok":true}',
      })
      await putRun(store, 'r2', {
        config: config('0.1', ',"opt":{"value":{"name":"sgd"}}'),
        summary: '{"a.b":"x","ok":null}',
      })
      await putRun(store, 'r3', { config: config('NaN'), summary: '{"a.b":[1]}' })
      const keys = await store.runValueKeys({ entity: 'e', project: 'p', runCountMax: 3 })
      const none = { null: 0, number: 0, text: 0, boolean: 0 }
      expect(keys.filter(({ key }) => key !== 'opt')).toEqual([
        {
          source: 'config',
          key: 'lr',
          runCount: 3,
          distinctCount: 2,
          kinds: { ...none, number: 2 },
          min: 0.1,
          max: 0.1,
          commonValues: [{ value: 0.1, runCount: 2 }],
        },
        {
          source: 'config',
          key: 'opt.name',
          runCount: 2,
          distinctCount: 2,
          kinds: { ...none, text: 2 },
          min: undefined,
          max: undefined,
          commonValues: [
            { value: 'adam', runCount: 1 },
            { value: 'sgd', runCount: 1 },
          ],
        },
        {
          source: 'summary',
          key: 'a\\.b',
          runCount: 3,
          distinctCount: 3,
          kinds: { ...none, number: 1, text: 1 },
          min: 1,
          max: 1,
          commonValues: [
            { value: 1, runCount: 1 },
            { value: 'x', runCount: 1 },
          ],
        },
        {
          source: 'summary',
          key: 'ok',
          runCount: 2,
          distinctCount: 1,
          kinds: { ...none, null: 1, boolean: 1 },
          min: undefined,
          max: undefined,
          commonValues: [{ value: true, runCount: 1 }],
        },
      ])
      expect(await store.runValueKeys({ entity: 'e', project: 'none', runCountMax: 3 })).toEqual([])
    })
  })

  test('runs are put together by their tags and notes as a whole', async () => {
    await using place = await createPlace()
    await using store = await place.open()
    await putRun(store, 'r1', { tags: ['b', 'a'], notes: 'said "so"' })
    await putRun(store, 'r2', { tags: ['b', 'a'] })
    await putRun(store, 'r3', { tags: ['a'], notes: 'said "so"' })
    await putRun(store, 'r4')
    const groups = async (kind: 'tags' | 'notes') => {
      const page = await store.runGroups({ entity: 'e', project: 'p', by: [{ kind }], columns: [] })
      return page.groups.map(({ values, runCount }) => [values[0], runCount])
    }
    const byTags = await groups('tags')
    expect(byTags.map(([text, count]) => [text === undefined ? undefined : JSON.parse(String(text)), count])).toEqual([
      [['a'], 1],
      [['b', 'a'], 2],
      [undefined, 1],
    ])
    expect(await groups('notes')).toEqual([
      ['said "so"', 2],
      [undefined, 2],
    ])
  })

  describe('runFieldValues', () => {
    test('tells what the newest runs have in their fields, the most frequent first', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      await putRun(store, 'old', { group: 'gone', tags: ['gone'] })
      await putRun(store, 'r1', { group: 'b', jobType: 'train', username: 'ada', tags: ['x', 'a "quoted" one'] })
      await putRun(store, 'r2', { group: 'a', jobType: 'train', host: 'h1', tags: ['x'] })
      await putRun(store, 'r3', { group: 'a', state: 'finished' })
      await putRun(store, 'elsewhere', { group: 'other' }, 'q')
      const rows = await store.runFieldValues({ entity: 'e', project: 'p', runCountMax: 3 })
      const of = (field: (typeof rows)[number]['field']) =>
        rows.filter((row) => row.field === field).map(({ value, runCount }) => [value, runCount])
      expect(of('group')).toEqual([
        ['a', 2],
        ['b', 1],
      ])
      expect(of('tags')).toEqual([
        ['x', 2],
        ['a "quoted" one', 1],
      ])
      expect(of('state').map(([value]) => value)).toContain('finished')
      expect([of('jobType'), of('username'), of('host')]).toEqual([[['train', 2]], [['ada', 1]], [['h1', 1]]])
      // None is in a sweep, and what is empty is no value.
      expect(of('sweepId')).toEqual([])
      expect(await store.runFieldValues({ entity: 'e', project: 'none', runCountMax: 3 })).toEqual([])
    })

    test('tells fifty values of a field at most', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      for (let i = 0; i < 60; i++) await putRun(store, `r${i}`, { group: `g${i}`, tags: [`t${i}`] })
      const rows = await store.runFieldValues({ entity: 'e', project: 'p', runCountMax: 100 })
      expect(rows.filter(({ field }) => field === 'group')).toHaveLength(50)
      expect(rows.filter(({ field }) => field === 'tags')).toHaveLength(50)
    })
  })

  describe('states of runs', () => {
    test('are kept in their order, with their times and causes, and go with the run', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      const put = async (afterMs: number, change: Partial<RunFields>) => {
        const [{ run }] = await store.write([{ kind: 'put-run', at: at('r1'), nowMs: nowMs + afterMs, change }])
        return run.id
      }
      const id = await put(0, {})
      await put(1, { notes: 'no new state' })
      await put(2, { state: 'running' })
      const rows = toRowGroup([
        { step: 3, values: { loss: 1 } },
        { step: 7, values: { loss: 2 } },
      ])
      await store.write([{ kind: 'append-rows', run: id, stream: 'history', lineOffset: 0, rows, nowMs }])
      await put(3, { state: 'crashed', stateCause: 'process gone', finishedAtMs: nowMs + 2 })
      await store.write([
        {
          kind: 'put-run',
          at: at('r1'),
          nowMs: nowMs + 9,
          change: { state: 'running', stateCause: '', finishedAtMs: null },
        },
      ])
      await put(10, { state: 'failed', stateCause: 'exit\u0000code 3', finishedAtMs: nowMs + 10 })
      expect(await store.stateChanges(id)).toEqual([
        { atMs: nowMs, state: 'running', cause: '', lastStep: -1 },
        { atMs: nowMs + 2, state: 'crashed', cause: 'process gone', lastStep: 7 },
        { atMs: nowMs + 9, state: 'running', cause: '', lastStep: 7 },
        { atMs: nowMs + 10, state: 'failed', cause: 'exit\u0000code 3', lastStep: 7 },
      ])
      const born = await putRun(store, 'r2', { state: 'finished', finishedAtMs: nowMs - 50 })
      expect(await store.stateChanges(born.run.id)).toEqual([
        { atMs: nowMs - 50, state: 'finished', cause: '', lastStep: -1 },
      ])
      await store.write([{ kind: 'trash-run', run: id, nowMs }])
      await store.write([{ kind: 'delete-run', run: id }])
      expect(await store.stateChanges(id)).toEqual([])
    })
  })

  describe('runs', () => {
    test('a new run has the fields that were given and defaults for the rest', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      const [result] = await store.write([
        {
          kind: 'put-run',
          at: at('r1'),
          nowMs,
          change: { notes: 'changed' },
          whenCreated: { notes: 'created', group: 'g' },
        },
      ])
      expect(result.isCreated).toBe(true)
      expect(result.run).toEqual({
        id: result.run.id,
        projectId: (await store.project('e', 'p'))?.id,
        entity: 'e',
        project: 'p',
        runId: 'r1',
        number: 1,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        revision: 1,
        historyRevision: 0,
        historyLineCount: 0,
        eventsLineCount: 0,
        logLineCount: 0,
        lastStep: undefined,
        displayName: '',
        notes: 'changed',
        description: '',
        tags: [],
        group: 'g',
        jobType: '',
        color: '',
        sweepId: '',
        host: '',
        program: '',
        commit: '',
        repo: '',
        username: '',
        state: 'running',
        stateCause: '',
        exitCode: undefined,
        isStopRequested: false,
        heartbeatAtMs: nowMs,
        finishedAtMs: undefined,
        config: '{}',
        summary: '{}',
      })
    })

    test('every field comes back as it was put, at creation and by change', async () => {
      await using test = await openTestStore(createPlace)
      expect((await putRun(test.store, 'new', everyField)).run).toMatchObject(everyField)
      expect((await putRun(test.store, 'r1', everyField)).run).toMatchObject(everyField)
      await test.reopen()
      expect(await test.store.run(at('r1'))).toMatchObject(everyField)
      expect(await test.store.runById(test.run)).toMatchObject(everyField)
    })

    test('a change leaves what it does not name, and whenCreated no longer counts', async () => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'r1', everyField)
      const [result] = await test.store.write([
        {
          kind: 'put-run',
          at: at('r1'),
          nowMs: nowMs + 9,
          change: { notes: '', group: undefined },
          whenCreated: { host: 'x' },
        },
      ])
      expect(result.isCreated).toBe(false)
      expect(result.run).toMatchObject({ ...everyField, notes: '', createdAtMs: nowMs, updatedAtMs: nowMs + 9 })
    })

    test('null clears what need not have a value', async () => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'r1', everyField)
      const put = async (runId: string) => {
        const change = { state: 'running', exitCode: null, finishedAtMs: null } as const
        const whenCreated = { exitCode: 9 }
        const [result] = await test.store.write([{ kind: 'put-run', at: at(runId), nowMs, change, whenCreated }])
        return result.run
      }
      const cleared = { state: 'running', exitCode: undefined, finishedAtMs: undefined } as const
      expect(await put('r1')).toMatchObject({ ...everyField, ...cleared })
      expect(await put('new')).toMatchObject(cleared)
      await test.reopen()
      const before = await test.store.run(at('r1'))
      expect(before).toMatchObject(cleared)
      expect(await put('r1')).toEqual(before)
    })

    test('the revision grows with a change and stays when nothing changes', async () => {
      await using test = await openTestStore(createPlace)
      const created = await test.store.runById(test.run)
      const changed = (await putRun(test.store, 'r1', { tags: ['a'], state: 'finished' })).run
      expect(changed.revision).toBeGreaterThan(created!.revision)
      expect(changed.historyRevision).toBe(created!.historyRevision)
      expect((await putRun(test.store, 'r1', { tags: ['a'], state: 'finished' })).run).toEqual(changed)
    })

    test('mayCreate false refuses a run that does not exist', async () => {
      await using test = await openTestStore(createPlace)
      const put = (runId: string) =>
        test.store.write([{ kind: 'put-run', at: at(runId), nowMs, change: { notes: 'n' }, mayCreate: false }])
      await expect(put('none')).rejects.toMatchObject({ code: 'not-found' })
      expect(await put('r1')).toMatchObject([{ isCreated: false, run: { notes: 'n' } }])
    })

    test('numbers count per project and are not reused', async () => {
      await using test = await openTestStore(createPlace)
      expect((await putRun(test.store, 'r2')).run.number).toBe(2)
      const last = (await putRun(test.store, 'r3')).run
      expect((await putRun(test.store, 'r1', {}, 'other')).run.number).toBe(1)
      await test.store.write([{ kind: 'delete-run', run: last.id }])
      await test.reopen()
      const again = (await putRun(test.store, 'r3')).run
      expect(again.number).toBe(4)
      expect(again.id).not.toBe(last.id)
    })

    test('runs come newest first, in pages, with the total', async () => {
      await using test = await openTestStore(createPlace)
      await test.store.write(
        ['r2', 'r3', 'r4'].map((runId) => ({ kind: 'put-run', at: at(runId), nowMs, change: {} }) as const),
      )
      await putRun(test.store, 'x', {}, 'other')
      const page = await test.store.runs({ entity: 'e', project: 'p', offset: 1, limit: 2 })
      expect(await test.store.runCount({ entity: 'e', project: 'p' })).toBe(4)
      expect(page.runs.map((run) => run.runId)).toEqual(['r3', 'r2'])
      expect(await test.store.runs({ entity: 'e', project: 'none' })).toEqual({ runs: [], positions: [] })
      expect(await test.store.runCount({ entity: 'e', project: 'none' })).toBe(0)
    })

    test.each([
      ['display name', 'FLUSS', { displayName: 'ruhiger Fluss' }],
      ['another script', 'ÄHRE', { displayName: 'eine ähre' }],
      ['notes', 'overfit', { notes: 'Overfits badly' }],
      ['a tag', 'base', { tags: ['cnn', 'Baseline'] }],
      ['percent signs as they are', '50%', { notes: 'at 50% dropout' }],
    ])('search finds a part of %s', async (_, search, change) => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'wanted', change)
      await putRun(test.store, 'another', { notes: '500 epochs' })
      const found = await test.store.runs({ entity: 'e', project: 'p', search })
      expect(found.runs.map((run) => run.runId)).toEqual(['wanted'])
      expect(await test.store.runCount({ entity: 'e', project: 'p', search })).toBe(1)
    })

    test('search finds a part of the run id', async () => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'AbC123')
      expect(await test.store.runCount({ entity: 'e', project: 'p', search: 'bc12' })).toBe(1)
    })

    test('live runs are found by their silence, in all projects', async () => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'r2', { state: 'preempting', heartbeatAtMs: nowMs - 1 }, 'other')
      await putRun(test.store, 'r3', { state: 'finished', heartbeatAtMs: nowMs - 1 })
      await putRun(test.store, 'r4', { state: 'pending', heartbeatAtMs: nowMs - 1 })
      await putRun(test.store, 'r5', { state: 'running', heartbeatAtMs: nowMs + 5 })
      const silentSince = async (heartbeatBeforeMs: number) =>
        (await test.store.liveRuns({ heartbeatBeforeMs })).map(({ runId }) => runId)
      expect(await silentSince(nowMs - 1)).toEqual([])
      expect(await silentSince(nowMs)).toEqual(['r2'])
      expect(await silentSince(nowMs + 1)).toEqual(['r1', 'r2'])
    })

    test.each([
      ['config', 'a.b', 1],
      ['config', 'a.b.value', 1],
      ['config', 'a.value.b', 2],
      ['config', 'a.value.longer', 3],
      ['config', 'a.longer', 4],
      ['config', 'a.value.value.longer', 3],
      ['summary', 'x/y.z', 5],
      ['summary', 'x/y.z.u', 6],
      ['summary', 'x/y.z.v', 7],
    ] as const)(
      'of the values that a path in a %s may mean, %s is the one with the longest key',
      async (kind, path, value) => {
        await using test = await openTestStore(createPlace)
        await putRun(test.store, 'r2', {
          config: '{"a.b":{"value":1},"a":{"value":{"b":{"value":9},"value":{"b":2,"longer":3},"longer":4}}}',
          summary: '{"x/y.z":5,"x/y":{"z":{"u":9,"v":7}},"x/y.z.u":6}',
        })
        const filter = { kind: 'eq', path: { kind, path }, value } as const
        expect(await test.store.runCount({ entity: 'e', project: 'p', filter })).toBe(1)
      },
    )

    test('a run counts once, however many of its tags pass', async () => {
      await using test = await openTestStore(createPlace)
      const tags = ['a', 'b', 'c']
      await putRun(test.store, 'r2', { tags })
      await putRun(test.store, 'r3', { tags })
      const filter = { kind: 'lt', path: { kind: 'tags' }, value: 'z' } as const
      const idsFrom = async (offset: number) =>
        (await test.store.runs({ entity: 'e', project: 'p', filter, offset })).runs.map(({ runId }) => runId)
      expect(await idsFrom(0)).toEqual(['r3', 'r2'])
      expect(await idsFrom(1)).toEqual(['r2'])
      expect(await idsFrom(2)).toEqual([])
    })

    test('a pattern that is none is refused', async () => {
      await using test = await openTestStore(createPlace)
      const path = { kind: 'field', field: 'displayName' } as const
      const filter = { kind: 'not', of: { kind: 'regex', path, pattern: '(a' } } as const
      const query = { entity: 'e', project: 'p', filter }
      await expect(test.store.runs(query)).rejects.toMatchObject({ code: 'invalid' })
      await expect(test.store.runCount(query)).rejects.toMatchObject({ code: 'invalid' })
    })

    test('projects count their runs and remember the latest change', async () => {
      await using test = await openTestStore(createPlace)
      await putRun(test.store, 'r2', { state: 'finished' })
      await putRun(test.store, 'r3', { state: 'preempting' })
      await test.store.write([{ kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['x'], nowMs: nowMs + 7 }])
      const [{ project }] = await test.store.write([{ kind: 'put-project', entity: 'a', name: 'z', nowMs }])
      expect(project).toMatchObject({ entity: 'a', name: 'z', runCount: 0, createdAtMs: nowMs })
      expect((await test.store.projects()).map((one) => one.name)).toEqual(['z', 'p'])
      expect(await test.store.projects('e')).toMatchObject([{ runCount: 3, runningCount: 2, updatedAtMs: nowMs + 7 }])
      expect(await test.store.write([{ kind: 'put-project', entity: 'a', name: 'z', nowMs: nowMs + 1 }])).toEqual([
        { project },
      ])
    })

    test('a deleted run is gone with all that it had', async () => {
      await using test = await openTestStore(createPlace)
      await test.store.write([{ kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['x'], nowMs }])
      await test.store.write([{ kind: 'delete-run', run: test.run }])
      expect(await test.store.run(at('r1'))).toBeUndefined()
      expect(await test.store.runById(test.run)).toBeUndefined()
      expect(await test.store.lines({ run: test.run, from: 0, limit: 9 })).toEqual([])
      await expect(test.store.write([{ kind: 'delete-run', run: test.run }])).rejects.toMatchObject({
        code: 'not-found',
      })
    })
  })

  describe('write', () => {
    test('a call is done whole or not at all', async () => {
      await using test = await openTestStore(createPlace)
      const call = test.store.write([
        { kind: 'put-run', at: at('r2'), nowMs, change: {} },
        { kind: 'delete-run', run: 999 },
      ])
      await expect(call).rejects.toMatchObject({ code: 'not-found' })
      expect(await test.store.run(at('r2'))).toBeUndefined()
    })

    test('of calls that come together, the failing one fails alone', async () => {
      await using test = await openTestStore(createPlace)
      const calls = Array.from({ length: 20 }, (_, index) =>
        test.store.write([
          { kind: 'put-run', at: at(`n${index}`), nowMs, change: {} },
          ...(index % 3 === 1 ? ([{ kind: 'delete-run', run: 999 }] as const) : []),
        ]),
      )
      const outcomes = await Promise.allSettled(calls)
      for (const [index, outcome] of outcomes.entries()) {
        expect(outcome.status).toBe(index % 3 === 1 ? 'rejected' : 'fulfilled')
        expect((await test.store.run(at(`n${index}`))) !== undefined).toBe(index % 3 !== 1)
      }
      expect((await putRun(test.store, 'after')).run.number).toBe(15)
    })

    test('an empty call is fine', async () => {
      await using test = await openTestStore(createPlace)
      expect(await test.store.write([])).toEqual([])
    })
  })

  describe('lines', () => {
    test('come in order, with gaps, from a number on, limited', async () => {
      await using test = await openTestStore(createPlace)
      await test.store.write([
        { kind: 'put-lines', run: test.run, lineOffset: 7, lines: ['seven', 'eight'], nowMs },
        { kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['zero', '', 'two'], nowMs },
      ])
      await test.reopen()
      expect(await test.store.lines({ run: test.run, from: 1, limit: 3 })).toEqual([
        { number: 1, text: '' },
        { number: 2, text: 'two' },
        { number: 7, text: 'seven' },
      ])
      expect(await test.store.runById(test.run)).toMatchObject({ logLineCount: 9 })
    })

    test('may be 200,000 in one call', async () => {
      await using test = await openTestStore(createPlace)
      const lines = Array.from({ length: 200_000 }, (_, number) => String(number))
      await test.store.write([{ kind: 'put-lines', run: test.run, lineOffset: 0, lines, nowMs }])
      expect(await test.store.runById(test.run)).toMatchObject({ logLineCount: lines.length })
      expect(await test.store.lines({ run: test.run, from: 199_999, limit: 2 })).toEqual([
        { number: 199_999, text: '199999' },
      ])
    }, 60_000)

    test('a line that exists is replaced; the same line again changes nothing', async () => {
      await using test = await openTestStore(createPlace)
      const put = (text: string) =>
        test.store.write([{ kind: 'put-lines', run: test.run, lineOffset: 0, lines: [text], nowMs }])
      await put('50 %')
      await put('100 %')
      const before = await test.store.runById(test.run)
      await put('100 %')
      expect(await test.store.lines({ run: test.run, from: 0, limit: 9 })).toEqual([{ number: 0, text: '100 %' }])
      expect(await test.store.runById(test.run)).toEqual(before)
    })

    test('need a run', async () => {
      await using test = await openTestStore(createPlace)
      const call = test.store.write([{ kind: 'put-lines', run: 999, lineOffset: 0, lines: ['x'], nowMs }])
      await expect(call).rejects.toMatchObject({ code: 'not-found' })
    })
  })

  describe('leases', () => {
    test('one owner holds it until it expires or is given back', async () => {
      await using test = await openTestStore(createPlace)
      const acquire = (owner: string, at: number) =>
        test.store.acquireLease({ name: 'writer', owner, untilMs: at + 10, nowMs: at })
      expect(await acquire('a', 0)).toBe(true)
      expect(await acquire('b', 5)).toBe(false)
      expect(await acquire('a', 5)).toBe(true)
      expect(await acquire('b', 14)).toBe(false)
      expect(await acquire('b', 15)).toBe(true)
      await test.store.releaseLease({ name: 'writer', owner: 'a' })
      expect(await acquire('a', 16)).toBe(false)
      await test.store.releaseLease({ name: 'writer', owner: 'b' })
      expect(await acquire('a', 16)).toBe(true)
    })
  })

  describe('texts', () => {
    test('come back whole, U+0000 in them included', async () => {
      await using test = await openTestStore(createPlace)
      const { run } = test
      const odd = (text: string) => `${text}\u0000 and more`
      const texts = [
        'displayName',
        'notes',
        'description',
        'group',
        'jobType',
        'host',
        'program',
        'commit',
        'repo',
      ] as const
      const change = Object.fromEntries(texts.map((field) => [field, odd(field)]))
      const rows = toRowGroup([{ step: 0, values: { [odd('loss')]: 1, [odd('other')]: '"x"' } }])
      await test.store.write([
        { kind: 'put-run', at: at('r1'), nowMs, change },
        { kind: 'put-lines', run, lineOffset: 0, lines: [odd('a line'), 'another'], nowMs },
        { kind: 'append-rows', run, stream: 'history', lineOffset: 0, rows, nowMs },
        { kind: 'put-alert', run, level: 'info', title: odd('title'), text: odd('text'), quietMs: 0, nowMs },
      ])
      await test.reopen()
      const { store } = test
      const found = (await store.run(at('r1')))!
      expect(found).toMatchObject(change)
      expect(await store.runById(run)).toEqual(found)
      expect((await store.runs({ entity: 'e', project: 'p' })).runs).toEqual([found])
      expect((await store.lines({ run, from: 0, limit: 9 })).map(({ text }) => text)).toEqual([
        odd('a line'),
        'another',
      ])
      expect(await store.alerts({ run, limit: 9 })).toMatchObject([{ title: odd('title'), text: odd('text') }])
      const keys = await store.metricKeys({ entity: 'e', project: 'p' })
      expect(keys.map(({ key }) => key)).toEqual([odd('loss'), odd('other')])
      const [row] = await store.rows({ run })
      expect([...row!.values]).toEqual([
        [odd('loss'), '1'],
        [odd('other'), '"x"'],
      ])
      expect((await store.column({ run, key: odd('loss') })).values).toEqual(Float64Array.of(1))
      expect((await store.otherKeys({ run })).map(({ key }) => key)).toEqual([odd('other')])
      // The same again is no change.
      await store.write([{ kind: 'put-run', at: at('r1'), nowMs, change }])
      expect((await store.run(at('r1')))!.revision).toBe(found.revision)
    })
  })
}
