import type { StrictJson } from './page-api.ts'

/** W&B's states of a sweep. */
export type SweepStateName = 'pending' | 'running' | 'paused' | 'finished' | 'canceled'

/** What sweeps are put in order by. */
export const sweepSortKeys = ['name', 'state', 'method', 'metric', 'runs', 'best', 'time', 'user', 'created'] as const
/** One of {@link sweepSortKeys}. */
export type SweepSortKey = (typeof sweepSortKeys)[number]

/**
 * `GET /api/projects/{entity}/{project}/sweeps?sort=&offset=&limit=`: `sort` is a {@link SweepSortKey}, with `-` before it the
 * other way round. Default: `-created`, the newest 100.
 */
export interface SweepsResponse {
  /** Sweeps in all. */
  readonly total: number
  readonly sweeps: readonly SweepSummary[]
}

/** A sweep in lists, with what came of it so far. */
export interface SweepSummary {
  /** By which programs know it; unique in the project. */
  readonly name: string
  /** What people call it: its display name, the name in its configuration, or `name`. */
  readonly title: string
  readonly description: string
  readonly state: SweepStateName
  /** `custom`: something else suggests settings. Null: the sweep has no configuration, or none that can be read. */
  readonly method: 'bayes' | 'random' | 'grid' | 'custom' | null
  readonly metric: SweepMetricInfo | null
  readonly username: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Runs of any state; those made before the sweep are not among them. */
  readonly runCount: number
  /** Runs that it will have had when it ends by itself; null: it has no end of its own. */
  readonly expectedRunCount: number | null
  /** Runs that go on or wait. */
  readonly liveCount: number
  /** Runs that have failed or crashed. */
  readonly failedCount: number
  /** Seconds that its runs took, all together. */
  readonly computeSeconds: number
  /** The run with the best value of the metric in its summary. */
  readonly best: SweepBestRun | null
}
/** What a sweep makes as small or as large as it can. */
export interface SweepMetricInfo {
  readonly name: string
  /** The column of runs that has it: `summary.loss`, or `summary.loss.min` where programs keep its least value alone. */
  readonly key: string
  readonly goal: 'minimize' | 'maximize'
}
/** The run with the best value so far, and that value. */
export interface SweepBestRun {
  readonly runId: string
  readonly displayName: string
  readonly number: number
  /** As `RunSummary.color`. */
  readonly color: string
  readonly value: number
}

/** `GET /api/projects/{entity}/{project}/sweeps/{sweep}`, and the answer to changes. */
export interface SweepResponse {
  readonly sweep: SweepDetail
}
/** A sweep with its configuration. */
export interface SweepDetail extends SweepSummary {
  /** YAML as it came. */
  readonly config: string
  /** What is odd about it. */
  readonly warnings: readonly string[]
  /** Why it cannot be read; null: it can be. */
  readonly problem: string | null
  readonly parameters: readonly SweepParameterInfo[]
  /** The last sign of life of any of its runs; null: it has none. */
  readonly lastHeardAtMs: number | null
  /**
   * How many points the grid has, and how many of them runs in any state have taken; null: it searches no grid, or one whose
   * values are lists and objects.
   */
  readonly grid: { readonly pointCount: number; readonly takenCount: number } | null
  readonly stopsEarly: boolean
  /** Suggestions come from a program of the user. */
  readonly isControllerLocal: boolean
  /** Ids of runs made before, which count as data of the search. */
  readonly priorRunIds: readonly string[]
}
/** A parameter that the sweep chooses. */
export interface SweepParameterInfo {
  /** Names of nested ones are joined with dots. */
  readonly name: string
  /** Such as `log_uniform_values`, `categorical`, `constant`. */
  readonly kind: string
  /** Undefined where it is no range. */
  readonly min?: number
  readonly max?: number
  /** Of `categorical`; of `constant` the only one. */
  readonly values?: readonly StrictJson[]
}

/** `GET /api/projects/{entity}/{project}/sweeps/{sweep}/agents`: programs that ask a sweep for runs, the last heard first. */
export interface SweepAgentsResponse {
  readonly agents: readonly SweepAgentInfo[]
}
/** An agent of a sweep. */
export interface SweepAgentInfo {
  readonly name: string
  /** The machine's name, as the agent says. */
  readonly host: string
  readonly username: string
  readonly createdAtMs: number
  /** Its last sign of life. */
  readonly heartbeatAtMs: number
  /** Runs that it has had, those of now among them. */
  readonly runCount: number
  /** What it has now, queued or running. `displayName` is null for a run that has not begun. */
  readonly current: readonly { readonly runId: string; readonly displayName: string | null }[]
}

/** Body of `POST /api/projects/{entity}/{project}/sweeps`. */
export interface CreateSweepRequest {
  /** YAML. */
  readonly config: string
  readonly displayName?: string
}

/** Body of `PATCH /api/projects/{entity}/{project}/sweeps/{sweep}`: what is given is changed. */
export interface ChangeSweepRequest {
  readonly displayName?: string
  readonly description?: string
  readonly config?: string
  /** `canceled` asks the runs that go on to stop; the others let them go on. */
  readonly state?: 'running' | 'paused' | 'finished' | 'canceled'
}
