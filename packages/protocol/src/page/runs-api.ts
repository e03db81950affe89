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

/** Body of `POST /api/projects/{entity}/{project}/runs/neighbours`. */
export interface RunNeighboursRequest extends RunsFilter {
  readonly runId: string
  /** As {@link RunsQueryRequest.sort}. */
  readonly sort?: readonly RunsSort[]
}
/** The runs before and after one in a list of any length. */
export interface RunNeighboursResponse {
  /** Null: the run is not in the list. */
  readonly place: {
    /** From 0. */
    readonly index: number
    readonly total: number
    /** Null at the ends of the list. */
    readonly previous: RunSummary | null
    readonly next: RunSummary | null
  } | null
}

/** Body of `POST /api/projects/{entity}/{project}/runs/groups`. */
export interface RunGroupsRequest extends RunsFilter {
  /** Keys that runs of a group have equal values of. */
  readonly by: readonly string[]
  /** Keys whose numbers are summed up; also what metrics come to, as in lists: `metric.max:val/acc`. */
  readonly columns?: readonly string[]
  /** Keys of which is told how their values are spread; `run.tags` tag by tag. At most 20. */
  readonly spreads?: readonly string[]
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
  /** In the order of `columns`, over all runs of the group. Null: of a metric, where more than 2,000 runs match. */
  readonly columns: readonly (NumberFigures | null)[]
  /** In the order of `spreads`; left out without any. Null: all groups together have more than 50,000 different values. */
  readonly spreads?: readonly (ValueSpread | null)[]
}
/** How values of a key are spread over the runs of a group. */
export interface ValueSpread {
  /** Runs with a number in each of ten equal parts between the least and the greatest number of all groups; empty where no two numbers differ. */
  readonly bins: readonly number[]
  /** The most frequent texts and booleans, at most three. */
  readonly topValues: readonly { readonly value: string | boolean; readonly runCount: number }[]
  /** How many texts and booleans differ. */
  readonly distinctCount: number
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
  /** Values of fields of the runs, for each that has any. */
  readonly fields: readonly RunFieldValues[]
  /** So many runs were looked at, the newest. */
  readonly runCount: number
}
/** What runs have in one of their fields. */
export interface RunFieldValues {
  /** As queries name it. */
  readonly field: 'state' | 'user' | 'host' | 'group' | 'jobType' | 'sweep' | 'tags'
  /** The most frequent first, at most fifty. */
  readonly values: readonly { readonly value: string; readonly runCount: number }[]
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
/** Body of `POST /api/projects/{entity}/{project}/runs/deletion`: what comes of it when runs go, asked before they do. */
export type RunsDeletionRequest = Pick<RunsChangeRequest, 'of'>
/** What goes with runs, and what stays because others need it. */
export interface RunsDeletionResponse {
  readonly runCount: number
  /** Versions of artifacts that these runs made, those aside that clients log by themselves. */
  readonly artifactCount: number
  /** Of those, how many other runs use. */
  readonly usedArtifactCount: number
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
