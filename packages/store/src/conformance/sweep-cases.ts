import { describe, expect, test } from 'vitest'
import type { SweepState } from '../sweeps/sweeps.ts'
import { at, type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** Sweeps are kept under their names, changed field by field, and go with their project. */
export function describeSweeps(createPlace: CreateStorePlace): void {
  describe('sweeps', () => {
    const open = async (test: TestStore) => {
      const { id: project } = (await test.store.project('e', 'p'))!
      const put = async (
        name: string,
        fields: object,
        options: {
          readonly mayChange?: boolean
          readonly atMs?: number
          readonly whenState?: readonly SweepState[]
        } = {},
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
          deletedAtMs: undefined,
        },
      ])
    })

    test('is changed only while it is in a state, where that is asked for', async () => {
      await using test = await openTestStore(createPlace)
      const { put } = await open(test)
      await put('s', { state: 'canceled' })
      const late = await put('s', { state: 'running' }, { whenState: ['pending'] })
      expect(late.sweep.state).toBe('canceled')
      expect((await put('s', { state: 'running' }, { whenState: ['canceled'] })).sweep.state).toBe('running')
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

    test('one in the trash is hidden, taken from its runs, and comes back as it was', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      const { sweep } = await put('s', { config: 'c' })
      await put('other', {})
      const of = async (runId: string) => (await test.store.run(at(runId)))?.sweepId
      const putRun = (runId: string, sweepId: string) =>
        test.store.write([{ kind: 'put-run', at: at(runId), nowMs, change: { sweepId } }])
      for (const runId of ['a', 'b', 'c', 'd']) await putRun(runId, runId === 'd' ? 'other' : 's')
      const [{ run: gone }] = await putRun('c', 's')
      await test.store.write([{ kind: 'trash-run', run: gone.id, nowMs }])
      await test.store.write([{ kind: 'trash-sweep', sweep: sweep.id, nowMs: nowMs + 7 }])
      const names = async (isTrashed: boolean) =>
        (await test.store.sweeps({ project, isTrashed })).map(({ name }) => name)
      expect([await names(false), await names(true)]).toEqual([['other'], ['s']])
      expect(await test.store.sweeps({ project, name: 's' })).toEqual([])
      expect(await test.store.sweeps({ id: sweep.id })).toMatchObject([{ deletedAtMs: nowMs + 7, config: 'c' }])
      expect(await Promise.all(['a', 'b', 'd'].map(of))).toEqual(['', '', 'other'])
      await expect(put('s', { config: 'new' })).rejects.toMatchObject({ code: 'conflict' })
      expect(await test.store.sweeps({ deletedBeforeMs: nowMs + 7 })).toEqual([])
      expect(await test.store.sweeps({ deletedBeforeMs: nowMs + 8 })).toHaveLength(1)
      // Meanwhile one has got another sweep.
      await putRun('b', 'other')
      await test.reopen()
      await test.store.write([{ kind: 'restore-sweep', sweep: sweep.id, nowMs: nowMs + 9 }])
      await test.store.write([{ kind: 'restore-run', run: gone.id, nowMs }])
      expect([await names(false), await names(true)]).toEqual([['s', 'other'], []])
      expect(await Promise.all(['a', 'b', 'c', 'd'].map(of))).toEqual(['s', 'other', 's', 'other'])
      expect(await test.store.sweeps({ id: sweep.id })).toEqual([sweep])
      await test.store.write([{ kind: 'trash-sweep', sweep: sweep.id, nowMs }])
      await test.store.write([{ kind: 'delete-sweep', sweep: sweep.id }])
      expect(await names(true)).toEqual([])
      for (const kind of ['trash-sweep', 'restore-sweep'] as const) {
        await expect(test.store.write([{ kind, sweep: sweep.id, nowMs }])).rejects.toMatchObject({ code: 'not-found' })
      }
    })

    test('agents are kept with their signs of life and their runs, and go with their sweep', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      const { sweep } = await put('s', {})
      const register = async (name: string) => {
        const write = {
          kind: 'put-sweep-agent',
          sweep: sweep.id,
          name,
          host: 'box\u0000',
          username: 'ada',
          nowMs,
        } as const
        return (await test.store.write([write]))[0].agent
      }
      const first = await register('z')
      const second = await register('a')
      expect(first).toEqual({
        id: first.id,
        sweep: sweep.id,
        name: 'z',
        host: 'box\u0000',
        username: 'ada',
        createdAtMs: nowMs,
        heartbeatAtMs: nowMs,
        runs: [],
      })
      const agent = second.id
      const hear = (runIds: readonly string[], atMs: number) =>
        test.store.write([{ kind: 'hear-sweep-agent', agent, runIds, nowMs: nowMs + atMs }])
      await hear(['r1', 'r2'], 9)
      for (const [runId, offerCount] of [
        ['r1', 1],
        ['r3', 1],
        ['r3', 2],
      ] as const) {
        await test.store.write([{ kind: 'offer-sweep-run', agent, runId, offerCount }])
      }
      // A late one moves no time back, and yet says what runs.
      const [{ agent: heard }] = await hear(['r2'], 5)
      await test.reopen()
      expect(await test.store.sweepAgents({ sweep: sweep.id })).toEqual([first, heard])
      expect(await test.store.sweepAgents({ id: agent })).toEqual([heard])
      expect(await test.store.sweepAgents({ sweep: sweep.id, name: 'a' })).toEqual([heard])
      expect(heard).toMatchObject({
        heartbeatAtMs: nowMs + 9,
        runs: [
          { runId: 'r1', isLive: false, offerCount: 1 },
          { runId: 'r2', isLive: true, offerCount: 0 },
          { runId: 'r3', isLive: false, offerCount: 2 },
        ],
      })
      // What another one is told to start is no longer this one's.
      await test.store.write([{ kind: 'offer-sweep-run', agent: first.id, runId: 'r3', offerCount: 3 }])
      const offers = (await test.store.sweepAgents({ sweep: sweep.id })).map(({ runs }) =>
        runs.map(({ runId, offerCount }) => [runId, offerCount]),
      )
      expect(offers).toEqual([
        [['r3', 3]],
        [
          ['r1', 1],
          ['r2', 0],
          ['r3', 0],
        ],
      ])
      const gone = { code: 'not-found' }
      for (const write of [
        { kind: 'put-sweep-agent', sweep: sweep.id + 1, name: 'b', host: '', username: '', nowMs },
        { kind: 'hear-sweep-agent', agent: agent + 1, runIds: [], nowMs },
        { kind: 'offer-sweep-run', agent: agent + 1, runId: 'r', offerCount: 1 },
      ] as const) {
        await expect(test.store.write([write])).rejects.toMatchObject(gone)
      }
      await test.store.write([{ kind: 'delete-sweep', sweep: sweep.id }])
      expect(await test.store.sweepAgents({ id: agent })).toEqual([])
      const { sweep: other } = await put('other', {})
      await test.store.write([{ kind: 'put-sweep-agent', sweep: other.id, name: 'a', host: '', username: '', nowMs }])
      await test.store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
      expect(await test.store.sweepAgents({ sweep: other.id })).toEqual([])
    })

    test('what a search notes of a run is kept piece by piece, and goes with the run', async () => {
      await using test = await openTestStore(createPlace)
      const { put } = await open(test)
      const { sweep } = await put('s', {})
      const putRun = async (runId: string, sweepId: string) =>
        (await test.store.write([{ kind: 'put-run', at: at(runId), nowMs, change: { sweepId } }]))[0].run
      const run = (await putRun('a', 's')).id
      const other = (await putRun('b', 'other')).id
      const note = (id: number, of: { readonly suggestion?: string; readonly earlyStop?: string }) =>
        test.store.write([{ kind: 'put-sweep-trial', run: id, ...of }])
      await note(run, { suggestion: '{"why":"\u0000"}' })
      await note(other, { suggestion: '{}' })
      expect(await test.store.sweepTrials({ sweep: sweep.id })).toEqual([
        { run, suggestion: '{"why":"\u0000"}', earlyStop: undefined },
      ])
      await note(run, { earlyStop: '{"at":3}' })
      await test.reopen()
      expect(await test.store.sweepTrials({ sweep: sweep.id })).toEqual([
        { run, suggestion: '{"why":"\u0000"}', earlyStop: '{"at":3}' },
      ])
      await expect(note(run + other, {})).rejects.toMatchObject({ code: 'not-found' })
      await test.store.write([{ kind: 'delete-run', run }])
      expect(await test.store.sweepTrials({ sweep: sweep.id })).toEqual([])
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
