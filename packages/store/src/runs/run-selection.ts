import type { JsonValue } from '@lossline/protocol'
import type { RunState } from '../store.ts'

/**
 * A question that is true or false; `Path` says where it looks for values. An empty `and` and an empty `nor` are true, an empty
 * `or` is false.
 *
 * Values are compared by what they are: numbers with numbers (1 equals 1.0, integers beyond 2^53 exactly), texts with texts by
 * code points, booleans with booleans (false before true), lists and objects whole (the order of an object's keys does not
 * matter). Values of different kinds are never equal and neither is greater. What is missing and what is null are both equal to
 * null, and neither equal to nor greater or less than anything else. NaN equals NaN and is neither greater nor less than
 * anything.
 *
 * @example { kind: 'and', of: [
 *   { kind: 'eq', path: { kind: 'field', field: 'state' }, value: 'finished' },
 *   { kind: 'lt', path: { kind: 'summary', path: 'val/loss' }, value: 0.5 },
 * ] }
 */
export type Predicate<Path> =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly of: readonly Predicate<Path>[] }
  | { readonly kind: 'not'; readonly of: Predicate<Path> }
  | ValueTest<Path>

/** A question about what is at one path. Where there can be several values, each is asked and one that answers yes is enough. */
export type ValueTest<Path> =
  | { readonly kind: 'eq'; readonly path: Path; readonly value: JsonValue }
  | { readonly kind: 'gt' | 'gte' | 'lt' | 'lte'; readonly path: Path; readonly value: JsonValue }
  | { readonly kind: 'in'; readonly path: Path; readonly values: readonly JsonValue[] }
  /** Whether there is a value; null is one. */
  | { readonly kind: 'exists'; readonly path: Path }
  /** How many values there are. */
  | { readonly kind: 'size'; readonly path: Path; readonly count: number }
  /** A search in texts for a pattern of RE2's syntax, anywhere unless it is anchored. */
  | { readonly kind: 'regex'; readonly path: Path; readonly pattern: string }

/** A question about one run. */
export type RunPredicate = Predicate<RunPath>

/** Where a question looks. */
export type RunPath =
  | RunValuePath
  /** Of several values; a run without tags has none. */
  | { readonly kind: 'tags' }
  /** What a search field looks at, each by itself: display name, run id, notes and tags. */
  | { readonly kind: 'texts' }
  /** Whether `history` has a key: its labels joined with dots. The value equals nothing; all that can be asked is `exists`. */
  | { readonly kind: 'metric'; readonly path: string }

/** Where a single value is: what runs can be put in order by. */
export type RunValuePath =
  | { readonly kind: 'field'; readonly field: RunFilterField }
  /**
   * A value of the config or summary: labels joined with dots. Labels may hold dots themselves: of several values with the same
   * text, that with the longest first label counts, then that with the longest second, and so on. `value`, which the stored
   * config has behind each key, may be in the path of a config or be left out (a value of that name in the key's own value goes
   * first); `_wandb` of the config is not looked at.
   */
  | { readonly kind: 'config' | 'summary'; readonly path: string }

/** Fields of a run; `group`, `jobType`, `host`, `username` and `sweepId` are missing where they are empty. */
export type RunFilterField =
  | 'runId'
  | 'displayName'
  | 'state'
  | 'entity'
  | 'group'
  | 'jobType'
  | 'host'
  | 'username'
  | 'sweepId'
  | 'createdAtMs'
  | 'heartbeatAtMs'
  | 'updatedAtMs'
  /**
   * How long the run has been computing, as its client counts: the greater of the numbers below {@link runtimeSecondsMax} that
   * `_runtime` and `_wandb.runtime` in the summary are; without them the time from creation to the last sign of life.
   */
  | 'runtimeSeconds'

/**
 * More than three years is no runtime: W&B's client 0.30.0, when it goes on with a run, counts the nanoseconds of the part before
 * as seconds.
 */
export const runtimeSecondsMax = 1e8

/**
 * An order of runs by one value: numbers, then texts (by code points), then booleans, or the other way round; runs whose value
 * is missing, null, NaN, a list or an object come last, either way. Runs with equal values are in the order of their creation,
 * turned round with the rest.
 */
export interface RunOrder {
  readonly by: RunValuePath
  readonly isDescending: boolean
}

/** The place of a run in an order, to go on behind it, also when the run has changed or is gone by then. */
export interface RunPosition {
  /** Undefined: among those that come last. */
  readonly value: number | bigint | string | boolean | undefined
  /** Storage id of the run. */
  readonly id: number
}

/** A run whose stored state is `from` and whose last sign of life is older counts as `to`. */
export interface PresumedState {
  readonly from: RunState
  readonly to: RunState
  readonly heartbeatBeforeMs: number
  /** Storage ids of runs that may be silent for longer. Default: none. */
  readonly exceptIds?: readonly number[]
}

/** Which runs of a project. */
export interface RunSelection {
  readonly entity: string
  readonly project: string
  /** Part of display name, run id, notes or a tag, any case. */
  readonly search?: string
  readonly filter?: RunPredicate
  /** How filter and order see the field `state`. Default: as it is stored. */
  readonly presumed?: readonly PresumedState[]
}

/** Which runs of a project, in which order, and which part of them. */
export interface RunQuery extends RunSelection {
  /** Default: newest first. */
  readonly order?: RunOrder
  /** For runs that are equal by `order`, which there must be then; the last one also says which way creation counts. */
  readonly thenBy?: readonly RunOrder[]
  /** Only runs behind this place in the order; not with `thenBy`. */
  readonly after?: RunPosition
  /** How many to leave out. Default 0. */
  readonly offset?: number
  /** Default 200. */
  readonly limit?: number
}

/** A run and an order of runs that it may be among. */
export interface RunNeighboursQuery extends Omit<RunQuery, 'after' | 'offset' | 'limit'> {
  /** Storage id. */
  readonly run: number
}

/** Runs put together by what they have at some paths. */
export interface RunGroupQuery extends RunSelection {
  /** At least one. */
  readonly by: readonly RunGroupPath[]
  /** Numbers to be summed up. */
  readonly columns: readonly RunValuePath[]
  /** Default 0. */
  readonly offset?: number
  /** Default 200. */
  readonly limit?: number
}

/** What runs of a group have in common: a value, all tags of each as the JSON text of their list, or the whole notes; without any they are missing. */
export type RunGroupPath = RunValuePath | { readonly kind: 'tags' | 'notes' }

/** A page of groups, in the order of their values: of the first path, then of the second, and so on; missing values last. */
export interface RunGroupPage {
  readonly groups: readonly RunGroupRow[]
  /** Groups in all. */
  readonly total: number
}

/** A group of runs. */
export interface RunGroupRow {
  /** In the order of `by`. Undefined: missing, null, NaN, a list or an object. */
  readonly values: readonly (number | bigint | string | boolean | undefined)[]
  readonly runCount: number
  /** In the order of `columns`. */
  readonly columns: readonly NumberSummary[]
}

/** Of finite and infinite numbers alike; NaN and other values do not count. Figures of none are NaN. */
export interface NumberSummary {
  readonly count: number
  readonly mean: number
  /** Of a sample: divided by `count` − 1. NaN for one number. */
  readonly standardDeviation: number
  readonly min: number
  readonly max: number
}

/** Of which runs the keys of config and summary, or the values of fields, are asked for. */
export interface RunValueKeyQuery {
  readonly entity: string
  readonly project: string
  /** Only the newest runs, at most so many: the cost follows them. */
  readonly runCountMax: number
}

/** A value that runs have in one of their fields. Empty ones are not told. */
export interface RunFieldValueRow {
  readonly field: 'state' | 'group' | 'jobType' | 'host' | 'username' | 'sweepId' | 'tags'
  readonly value: string
  readonly runCount: number
}

/** A key of the config or summary, and what runs have under it. */
export interface RunValueKeyRow {
  readonly source: 'config' | 'summary'
  /** Key path text: labels joined with `.`, a literal dot written `\\.`. */
  readonly key: string
  readonly runCount: number
  /** Different values, null not among them. */
  readonly distinctCount: number
  /** Runs by what they have; the rest of them have NaN, lists or objects. */
  readonly kinds: {
    readonly null: number
    readonly number: number
    readonly text: number
    readonly boolean: number
  }
  /** Of the numbers; undefined without any. */
  readonly min: number | undefined
  readonly max: number | undefined
  /** The most frequent first, at most ten; none where there are more than 50 different ones. */
  readonly commonValues: readonly { readonly value: number | string | boolean; readonly runCount: number }[]
}
