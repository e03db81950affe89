/**
 * What the page and scripts exchange with the server under `/api`. JSON unless said otherwise; all times are milliseconds
 * since 1970 (UTC). Non-finite numbers travel as the strings "NaN", "Infinity", "-Infinity".
 */

import type { MetricWords } from './metric-notes-api.ts'

/** `GET /api/status` */
export interface StatusResponse {
  readonly version: string
  readonly mode: 'open' | 'keys'
  readonly timeMs: number
  readonly runCount: number
  /** Where the server keeps its data; undefined when the asker is not local. */
  readonly dataDirectory?: string
  /** Other machines reach it, and it asks nobody who they are. */
  readonly isExposed: boolean
}

/** `GET` and `POST /api/session`: who the page is for. */
export interface SessionResponse {
  readonly mode: 'open' | 'keys'
  /** Undefined: somebody who has to sign in first. */
  readonly user?: {
    readonly name: string
    readonly isAdmin: boolean
    /** False: signed in with a key that may only read. */
    readonly mayWrite: boolean
  }
  /** Somebody who has followed a link: what it lets them look at. */
  readonly sharedKind?: 'project' | 'run' | 'artifact'
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
  /** It holds the sample, or a part of it. */
  readonly isSample: boolean
  /** Words that it is found by, in the order in which somebody put them. */
  readonly tags: readonly string[]
}

/** `GET /api/refusals` */
export interface RefusalsResponse {
  /** The newest first. */
  readonly refusals: readonly Refusal[]
}
/** Why a program that wanted to log was turned away. */
export interface Refusal {
  readonly kind: RefusalKind
  /** The program, where it is one that is known, such as `wandb 0.19.1`. */
  readonly client: string | null
  /** Of a blocked host: the name under which the server was asked for. */
  readonly host: string | null
  /** How often. */
  readonly count: number
  readonly lastAtMs: number
}
/**
 * `unknown-request`: the server does not understand what it was asked, as happens with a client of another time.
 * `blocked-host`: it answers without keys, and so only under names of its own machine.
 */
export type RefusalKind = 'wrong-key' | 'no-key' | 'not-allowed' | 'unknown-request' | 'blocked-host'

/** `GET` and `POST /api/sample/{entity}` */
export interface SampleResponse {
  /** Whether this server has a sample, and whoever asks may load and remove it here. */
  readonly isAvailable: boolean
  /** `incomplete`: loading has ended too early; `POST` goes on with it. */
  readonly state: 'absent' | 'loading' | 'incomplete' | 'loaded'
  /** Name of the project that holds it; null: there is none. */
  readonly project: string | null
  /** Runs of the sample that are in it, out of `runCount`. */
  readonly loadedRunCount: number
  readonly runCount: number
  /** Runs that somebody else has logged into it. */
  readonly otherRunCount: number
  /** Why loading has ended too early, if that is known. */
  readonly problem: string | null
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
  /** Whether the asker may change it. */
  readonly mayWrite: boolean
  /** Names of versions that only admins give, move and take away, in any of its collections. */
  readonly protectedAliases: readonly string[]
  /** Whether the asker is an admin of its entity; without accounts everybody is. */
  readonly mayAdminister: boolean
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
export interface MetricInfo extends MetricWords {
  /** Key path text: labels joined with `.`, a literal dot written `\.`. */
  readonly key: string
  readonly kind: 'number' | 'other' | 'mixed'
  readonly stream: 'history' | 'events'
  readonly runCount: number
  readonly pointCount: number
  /** From `define_metric`: x axis, whether to hide it. */
  readonly stepMetric: string | null
  readonly isHidden: boolean
}

/** `GET /api/projects/{entity}/{project}/trash` */
export interface TrashResponse {
  readonly runs: readonly {
    readonly runId: string
    readonly displayName: string
    readonly createdAtMs: number
    readonly deletedAtMs: number
  }[]
  readonly sweeps: readonly {
    readonly name: string
    readonly title: string
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
  /** Whether somebody has asked its program to end, since it began or was resumed. */
  readonly isStopRequested: boolean
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
/** `GET /api/runs/{entity}/{project}/{runId}/logs/search`: which lines are looked for. All that is given must be true of a line. */
export interface LogSearchQuery {
  /** Any part of the first 100,000 characters of the line without its colours, in any case; with `isPattern` one of RE2's syntax, in any case. */
  readonly text?: string
  readonly isPattern?: boolean
  readonly stream?: 'stdout' | 'stderr'
  /** Only lines that name this level, in the words that loggers of Python and JavaScript have; `problem`: a warning, an error or worse. */
  readonly names?: LogLevelName
  /** Only of this writer. */
  readonly label?: string
}
/**
 * Lines that were found, `number` ascending. A search looks for a tenth of a second: `nextFrom` is the line from which another one
 * goes on, null at the end of what is there.
 */
export interface LogSearchResponse {
  readonly lines: readonly LogLine[]
  readonly nextFrom: number | null
  readonly lineCount: number
}
/** What a line of console output says that it is about. */
export type LogLevelName = 'debug' | 'info' | 'warning' | 'error' | 'problem'
/** A line of console output; `timestamp` as the client sent it (ISO 8601, UTC). */
export interface LogLine {
  readonly number: number
  readonly timestamp: string | null
  readonly level: 'error' | 'info'
  /** Which of several writers of the run wrote it, if they have names. */
  readonly label?: string
  readonly text: string
  /** Where the pattern is that was searched for, in the line without its colours: start and end, UTF-16 units. */
  readonly hits?: readonly (readonly [start: number, end: number])[]
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
