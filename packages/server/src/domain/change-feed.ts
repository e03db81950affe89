import type { RunState } from '@lossline/store'
import type { Clock } from '../clock.ts'

/** Part of a run that changed. */
export type RunChange = 'created' | 'history' | 'logs' | 'meta' | 'state' | 'alerts' | 'deleted'

/** What listeners hear. `id` grows by one with each event. */
export type ChangeEvent = { readonly id: number } & (
  | { readonly type: 'project'; readonly entity: string; readonly project: string }
  | {
      readonly type: 'view'
      readonly entity: string
      readonly project: string
      readonly viewId: number
      /** 0: it is gone. */
      readonly revision: number
      readonly username: string
    }
  | { readonly type: 'sweep'; readonly entity: string; readonly project: string; readonly sweep: string }
  | {
      readonly type: 'run'
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly revision: number
      readonly historyRevision: number
      readonly state: RunState
      readonly changed: readonly RunChange[]
    }
)

/** The part of a run that an event names. */
export interface ChangedRun {
  readonly id: number
  readonly entity: string
  readonly project: string
  readonly runId: string
  readonly revision: number
  readonly historyRevision: number
  readonly state: RunState
}

export interface ChangeFeed {
  /** Names this process's ids: those of an earlier process mean nothing here. */
  readonly epoch: string
  runChanged(run: ChangedRun, changed: readonly RunChange[]): void
  projectChanged(entity: string, project: string): void
  viewChanged(view: Omit<Extract<ChangeEvent, { type: 'view' }>, 'id' | 'type'>): void
  sweepChanged(sweep: { readonly entity: string; readonly project: string; readonly sweep: string }): void
  /** Calls `listener` for every event from now on; the result ends that. */
  listen(listener: (event: ChangeEvent) => void): () => void
  /** Events after the one with this id, oldest first; `undefined` if some of them are forgotten. */
  since(id: number): readonly ChangeEvent[] | undefined
  readonly lastId: number
  readonly listenerCount: number
  close(): void
}

/** At most ten events a second for one run, however fast it logs. */
const runIntervalMs = 100
const rememberedEventCount = 2048

type Draft<T> = T extends ChangeEvent ? Omit<T, 'id'> : never

/** Tells listeners that something changed, not what it is now. Changes of one run that come fast are merged. */
export function createChangeFeed(clock: Clock): ChangeFeed {
  const listeners = new Set<(event: ChangeEvent) => void>()
  const remembered: ChangeEvent[] = []
  const waiting = new Map<number, { run: ChangedRun; changed: Set<RunChange>; timer: unknown }>()
  let lastId = 0

  const publish = (draft: Draft<ChangeEvent>): void => {
    lastId += 1
    const event = { ...draft, id: lastId } as ChangeEvent
    remembered.push(event)
    if (remembered.length > rememberedEventCount) remembered.shift()
    for (const listener of [...listeners]) listener(event)
  }

  const publishRun = (run: ChangedRun, changed: Iterable<RunChange>): void => {
    const { entity, project, runId, revision, historyRevision, state } = run
    publish({ type: 'run', entity, project, runId, revision, historyRevision, state, changed: [...changed] })
  }

  // After each event a run rests; what happens meanwhile is told at the end of the rest.
  const startRest = (id: number): unknown =>
    clock.setTimeout(() => {
      const entry = waiting.get(id)
      if (entry === undefined) return
      if (entry.changed.size === 0) {
        waiting.delete(id)
        return
      }
      publishRun(entry.run, entry.changed)
      waiting.set(id, { run: entry.run, changed: new Set(), timer: startRest(id) })
    }, runIntervalMs)

  return {
    epoch: `${clock.now().toString(36)}${Math.floor(Math.random() * 36 ** 4).toString(36)}`,
    runChanged(run, changed) {
      if (changed.length === 0) return
      const entry = waiting.get(run.id)
      if (entry === undefined) {
        publishRun(run, changed)
        waiting.set(run.id, { run, changed: new Set(), timer: startRest(run.id) })
        return
      }
      entry.run = run
      for (const part of changed) entry.changed.add(part)
    },
    projectChanged: (entity, project) => publish({ type: 'project', entity, project }),
    viewChanged: (view) => publish({ type: 'view', ...view }),
    sweepChanged: (sweep) => publish({ type: 'sweep', ...sweep }),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    since(id) {
      const oldest = remembered[0]?.id ?? lastId + 1
      if (id > lastId || id < oldest - 1) return undefined
      return remembered.filter((event) => event.id > id)
    },
    get lastId() {
      return lastId
    },
    get listenerCount() {
      return listeners.size
    },
    close() {
      for (const { timer } of waiting.values()) clock.clearTimeout(timer)
      waiting.clear()
      listeners.clear()
    },
  }
}
