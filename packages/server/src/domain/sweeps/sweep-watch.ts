import type { ProjectRow, RunRow, Store, SweepRow } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { type Log, toLogFields } from '../../log.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import type { Runs } from '../runs.ts'
import type { MetricHistories } from './metric-histories.ts'
import { createJudgeSweep, dependsOnProgress } from './sweep-judge.ts'
import { createTrialReader, type TrialReader } from './sweep-trials.ts'
import { createSweeps } from './sweeps.ts'

/** Sees to it that runs of sweeps are judged when there is something new, and not too often. */
export interface SweepWatch {
  /** Judges the runs of a sweep whose turn it is, unless that was done a moment ago. */
  judge(project: ProjectRow, sweep: SweepRow, trials: TrialReader): Promise<void>
  /** A run has new history or another state: the runs of its sweep are judged soon, in the sweep's turn. */
  note(run: Pick<RunRow, 'projectId' | 'sweepId'>): void
  /** Judges nothing from now on, and waits for what is being judged. */
  close(): Promise<void>
}

/** Runs of one sweep are judged so often at most. */
const restMsMin = 2000
/** Judging is followed by so many times as long without: a thousand runs with long histories must not keep a server busy. */
const restPerWork = 10

/** @param options.turns - Of sweeps. */
export function createSweepWatch(options: {
  readonly store: Store
  readonly runs: Runs
  readonly changes: ChangeFeed
  readonly histories: MetricHistories
  readonly turns: KeyedQueue
  readonly clock: Clock
  readonly log: Log
}): SweepWatch {
  const { store, turns, clock, log } = options
  const judgeSweep = createJudgeSweep({ ...options, sweeps: createSweeps(options) })
  /** By sweep: until when it is not judged, Unix milliseconds. */
  const restUntilMs = new Map<string, number>()
  /** By sweep, of those with something new. */
  const timers = new Map<string, unknown>()
  const judging = new Set<Promise<void>>()
  let isClosed = false

  const restMs = (key: string): number => Math.max(0, (restUntilMs.get(key) ?? 0) - clock.now())

  const judge: SweepWatch['judge'] = async (project, sweep, trials) => {
    const key = keyOf(sweep)
    if (restMs(key) > 0) return
    // Only what comes from here on is new.
    clock.clearTimeout(timers.get(key))
    timers.delete(key)
    const startMs = clock.now()
    try {
      await judgeSweep(project, sweep, trials)
    } finally {
      const endMs = clock.now()
      restUntilMs.set(key, endMs + Math.max(restMsMin, restPerWork * (endMs - startMs)))
    }
  }

  const judgeNamed = async (at: SweepPlace): Promise<void> => {
    const find = async () => (await store.sweeps({ project: at.projectId, name: at.name }))[0]
    const found = await find()
    if (found === undefined || !dependsOnProgress(found)) return
    await turns.run(String(found.id), async () => {
      const sweep = await find()
      const project = await store.projectById(at.projectId)
      if (sweep === undefined || project === undefined || isClosed) return
      // Somebody was quicker, and may have begun before there was something new.
      if (restMs(keyOf(sweep)) > 0) return judgeSoon(at)
      await judge(project, sweep, createTrialReader(options, project, sweep))
    })
  }

  const judgeSoon = (at: SweepPlace): void => {
    const key = keyOf(at)
    if (isClosed || timers.has(key)) return
    const onTime = (): void => {
      timers.delete(key)
      const task = judgeNamed(at)
        .catch((error: unknown) => log('error', 'runs of a sweep could not be judged', toLogFields(error)))
        .finally(() => judging.delete(task))
      judging.add(task)
    }
    timers.set(key, clock.setTimeout(onTime, Math.max(restMsMin, restMs(key))))
  }

  return {
    judge,
    note: ({ projectId, sweepId: name }) => {
      if (name !== '') judgeSoon({ projectId, name })
    },
    close: async () => {
      isClosed = true
      for (const timer of timers.values()) clock.clearTimeout(timer)
      timers.clear()
      await Promise.all(judging)
    },
  }
}

type SweepPlace = Pick<SweepRow, 'projectId' | 'name'>

function keyOf({ projectId, name }: SweepPlace): string {
  return `${projectId}/${name}`
}
