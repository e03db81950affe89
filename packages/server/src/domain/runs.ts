import { generateDisplayName, generateRunId } from '@lossline/protocol'
import type {
  AlertLevel,
  PresumedState,
  RunAddress,
  RunFieldChanges,
  RunGroupPage,
  RunGroupQuery,
  RunNeighbours,
  RunNeighboursQuery,
  RunPage,
  RunQuery,
  RunRow,
  RunSelection,
  Store,
  Stream,
  Write,
} from '@lossline/store'
import type { Clock } from '../clock.ts'
import { allRuns } from './all-runs.ts'
import { readBranchPoint } from './branch-point.ts'
import type { ChangeFeed, RunChange } from './change-feed.ts'
import { keepOtherWriters, startedAtMs } from './config-writers.ts'
import { countCopiedRows } from './copied-rows.ts'
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts'
import { type AllowedSilence, presumedStates, silenceMsMax, withLiveness } from './liveness.ts'
import { mergeSummaries } from './merge-writers.ts'
import { createMoveRuns, type MoveRuns } from './move-runs.ts'
import { checkRunAddress, checkTags } from './names.ts'
import { checkEntityMayBegin } from './new-entities.ts'
import { rebuildSummary } from './rebuild-summary.ts'
import { checkStep, definedFields, runNotFound, shareEdit, toSignal, toStateFields } from './run-changes.ts'
import { toldEndMs } from './run-end.ts'
import type { AlertMessage, AnnounceRun, RunEdit, StreamBatch } from './run-requests.ts'
import { hasEnded, isLive, nextState, type RunSignal } from './run-state.ts'
import { createTrash, type Trash } from './trash.ts'
import type { Writer } from './writer.ts'

/** The rules of runs: who may change what, which state follows, what readers see. */
export interface Runs {
  announce(request: AnnounceRun): Promise<{ readonly run: RunRow; readonly isCreated: boolean }>
  /** Changes metadata without touching the state. A function is asked in the run's turn; an edit of nothing changes nothing. */
  edit(id: number, edit: RunEdit | ((run: RunRow) => RunEdit)): Promise<RunRow>
  /** Applies a batch at once or not at all. Sending it again is harmless. */
  receive(at: RunAddress, batch: StreamBatch): Promise<RunRow>
  requestStop(id: number): Promise<void>
  /**
   * Takes a run back to a step: what it logged after it, its events and its console are gone, and the summary is what the
   * history says. Asked again by a writer who has gone on from there, it does nothing: what came since would be lost.
   */
  rewind(at: RunAddress, throughStep: number, writer?: Writer): Promise<RunRow>
  /** Keeps a message, and tells listeners of it. False: it was just said. */
  alert(at: RunAddress, alert: AlertMessage): Promise<boolean>
  /** A user asks for a state by name. @throws {@link ServerError} `invalid-state-transition`. */
  setState(id: number, state: string): Promise<void>
  /** Ends a live run whose process is known to be gone; others stay as they are. */
  markLost(at: RunAddress, cause: string): Promise<void>
  /** Fails a run that waits to be begun. One that has begun or ended meanwhile, or is gone, stays as it is. */
  giveUp(id: number, cause: string): Promise<void>
  /** Has a preempted run wait for whoever starts it anew. False: it went on meanwhile, or is gone, and stays as it is. */
  requeue(id: number, cause: string): Promise<boolean>
  /** Lets a run be silent until a time (Unix milliseconds) without counting as crashed, for as long as this server runs. */
  allowSilence(at: RunAddress, untilMs: number): Promise<void>
  readonly move: MoveRuns
  readonly trash: Trash

  find(at: RunAddress): Promise<RunRow | undefined>
  findById(id: number): Promise<RunRow | undefined>
  /** A page of a project's runs in an order; filter and order see the state that readers see. */
  list(query: Omit<RunQuery, 'presumed'>): Promise<RunPage>
  /** Where a run is among those that {@link Runs.list} finds in all; undefined: it is not among them. */
  neighbours(query: Omit<RunNeighboursQuery, 'presumed'>): Promise<RunNeighbours | undefined>
  /** How many runs {@link Runs.list} finds in all. */
  count(selection: Omit<RunSelection, 'presumed'>): Promise<number>
  /** Runs put together by what they have; filter and groups see the state that readers see. */
  groups(query: Omit<RunGroupQuery, 'presumed'>): Promise<RunGroupPage>
  /** Every run of the project, oldest first. */
  all(entity: string, project: string): Promise<readonly RunRow[]>
  /** Writes down which runs have been silent for too long. */
  sweep(): Promise<void>
}

export interface CreateRunsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly changes: ChangeFeed
  /** Shared by all who change runs of one store. Default: its own. */
  readonly turns?: KeyedQueue | undefined
  /** When the server came up: silence is counted from then at the earliest. Default: now. */
  readonly upSinceMs?: number | undefined
  /** Shared by all who read runs of one store. Default: its own. */
  readonly allowedSilence?: AllowedSilence | undefined
  /** Told of each run that has new history or another state, once it is written. */
  readonly onProgress?: ((run: RunRow) => void) | undefined
  /** Told of each alert that is kept. */
  readonly onAlert?: ((alert: RunAlert) => void) | undefined
}

/** An alert and its run. */
export interface RunAlert {
  readonly run: RunAddress
  readonly title: string
  readonly text: string
  readonly level: AlertLevel
}

export function createRuns(options: CreateRunsOptions): Runs {
  const { store, clock, changes } = options
  // Decisions read the run before they write it, so those of one run take turns.
  const { turns = createKeyedQueue(), upSinceMs = clock.now(), allowedSilence: allowed = new Map() } = options
  const present = (run: RunRow): RunRow => withLiveness(run, { nowMs: clock.now(), upSinceMs, allowed })
  const presumed = (): readonly PresumedState[] => presumedStates({ nowMs: clock.now(), upSinceMs, allowed })

  const inTurn = <T>(at: RunAddress, task: () => Promise<T>): Promise<T> =>
    turns.run(`${at.entity}/${at.project}/${at.runId}`, task)

  const trash = createTrash({ store, clock, changes }, inTurn)

  /** Takes the turn of a run and hands it over; of one that was asked for under a former address, the turn that it has now. */
  const inTurnOf = <T>(at: RunAddress, task: (run: RunRow | undefined) => Promise<T>): Promise<T> =>
    inTurn(at, async () => {
      const run = await store.run(at)
      return run === undefined || isAt(run, at) ? task(run) : inTurnOf(run, task)
    })

  const inTurnOfExisting = <T>(at: RunAddress, task: (run: RunRow) => Promise<T>): Promise<T> =>
    inTurnOf(at, async (run) => task(run ?? (await refuseMissing(at))))

  const refuseMissing = async (at: RunAddress): Promise<never> => {
    await trash.refuseSpent(at)
    throw runNotFound(`No run "${at.runId}" in ${at.entity}/${at.project}.`)
  }

  const existing = async (at: RunAddress): Promise<RunRow> => (await store.run(at)) ?? refuseMissing(at)

  /** Changes a run whose turn it is. */
  const apply = async (run: RunRow, decision: Decision | undefined): Promise<RunRow> => {
    if (decision === undefined) return run
    const [result] = await store.write([
      { kind: 'put-run', at: run, nowMs: clock.now(), change: decision.change, mayCreate: false },
    ])
    changes.runChanged(result.run, decision.changed)
    if (decision.change.state !== undefined) options.onProgress?.(result.run)
    return result.run
  }

  /** Changes one run in its turn. */
  const update = async (id: number, decide: (run: RunRow) => Decision | undefined): Promise<RunRow> => {
    const found = await store.runById(id)
    if (found === undefined) throw runNotFound(`No run has the storage id ${id}.`)
    return inTurnOfExisting(found, (run) => apply(run, decide(run)))
  }

  const decideBy = (run: RunRow, signal: RunSignal): Decision | undefined => {
    const next = nextState(run, signal)
    return next && { change: toStateFields(next, toldEndMs(run, clock.now())), changed: ['state'] }
  }

  const applySignal = (id: number, signal: RunSignal): Promise<RunRow> => update(id, (run) => decideBy(run, signal))

  /** Whether it changed anything. A run that is gone is nothing to complain of. */
  const applyIfThere = async (id: number, signal: RunSignal): Promise<boolean> => {
    const found = await store.runById(id)
    if (found === undefined) return false
    return inTurnOf(found, async (run) => {
      const decision = run && decideBy(run, signal)
      if (run === undefined || decision === undefined) return false
      await apply(run, decision)
      return true
    })
  }

  /** Does nothing if something arrived since the run was found silent. */
  const writeSilence = (id: number): Promise<RunRow> =>
    update(id, (run) => {
      const { state, stateCause } = present(run)
      return state === run.state
        ? undefined
        : { change: toStateFields({ state, stateCause }, run.heartbeatAtMs), changed: ['state'] }
    })

  const announce = async (request: AnnounceRun): Promise<{ run: RunRow; isCreated: boolean }> => {
    const { entity, project, writer } = request
    const at = checkRunAddress({ entity, project, runId: request.runId ?? generateRunId() })
    if (request.edit.tags !== undefined) checkTags(request.edit.tags)
    return inTurnOf(at, async (before) => {
      const nowMs = clock.now()
      if (before === undefined) {
        await trash.refuseSpent(at)
        await checkEntityMayBegin(store, at.entity)
      }
      const edit = writer?.isShared && before !== undefined ? shareEdit(request.edit, before) : request.edit
      const copy = before === undefined ? await findBranch(at, edit.config) : undefined
      const requestedState = request.requestedState ?? 'running'
      const next = before && nextState(before, { kind: 'announce', requestedState })
      const isResumed = before !== undefined && (hasEnded(before.state) || before.state === 'crashed')
      const [{ run: written, isCreated }] = await store.write([
        {
          kind: 'put-run',
          // Where the run is now, if it was announced under an address that it had before.
          at: before ?? at,
          nowMs: (before === undefined ? startedAtMs(edit.config, nowMs) : undefined) ?? nowMs,
          change: {
            ...edit,
            config: edit.config === undefined ? undefined : keepOtherWriters(edit.config, before?.config),
            ...(next && toStateFields(next, nowMs)),
            ...(isResumed ? { isStopRequested: false } : {}),
            heartbeatAtMs: heardAt(request, before, nowMs),
          },
          whenCreated: {
            state: requestedState,
            username: request.username,
            displayName: edit.displayName ?? generateDisplayName(),
          },
        },
        ...(copy === undefined ? [] : [{ kind: 'copy-history', to: at, nowMs, ...copy } as const]),
      ])
      const run = copy === undefined ? written : await existing(at)
      if (isCreated) changes.projectChanged(at.entity, at.project)
      changes.runChanged(run, isCreated ? ['created', 'meta', 'state'] : next ? ['meta', 'state'] : ['meta'])
      return { run, isCreated }
    })
  }

  /** What a new run has of another one's history, which its config names. */
  const findBranch = async (at: RunAddress, config: string | undefined) => {
    const branch = readBranchPoint(config)
    if (branch === undefined || branch.runId === at.runId) return undefined
    const parent = await store.run({ ...at, runId: branch.runId })
    if (parent === undefined || parent.entity !== at.entity || parent.project !== at.project) {
      throw runNotFound(`No run "${branch.runId}" in ${at.entity}/${at.project} to fork from.`)
    }
    checkStep(parent, branch.step)
    return { from: parent.id, throughStep: branch.step }
  }

  /** Whether a writer has sent more since: its rows are harmless then, its summary and console text are out of date. */
  const isLateCopy = async (run: RunRow, { history, writer }: StreamBatch): Promise<boolean> => {
    if (history === undefined) return false
    const query = { run: run.id, stream: 'history', writer: writer?.name ?? '' } as const
    const lineCount = writer === undefined ? run.historyLineCount : await store.writerLineCount(query)
    return history.lineOffset + history.rows.rowCount < lineCount
  }

  const hasLinesOf = async (run: RunRow, { name }: Writer): Promise<boolean> =>
    (await store.writerLineCount({ run: run.id, stream: 'history', writer: name })) > 0

  const receive = (at: RunAddress, batch: StreamBatch): Promise<RunRow> =>
    inTurnOfExisting(at, async (run) => {
      const nowMs = clock.now()
      const { writer } = batch
      // A client sends one request at a time, so one whose history lines are all surpassed is a late copy.
      const isSurpassed = await isLateCopy(run, batch)
      const by = writer === undefined ? {} : { writer: writer.name }
      const next = nextState(run, toSignal(batch))
      const writes: Write[] = []
      // A run that goes on is noted at the step that it had before these rows.
      if (next && isLive(next.state)) {
        writes.push({ kind: 'put-run', at: run, nowMs, mayCreate: false, change: toStateFields(next, nowMs) })
      }
      const copiedCount = async (stream: Stream, lines: StreamBatch['history']): Promise<number> =>
        writer === undefined || lines === undefined ? 0 : countCopiedRows(store, run, { stream, lines, writer })
      if (batch.history) {
        const assignsSteps = writer?.isShared ?? false
        writes.push({
          kind: 'append-rows',
          run: run.id,
          stream: 'history',
          nowMs,
          assignsSteps,
          copiedRowCount: await copiedCount('history', batch.history),
          ...by,
          ...batch.history,
        })
      }
      if (batch.events) {
        const copiedRowCount = await copiedCount('events', batch.events)
        writes.push({
          kind: 'append-rows',
          run: run.id,
          stream: 'events',
          nowMs,
          copiedRowCount,
          ...by,
          ...batch.events,
        })
      }
      if (batch.console && !isSurpassed) writes.push({ kind: 'put-lines', run: run.id, nowMs, ...by, ...batch.console })
      const summary =
        writer?.isShared && batch.summary !== undefined ? mergeSummaries(batch.summary, run.summary) : batch.summary
      const newSummary = summary !== undefined && !isSurpassed ? { summary } : {}
      writes.push({
        kind: 'put-run',
        at: run,
        nowMs,
        mayCreate: false,
        change: {
          heartbeatAtMs: heardAt(batch, run, nowMs),
          ...newSummary,
          ...(next && toStateFields(next, toldEndMs({ ...run, ...newSummary }, nowMs))),
          ...(next && batch.exitCode !== undefined ? { exitCode: batch.exitCode } : {}),
        },
      })
      const results = await store.write(writes)
      const after = toRunResult(results.at(-1))
      const changed: RunChange[] = []
      if (after.historyRevision !== run.historyRevision) changed.push('history')
      if (batch.console) changed.push('logs')
      if (batch.summary !== undefined) changed.push('meta')
      if (next) changed.push('state')
      changes.runChanged(after, changed)
      if (batch.history || next) options.onProgress?.(after)
      return after
    })

  return {
    announce,
    receive,
    edit: (id, edit) => {
      const decide = typeof edit === 'function' ? edit : () => edit
      return update(id, (run) => {
        const change = definedFields(decide(run))
        if (change.tags !== undefined) checkTags(change.tags)
        return Object.keys(change).length === 0 ? undefined : { change, changed: ['meta'] }
      })
    },
    rewind: (at, throughStep, writer) =>
      inTurnOfExisting(at, async (run) => {
        const nowMs = clock.now()
        if (writer !== undefined && (await hasLinesOf(run, writer))) return run
        if (run.lastStep === undefined || run.lastStep > throughStep) {
          await store.write([{ kind: 'cut-history', run: run.id, throughStep, nowMs }])
        } else checkStep(run, throughStep)
        const summary = await rebuildSummary(store, await existing(at))
        const [{ run: after }] = await store.write([
          { kind: 'put-run', at: run, nowMs, change: { summary }, mayCreate: false },
        ])
        changes.runChanged(after, ['history', 'logs', 'meta'])
        return after
      }),
    alert: async (at, { title, text, level, quietMs }) => {
      const run = await existing(at)
      const nowMs = clock.now()
      const [{ isKept }] = await store.write([{ kind: 'put-alert', run: run.id, title, text, level, quietMs, nowMs }])
      if (isKept) {
        changes.runChanged(await existing(at), ['alerts'])
        options.onAlert?.({ run, title, text, level })
      }
      return isKept
    },
    requestStop: async (id) => {
      await update(id, (run) =>
        hasEnded(run.state) ? undefined : { change: { isStopRequested: true }, changed: ['state'] },
      )
    },
    setState: async (id, state) => {
      await applySignal(id, { kind: 'set', state })
    },
    markLost: async (at, cause) => {
      const run = await store.run(at)
      if (run !== undefined) await applySignal(run.id, { kind: 'lost', cause })
    },
    giveUp: async (id, cause) => {
      await applyIfThere(id, { kind: 'give-up', cause })
    },
    requeue: (id, cause) => applyIfThere(id, { kind: 'requeue', cause }),
    allowSilence: async (at, untilMs) => {
      const run = await store.run(at)
      if (run !== undefined) allowed.set(run.id, untilMs)
    },
    move: createMoveRuns({ store, clock, changes }, inTurn),
    trash,
    find: async (at) => {
      const run = await store.run(at)
      return run && present(run)
    },
    findById: async (id) => {
      const run = await store.runById(id)
      return run && present(run)
    },
    list: async (query) => {
      const { runs, positions } = await store.runs({ ...query, presumed: presumed() })
      return { runs: runs.map(present), positions }
    },
    neighbours: async (query) => {
      const found = await store.runNeighbours({ ...query, presumed: presumed() })
      return (
        found && {
          ...found,
          previous: found.previous && present(found.previous),
          next: found.next && present(found.next),
        }
      )
    },
    count: (selection) => store.runCount({ ...selection, presumed: presumed() }),
    groups: (query) => store.runGroups({ ...query, presumed: presumed() }),
    all: (entity, project) => allRuns(store, entity, project).then((runs) => runs.map(present)),
    sweep: async () => {
      for (const [id, untilMs] of allowed) if (untilMs <= clock.now()) allowed.delete(id)
      for (const run of await store.liveRuns({ heartbeatBeforeMs: clock.now() - silenceMsMax })) {
        if (present(run).state !== run.state) await writeSilence(run.id)
      }
    },
  }
}

/** What is changed of a run, and what listeners hear. */
interface Decision {
  readonly change: RunFieldChanges
  readonly changed: readonly RunChange[]
}

/** How often {@link Runs.sweep} is worth calling. */
export const sweepIntervalMs: number = silenceMsMax / 10

function isAt(run: RunAddress, at: RunAddress): boolean {
  return run.runId === at.runId && run.project === at.project && run.entity === at.entity
}

/** The last sign of life: of a run that others report too, the latest. */
function heardAt({ heardAtMs }: { heardAtMs?: number | undefined }, before: RunRow | undefined, nowMs: number): number {
  return heardAtMs === undefined ? nowMs : Math.max(before?.heartbeatAtMs ?? 0, Math.min(heardAtMs, nowMs))
}

// The store types results by the literal list of writes; here the list is built at run time and ends with `put-run`.
function toRunResult(result: unknown): RunRow {
  return (result as { run: RunRow }).run
}
