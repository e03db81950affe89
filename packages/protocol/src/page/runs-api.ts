import type { RunSummary, StrictJson, StrictJsonObject } from './page-api.ts'

/** Runs that match all of what is given. */
export interface RunsFilter {
  /** In the words of W&B's `Api.runs`; `toRunFilter` makes one of a query that people type. */
  readonly filter?: StrictJsonObject
  /** Part of display name, run id, notes or a tag, in any case. */
  readonly search?: string
}

/** A key as queries have it: `config.lr`, `summary.val/loss`, `run.created`. */
export interface RunsSort {
  readonly key: string
  readonly isDescending: boolean
}

/** Body of `POST /api/projects/{entity}/{project}/runs/query`. */
export interface RunsQueryRequest extends RunsFilter {
  /** Runs that are equal by one are sorted by the next. Missing values and NaN come last either way. Default: newest first. */
  readonly sort?: readonly RunsSort[]
  /** Keys whose values come with each run. */
  readonly columns?: readonly string[]
  /** Default 0. */
  readonly offset?: number
  /** 1…1,000, default 200. */
  readonly limit?: number
}
/** A page of the runs that match. */
export interface RunsQueryResponse {
  /** Runs that match, in all. */
  readonly total: number
  readonly runs: readonly RunWithValues[]
}
/** A run in a list with values of the columns that were asked for, in their order; null: missing. */
export interface RunWithValues extends RunSummary {
  readonly values: readonly StrictJson[]
}

/** Body of `POST /api/projects/{entity}/{project}/runs/groups`. */
export interface RunGroupsRequest extends RunsFilter {
  /** Keys that runs of a group have equal values of. */
  readonly by: readonly string[]
  /** Keys whose numbers are summed up. */
  readonly columns?: readonly string[]
  /** Default 0. */
  readonly offset?: number
  /** 1…1,000, default 200. */
  readonly limit?: number
}
/** A page of groups, in the order of their values; missing ones last. */
export interface RunGroupsResponse {
  /** Groups in all. */
  readonly total: number
  readonly groups: readonly RunGroup[]
}
/** Runs with equal values. */
export interface RunGroup {
  /** In the order of `by`; null: missing. */
  readonly values: readonly (string | number | boolean | null)[]
  readonly runCount: number
  /** In the order of `columns`, over all runs of the group. */
  readonly columns: readonly NumberFigures[]
}
/** Figures of the numbers that runs have; null where there are too few of them. */
export interface NumberFigures {
  readonly count: number
  readonly mean: number | null
  /** Of a sample, divided by `count` − 1. */
  readonly standardDeviation: number | null
  readonly min: number | null
  readonly max: number | null
}

/** `GET /api/projects/{entity}/{project}/run-keys`: what configs and summaries have. */
export interface RunKeysResponse {
  readonly keys: readonly RunKeyInfo[]
  /** So many runs were looked at, the newest. */
  readonly runCount: number
}
/** A key of configs or summaries. */
export interface RunKeyInfo {
  /** `config.lr`, `summary.val/loss`. */
  readonly key: string
  readonly runCount: number
  /** Whether runs have different values, or some have none. */
  readonly isVarying: boolean
  /** What most of its values are. */
  readonly kind: 'number' | 'text' | 'boolean' | 'other'
  /** Of the numbers; null without any. */
  readonly min: number | null
  readonly max: number | null
  /** The most frequent first, at most ten; none where there are too many different ones. */
  readonly commonValues: readonly (string | number | boolean)[]
}

/** What people can change of a run; what is left out stays. */
export interface RunEdit {
  readonly displayName?: string
  readonly notes?: string
  readonly tags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
  /** `#rrggbb`, `hue-1` … `hue-8`, or '' for the one that comes from its number. */
  readonly color?: string
}

/** Body of `POST /api/projects/{entity}/{project}/runs/edits`; also what undoes a change. */
export interface RunEditsRequest {
  readonly edits: readonly (RunEdit & { readonly runId: string })[]
}

/** Body of `POST /api/projects/{entity}/{project}/runs/change`: one change of many runs. */
export interface RunsChangeRequest {
  readonly of: { readonly runIds: readonly string[] } | RunsFilter
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
  /** As {@link RunEdit.color}. */
  readonly color?: string
  readonly action?: 'stop' | 'trash' | 'restore'
}
/** What a change of many runs has done. */
export interface RunsChangedResponse {
  /** Runs that were changed. */
  readonly runIds: readonly string[]
  /** What they had before, of what was edited. */
  readonly before: RunEditsRequest['edits']
}

/** Body of `POST /api/projects/{entity}/{project}/runs/figures`. */
export interface RunFiguresRequest {
  /** At most 1,000. */
  readonly runIds: readonly string[]
  /** Key path text of a numeric metric. */
  readonly key: string
  /** Default `history`. */
  readonly stream?: 'history' | 'events'
}
/** What all finite values of a metric come to, run by run. */
export interface RunFiguresResponse {
  /** In the order of the runs that were asked for; null: the run has none. */
  readonly figures: readonly (MetricFigures | null)[]
}
/** Of the finite values that a run has logged of a metric. */
export interface MetricFigures {
  readonly count: number
  readonly first: number
  readonly last: number
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** Body of `POST /api/projects/{entity}/{project}/runs/importance`: of the newest 1,000 runs that match. */
export interface RunImportanceRequest extends RunsFilter {
  /** A number of the runs, such as `summary.val/loss`. */
  readonly outcome: string
  /** Keys that may explain it. Default: those of the config. Keys that never change are left out. */
  readonly keys?: readonly string[]
}
/** How much parameters matter for an outcome. */
export interface RunImportanceResponse {
  /** Runs with a number for the outcome. */
  readonly runCount: number
  /** With fewer runs nothing is said. */
  readonly runCountMin: number
  /** The most important first; empty with too few runs. */
  readonly parameters: readonly {
    readonly key: string
    /** Share of all, 0 to 1: permutation importance in a random forest with a fixed seed. */
    readonly importance: number
    /** Spearman's rank correlation, -1 to 1; null for texts. */
    readonly correlation: number | null
  }[]
}
