/**
 * What the page and scripts exchange with the server under `/api`. JSON unless said otherwise; all times are milliseconds
 * since 1970 (UTC). Non-finite numbers travel as the strings "NaN", "Infinity", "-Infinity".
 */

/** `GET /api/status` */
export interface StatusResponse {
  readonly version: string
  readonly mode: 'open' | 'keys'
  readonly timeMs: number
  readonly runCount: number
  /** Where the server keeps its data; undefined when the asker is not local. */
  readonly dataDirectory?: string
}

/** `GET` and `POST /api/session`: who the page is for. */
export interface SessionResponse {
  readonly mode: 'open' | 'keys'
  /** Undefined: somebody who has to sign in first. */
  readonly user?: { readonly name: string; readonly isAdmin: boolean }
}

/** `GET /api/projects` */
export interface ProjectsResponse {
  readonly projects: readonly ProjectSummary[]
}
/** A project in lists. */
export interface ProjectSummary {
  readonly entity: string
  readonly project: string
  readonly runCount: number
  readonly runningCount: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** `GET` and `PATCH /api/projects/{entity}/{project}` */
export interface ProjectResponse {
  readonly project: ProjectDetail
}
/** A project by itself. */
export interface ProjectDetail extends ProjectSummary {
  readonly description: string
  /** What everybody with an account may do in it, beside those to whom its entity belongs. */
  readonly access: 'private' | 'read' | 'write'
}

/** `POST /api/projects/{entity}/{project}/runs/move`: which runs are where now. */
export interface RunsMovedResponse {
  readonly runIds: readonly string[]
  readonly entity: string
  readonly project: string
}

/** `GET /api/projects/{entity}/{project}/runs?search=&offset=&limit=` (limit 1…1000, default 200), newest first. */
export interface RunsResponse {
  readonly runs: readonly RunSummary[]
  readonly total: number
}
/** A run in lists. `historyRevision` grows with every new row, `revision` with every change. */
export interface RunSummary {
  readonly runId: string
  readonly displayName: string
  readonly state: 'pending' | 'running' | 'finished' | 'failed' | 'crashed' | 'killed' | 'preempting' | 'preempted'
  readonly stateCause: string
  /** Creation number in the project from 1 on; colour and dash come from it. */
  readonly number: number
  readonly createdAtMs: number
  readonly heartbeatAtMs: number
  readonly runtimeSeconds: number
  readonly tags: readonly string[]
  readonly group: string
  readonly jobType: string
  readonly sweepId: string
  readonly host: string
  /** As people chose it, `#rrggbb` or `hue-1` … `hue-8` of the page; '' as {@link RunSummary.number} says. */
  readonly color: string
  readonly notes: string
  readonly username: string
  readonly lastStep: number | null
  readonly revision: number
  readonly historyRevision: number
}

/** `GET /api/projects/{entity}/{project}/metrics[?run=ID&run=ID]` */
export interface MetricsResponse {
  readonly metrics: readonly MetricInfo[]
}
/** A key that runs of a project have logged. */
export interface MetricInfo {
  /** Key path text: labels joined with `.`, a literal dot written `\.`. */
  readonly key: string
  readonly kind: 'number' | 'other' | 'mixed'
  readonly stream: 'history' | 'events'
  readonly runCount: number
  readonly pointCount: number
  /** From `define_metric`: x axis, whether to hide it, direction. */
  readonly stepMetric: string | null
  readonly isHidden: boolean
  readonly goal: 'minimize' | 'maximize' | null
}

/** `GET /api/projects/{entity}/{project}/trash` */
export interface TrashResponse {
  readonly runs: readonly {
    readonly runId: string
    readonly displayName: string
    readonly createdAtMs: number
    readonly deletedAtMs: number
  }[]
}
/** `GET /api/runs/{entity}/{project}/{runId}` */
export interface RunResponse {
  readonly run: RunDetail
}
/** Everything about a run except its rows and its output. */
export interface RunDetail extends RunSummary {
  readonly entity: string
  readonly project: string
  readonly program: string
  readonly commit: string
  readonly repo: string
  readonly exitCode: number | null
  readonly finishedAtMs: number | null
  /** How the run came to its state, oldest first. */
  readonly stateChanges: readonly {
    readonly atMs: number
    readonly state: RunSummary['state']
    readonly cause: string
  }[]
  /** User's config without the `value` wrappers and without `_wandb`. */
  readonly config: StrictJsonObject
  /** Without `_wandb`. */
  readonly summary: StrictJsonObject
  /** The environment of `wandb-metadata.json`, merged over writers. */
  readonly metadata: StrictJsonObject
  readonly historyLineCount: number
  readonly logLineCount: number
}
/** JSON as the standard has it. */
export type StrictJson = null | boolean | number | string | readonly StrictJson[] | StrictJsonObject
/** A JSON object as the standard has it. */
export interface StrictJsonObject {
  readonly [key: string]: StrictJson
}

/** `GET /api/runs/{entity}/{project}/{runId}/logs?from=&limit=` (limit ≤ 10,000, default 1,000) */
export interface LogsResponse {
  readonly lineCount: number
  readonly lines: readonly LogLine[]
}
/** A line of console output; `timestamp` as the client sent it (ISO 8601, UTC). */
export interface LogLine {
  readonly number: number
  readonly timestamp: string | null
  readonly level: 'error' | 'info'
  /** Which of several writers of the run wrote it, if they have names. */
  readonly label?: string
  readonly text: string
}

/** `GET /api/runs/{entity}/{project}/{runId}/alerts?limit=` (limit ≤ 1,000, default 100), newest first. */
export interface AlertsResponse {
  readonly alerts: readonly AlertInfo[]
}
/** A message that a run's program sent to people. */
export interface AlertInfo {
  readonly id: number
  readonly createdAtMs: number
  readonly level: 'info' | 'warn' | 'error'
  readonly title: string
  readonly text: string
}

/**
 * `GET /api/events?entity=&project=` (both optional): server-sent events. Each has an `id`; reconnecting with `Last-Event-ID`
 * replays what was missed or sends `reset`, after which everything is to be fetched again.
 */
export type PageEvent =
  | { readonly type: 'hello'; readonly version: string }
  | { readonly type: 'reset' }
  | { readonly type: 'project'; readonly entity: string; readonly project: string }
  | {
      /** A view was saved or removed. */
      readonly type: 'view'
      readonly entity: string
      readonly project: string
      readonly viewId: number
      /** 0: it is gone. */
      readonly revision: number
      /** Who did it. */
      readonly username: string
    }
  /** A sweep was made, changed or removed. */
  | { readonly type: 'sweep'; readonly entity: string; readonly project: string; readonly sweep: string }
  | {
      readonly type: 'run'
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly revision: number
      readonly historyRevision: number
      readonly state: RunSummary['state']
      /** What changed since the event before. */
      readonly changed: readonly ('created' | 'history' | 'logs' | 'meta' | 'state' | 'alerts' | 'deleted')[]
    }

/** Body of every error answer of `/api`. */
export interface ErrorResponse {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint?: string
    readonly requestId: string
  }
}
