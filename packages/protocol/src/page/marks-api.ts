import type { RunSummary } from './page-api.ts'
import type { SeriesX } from './series-api.ts'

/** Body of `POST /api/projects/{entity}/{project}/runs/marks`: what happened in runs, for their charts. */
export interface RunMarksRequest {
  /** 1…100. */
  readonly runIds: readonly string[]
  /** Where on which axis. */
  readonly x: SeriesX
}
/** What happened, run by run in the order asked; a run that does not exist has nothing. */
export interface RunMarksResponse {
  readonly runs: readonly {
    readonly runId: string
    /** In the order in which it happened. */
    readonly marks: readonly RunMark[]
    /** More that happened earlier: of a run's versions, its alerts, and its ends and resumptions the newest 100 each are told. */
    readonly omittedCount: number
  }[]
}
/** Something that happened in a run. */
export type RunMark = RunMarkPlace &
  (
    | { readonly kind: 'resumed' }
    /** It began with the history of another run, or of its own, up to a step. */
    | { readonly kind: 'forked'; readonly fromRunId: string }
    | { readonly kind: 'ended'; readonly state: RunSummary['state']; readonly cause: string }
    | {
        /** It made a version of an artifact. */
        readonly kind: 'artifact'
        readonly artifactId: number
        readonly type: string
        readonly collection: string
        /** Such as `v3`. */
        readonly version: string
        /** But for `latest`. */
        readonly aliases: readonly string[]
      }
    | {
        readonly kind: 'alert'
        readonly level: 'info' | 'warn' | 'error'
        readonly title: string
        readonly text: string
      }
  )
/** When and where something happened. */
export interface RunMarkPlace {
  /** Null: nobody noted when. */
  readonly atMs: number | null
  /** The last step before; null: there was none. */
  readonly step: number | null
  /** On the axis that was asked for; null: it has no place there, as on formulas. */
  readonly x: number | null
}

/** Body of `POST /api/projects/{entity}/{project}/runs/best-points`. */
export interface BestPointsRequest {
  /** 1…1,000. */
  readonly runIds: readonly string[]
  /** Key path text of a numeric metric. */
  readonly key: string
  /** Default `history`. */
  readonly stream?: 'history' | 'events'
  readonly goal: 'minimize' | 'maximize'
  readonly x: SeriesX
}
/** The best finite value of a metric in each run, the first of several equal ones. */
export interface BestPointsResponse {
  /** In the order of the runs that were asked for; null: the run has none. */
  readonly points: readonly (BestPoint | null)[]
}
/** A point of a metric. */
export interface BestPoint {
  readonly step: number
  readonly value: number
  /** As of {@link RunMarkPlace.x}. */
  readonly x: number | null
}
