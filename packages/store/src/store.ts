import type { AccountReads } from './accounts/account-reads.ts'
import type { AccountWrite, AccountWriteResult } from './accounts/account-writes.ts'
import type { ArtifactReads } from './artifacts/artifact-reads.ts'
import type { ArtifactWrite, ArtifactWriteResult } from './artifacts/artifact-writes.ts'
import type { PlaceWrite } from './runs/place-writes.ts'
import type {
  RunFieldValueRow,
  RunGroupPage,
  RunGroupQuery,
  RunNeighboursQuery,
  RunPosition,
  RunQuery,
  RunSelection,
  RunValueKeyQuery,
  RunValueKeyRow,
} from './runs/run-selection.ts'
import type { TrashedRunRow, TrashQuery, TrashWrite } from './runs/trashed-runs.ts'
import type { ShareLinkQuery, ShareLinkRow, ShareLinkWrite } from './sharing/share-links.ts'
import type { SweepAgentQuery, SweepAgentRow, SweepAgentWrite } from './sweeps/sweep-agents.ts'
import type { PutSweepTrialWrite, SweepTrialQuery, SweepTrialRow } from './sweeps/sweep-trials.ts'
import type { SweepQuery, SweepRow, SweepWrite } from './sweeps/sweeps.ts'
import type { CustomChartRow, PutCustomChartWrite } from './views/custom-charts.ts'
import type { MetricNoteRow, PutMetricNoteWrite } from './views/metric-notes.ts'
import type { ViewQuery, ViewRevisionRow, ViewRow, ViewWrite, WholeViewRevisionRow } from './views/views.ts'

/**
 * The storage that the server's domain needs. Nothing here is SQL; a driver turns these calls into whatever it keeps.
 * Every driver passes `describeStore` of `@lossline/store/conformance`. A run or key that does not exist has empty answers.
 *
 * All times are milliseconds since 1970 (UTC). JSON texts are W&B's dialect (`NaN`, `Infinity`, `-Infinity` may occur).
 */
export interface Store extends AsyncDisposable {
  /** Version of this interface that the driver was written for. */
  readonly specification: 'lossline-store/1'

  /**
   * Applies all writes in order, in one transaction, and resolves when they are durable. Calls that arrive close together
   * share a transaction; if one call fails, it fails alone. A repeated `append-rows` or `put-lines` is harmless.
   *
   * @returns one result for each write, same order.
   * @throws {@link StoreError} `not-found`, `invalid` (malformed rows), `conflict`, `full` (disk), `locked` (another process
   * holds the store), `closed`, `corrupt`, `unavailable`.
   */
  write<const W extends readonly Write[]>(writes: W): Promise<{ [I in keyof W]: WriteResult<W[I]> }>

  projects(entity?: string): Promise<readonly ProjectRow[]>
  project(entity: string, name: string): Promise<ProjectRow | undefined>
  projectById(id: number): Promise<ProjectRow | undefined>

  /** In which project something is: what decides who may see it. Cheaper than reading the thing. */
  place(of: PlaceQuery): Promise<ProjectPlace | undefined>

  /** The run with this id in the project, or the one that had this address before it got another one; or undefined. */
  run(at: RunAddress): Promise<RunRow | undefined>
  runById(storageId: number): Promise<RunRow | undefined>
  /** Runs of a project, a page of them in an order. @throws {@link StoreError} `invalid` for a pattern that is none. */
  runs(query: RunQuery): Promise<RunPage>
  /** How many runs {@link Store.runs} finds in all. @throws as that. */
  runCount(selection: RunSelection): Promise<number>
  /** Where a run is among those that {@link Store.runs} finds in all; undefined: it is not among them. @throws as that. */
  runNeighbours(query: RunNeighboursQuery): Promise<RunNeighbours | undefined>
  /** Runs of a project put together by what they have, a page of such groups. @throws as {@link Store.runs}. */
  runGroups(query: RunGroupQuery): Promise<RunGroupPage>
  /** Every key that configs and summaries of a project's runs have, by source and name. */
  runValueKeys(query: RunValueKeyQuery): Promise<readonly RunValueKeyRow[]>
  /** What a project's runs have in the fields by which they are told apart: of each field the most frequent values first, at most fifty. */
  runFieldValues(query: RunValueKeyQuery): Promise<readonly RunFieldValueRow[]>
  /** Runs of all projects, oldest first, in state `running` or `preempting` whose last sign of life is older than a time. */
  liveRuns(query: { readonly heartbeatBeforeMs: number }): Promise<readonly RunRow[]>

  /** Every key that the given runs (default: all of the project) have logged in a stream, by name. */
  metricKeys(query: MetricKeyQuery): Promise<readonly MetricKeyRow[]>

  /**
   * One numeric key of one run: steps ascending, one value a step (the one that arrived last). NaN and ±Infinity are kept.
   * `fromStep` and `toStep` are inclusive. With a limit the first points of them; its cost follows the limit then, not the
   * range. Arrays are the caller's to keep.
   */
  column(query: ColumnQuery & { readonly limit?: number }): Promise<Column>

  /** Several columns of one run joined on step: only steps at which every key has a number. `columns[i]` belongs to `keys[i]`. */
  joinedColumns(
    query: JoinedColumnsQuery,
  ): Promise<{ readonly steps: Float64Array; readonly columns: readonly Float64Array[] }>

  /**
   * At most `count` rows of a run or of a range of it, evenly spread over all that there are, the first and the last among them
   * (the last alone, if it is one), steps ascending. Rows far apart may be moved by an eighth of the distance to their nearer
   * neighbour, to where they cost less to read. The cost follows `count`, and the length of the history only where keys have
   * uneven steps of their own. Others have the event loop in between.
   */
  sampleRows(query: SampleRowsQuery): Promise<readonly HistoryRow[]>

  /**
   * The same as bucketing {@link Store.column} with `bucketColumn` (sums up to rounding), but its cost follows the number of
   * buckets, not of points.
   *
   * @throws RangeError when the grid has no bucket or its ends are not finite and in order.
   */
  buckets(query: BucketQuery): Promise<BucketedColumn>

  /**
   * Whole rows (numbers and everything else), steps ascending, at most `limit`; the way back to what was logged. One row a
   * step: of a key that was logged twice at a step, the value that arrived last. A row without any key is absent.
   */
  rows(query: RowQuery): Promise<readonly HistoryRow[]>

  /**
   * Keys of one run with values that are no numbers, by name: at which steps, and the newest of them; the other values are not
   * read. Of a key that was logged twice at a step, what arrived last counts. Keys without any are absent.
   */
  otherKeys(query: OtherKeysQuery): Promise<readonly OtherKeyRow[]>

  /** How a run came to its state, oldest first; its beginning is the first. */
  stateChanges(run: number): Promise<readonly StateChangeRow[]>

  /** What was noted of exports of a run's history, by part. */
  historyExports(run: number): Promise<readonly HistoryExportRow[]>

  /** Text lines (console), `number` ascending, from `from` on, at most `limit`. Missing lines are absent. */
  lines(query: { readonly run: number; readonly from: number; readonly limit: number }): Promise<readonly LineRow[]>

  /** How many lines of a stream one writer of a run has brought. Without `writer`: all that have names, together. */
  writerLineCount(query: { readonly run: number; readonly stream: Stream; readonly writer?: string }): Promise<number>

  /** Runs that were deleted and can be brought back. No other read tells of them. */
  trashedRuns(query?: TrashQuery): Promise<readonly TrashedRunRow[]>
  /** Whether a run had that address that was deleted, or is elsewhere now: then no other one can have it. */
  isRunIdSpent(at: RunAddress): Promise<boolean>

  /** What people have arranged and saved. */
  views(query: ViewQuery): Promise<readonly ViewRow[]>
  view(id: number): Promise<ViewRow | undefined>
  /** What a view was, newest first; the newest is what it is. */
  viewRevisions(view: number): Promise<readonly ViewRevisionRow[]>
  viewRevision(at: { readonly view: number; readonly number: number }): Promise<WholeViewRevisionRow | undefined>
  /** A text that was kept under this digest. */
  viewState(hash: string): Promise<string | undefined>
  /** What people say of metrics of a project, by the metric's name. */
  metricNotes(query: { readonly project: number }): Promise<readonly MetricNoteRow[]>
  /** Links that let whoever has them look at something. */
  shareLinks(query: ShareLinkQuery): Promise<readonly ShareLinkRow[]>
  /** Searches for good settings. */
  sweeps(query: SweepQuery): Promise<readonly SweepRow[]>
  /** Programs that ask sweeps for runs. */
  sweepAgents(query: SweepAgentQuery): Promise<readonly SweepAgentRow[]>
  /** What searches of sweeps noted of runs. */
  sweepTrials(query: SweepTrialQuery): Promise<readonly SweepTrialRow[]>
  /** A definition of a chart. */
  customChart(at: { readonly entity: string; readonly name: string }): Promise<CustomChartRow | undefined>

  /** Alerts, newest first, at most `limit`: of one run, or of all. */
  alerts(query: { readonly run?: number; readonly limit: number }): Promise<readonly AlertRow[]>

  /** How many alerts of a run there are. */
  countAlerts(run: number): Promise<number>

  /** What can be asked about artifacts; they are changed by {@link Store.write}, like everything else. */
  readonly artifacts: ArtifactReads

  /** What can be asked about users and teams; changed by {@link Store.write} too. */
  readonly accounts: AccountReads

  /** Takes or renews a named lease; false when another owner holds it and it has not expired. */
  acquireLease(lease: {
    readonly name: string
    readonly owner: string
    readonly untilMs: number
    readonly nowMs: number
  }): Promise<boolean>
  releaseLease(lease: { readonly name: string; readonly owner: string }): Promise<void>

  /** Turns tails into chunks where it is due (`all`: everywhere). Runs by itself too; tests and shutdown call it. */
  compact(options?: { readonly all?: boolean }): Promise<void>

  /** Runs a real query; rejects when the store cannot answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Where a run is: names as people know them. `runId` is the id in URLs. */
export interface RunAddress {
  readonly entity: string
  readonly project: string
  readonly runId: string
}

/** What is asked for: a project by its names, or the project of something by its storage id. */
export type PlaceQuery =
  | { readonly entity: string; readonly project: string }
  | { readonly projectId: number }
  | { readonly run: number }
  | { readonly collection: number }
  | { readonly artifact: number }
  | { readonly manifest: number }

/** A project, and who may see what is in it. */
export interface ProjectPlace {
  readonly projectId: number
  readonly entity: string
  readonly project: string
  readonly access: ProjectAccess
}

/** A project as stored. */
export interface ProjectRow {
  readonly id: number
  readonly entity: string
  readonly name: string
  readonly description: string
  readonly access: ProjectAccess
  readonly createdAtMs: number
  /** Latest change of any of its runs. */
  readonly updatedAtMs: number
  readonly runCount: number
  /** Runs whose stored state is `running` or `preempting`. */
  readonly runningCount: number
  /** Since when the project holds all of the sample, Unix milliseconds; 0: some of it. Null: it is no sample project. */
  readonly sampleLoadedAtMs: number | null
  /** Words that projects are found by, in the order in which somebody put them. */
  readonly tags: readonly string[]
  /** Names of versions, in any of its collections, that only admins may move, give or take away. */
  readonly protectedAliases: readonly string[]
}

/** What everybody with an account may do in a project, beside those to whom its entity belongs: nothing, read, or read and write. */
export type ProjectAccess = 'private' | 'read' | 'write'

/** W&B's run states. Only the domain decides on them. */
export type RunState = 'pending' | 'running' | 'finished' | 'failed' | 'crashed' | 'killed' | 'preempting' | 'preempted'

/** A state that a run came to. */
export interface StateChangeRow {
  /** Unix milliseconds: when the run ended, as far as it says so itself, or when the server heard of the state. */
  readonly atMs: number
  readonly state: RunState
  /** As {@link RunFields.stateCause}. */
  readonly cause: string
  /** The last step that the run had then; −1: it had none. Null: a release before noted the change without it. */
  readonly lastStep: number | null
}

/** A run as stored. */
export interface RunRow extends RunFields {
  /** Storage id: stable, unique over all projects. */
  readonly id: number
  readonly projectId: number
  readonly entity: string
  readonly project: string
  readonly runId: string
  /** 1, 2, 3 … in the order in which runs were created in the project or came to it; never reused. Colours come from it. */
  readonly number: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Grows with every accepted change of anything of the run. */
  readonly revision: number
  /** Grows with every accepted change of history or events. */
  readonly historyRevision: number
  /** Highest written line index + 1. */
  readonly historyLineCount: number
  readonly eventsLineCount: number
  readonly logLineCount: number
  /** Highest `_step` in history; undefined without history. */
  readonly lastStep: number | undefined
}

/** What `put-run` can set. */
export interface RunFields {
  readonly displayName: string
  readonly notes: string
  readonly description: string
  readonly tags: readonly string[]
  readonly group: string
  readonly jobType: string
  /** In which it is drawn, as people chose it; '' as its number says. */
  readonly color: string
  readonly sweepId: string
  readonly host: string
  readonly program: string
  readonly commit: string
  readonly repo: string
  readonly username: string
  readonly state: RunState
  /** Why the run is in that state, for people: "no heartbeat since …", "process gone", "exit code 1". */
  readonly stateCause: string
  readonly exitCode: number | undefined
  readonly isStopRequested: boolean
  readonly heartbeatAtMs: number
  readonly finishedAtMs: number | undefined
  /** Whole config tree, W&B's form `{"key":{"value":…},"_wandb":{"value":{…}}}`. */
  readonly config: string
  /** Whole summary object. */
  readonly summary: string
}

/** One change; several of them make a transaction. */
export type Write =
  | PutRunWrite
  | AppendRowsWrite
  | PutLinesWrite
  | CopyHistoryWrite
  | CutHistoryWrite
  | PutAlertWrite
  | PutHistoryExportWrite
  | PutProjectWrite
  | TrashWrite
  | PlaceWrite
  | ViewWrite
  | PutMetricNoteWrite
  | SweepWrite
  | SweepAgentWrite
  | PutSweepTrialWrite
  | ShareLinkWrite
  | PutCustomChartWrite
  | ChangeProjectWrite
  | ArtifactWrite
  | AccountWrite

/** Makes a project where it is missing. */
export interface PutProjectWrite {
  readonly kind: 'put-project'
  readonly entity: string
  readonly name: string
  /** A new one is to hold the sample, which is not in it yet; one that is there stays what it is. Default false. */
  readonly isSample?: boolean | undefined
  readonly nowMs: number
}

/** Undefined leaves a field as it is. */
export interface ChangeProjectWrite {
  readonly kind: 'change-project'
  readonly project: number
  readonly description?: string | undefined
  readonly access?: ProjectAccess | undefined
  /** As in {@link ProjectRow}. */
  readonly sampleLoadedAtMs?: number | undefined
  /** All of them. */
  readonly tags?: readonly string[] | undefined
  /** All of them. */
  readonly protectedAliases?: readonly string[] | undefined
  readonly nowMs: number
}

/** Fields to set. Undefined leaves one as it is; null clears one that need not have a value. */
export type RunFieldChanges = {
  readonly [F in keyof RunFields]?: RunFields[F] | (undefined extends RunFields[F] ? null : never) | undefined
}

/** Creates the run (and its project) if it is missing, else changes the given fields. */
export interface PutRunWrite {
  readonly kind: 'put-run'
  readonly at: RunAddress
  readonly nowMs: number
  readonly change: RunFieldChanges
  /** Set only when the run is created, where `change` leaves a field. Missing fields become '', [], '{}', 'running', undefined. */
  readonly whenCreated?: RunFieldChanges
  /** false: `not-found` instead of creating. Default true. */
  readonly mayCreate?: boolean
}

/**
 * Rows of a stream at line `lineOffset`, `lineOffset`+1, … Lines below the stream's line count are left out (a retry; also
 * what comes late for a gap), a gap is allowed. `history` rows carry their step; `events` (system metrics) use the line number
 * as step, whatever `rows.steps` says.
 */
export interface AppendRowsWrite {
  readonly kind: 'append-rows'
  readonly run: number
  readonly stream: Stream
  readonly lineOffset: number
  readonly rows: RowGroup
  readonly nowMs: number
  /**
   * Names one of several writers of the run: `lineOffset` then counts the lines of this writer alone, which are appended
   * behind those that the run has.
   */
  readonly writer?: string
  /**
   * Rows at the beginning, behind those that `writer` has brought, that the run has from somebody without a name: they
   * count as brought by `writer` and are not appended. Default: 0.
   */
  readonly copiedRowCount?: number
  /** Of `history`: the rows get the steps after the run's last one, in order of arrival, whatever `rows.steps` says. */
  readonly assignsSteps?: boolean
}

/** Console lines from number `lineOffset` on; a line that exists is replaced. */
export interface PutLinesWrite {
  readonly kind: 'put-lines'
  readonly run: number
  readonly lineOffset: number
  readonly lines: readonly string[]
  readonly nowMs: number
  /** Names one of several writers of the run: `lineOffset` then counts this writer's lines, which keep their places. */
  readonly writer?: string
}

/**
 * Puts the history of one run, up to and with a step, into another that has none. Both are in one project. The history of
 * `from` stays.
 */
export interface CopyHistoryWrite {
  readonly kind: 'copy-history'
  /** Storage id. */
  readonly from: number
  /** May have been created by a write before this one. */
  readonly to: RunAddress
  readonly throughStep: number
  readonly nowMs: number
}

/**
 * Takes back a run: history rows above a step go, and with them all events and console lines. What writers have brought
 * counts as brought.
 */
export interface CutHistoryWrite {
  readonly kind: 'cut-history'
  readonly run: number
  readonly throughStep: number
  readonly nowMs: number
}

/** Keeps a message of a run. One with the title of another that is younger than `quietMs` is not kept. */
export interface PutAlertWrite {
  readonly kind: 'put-alert'
  readonly run: number
  readonly level: AlertLevel
  readonly title: string
  readonly text: string
  readonly quietMs: number
  readonly nowMs: number
}

/**
 * Notes a file that holds a part of a run's history: what comes after the part before it, up to and with a step. A part that
 * is there already is replaced: the same rows in other bytes.
 */
export interface PutHistoryExportWrite {
  readonly kind: 'put-history-export'
  readonly run: number
  readonly part: number
  readonly throughStep: number
  readonly rowCount: number
  readonly sha256: string
  readonly sizeBytes: number
  /** The run's `historyRevision` when the file was begun; nothing is noted if the run has another one by now. */
  readonly historyRevision: number
}

/** A file that holds a part of a run's history. */
export interface HistoryExportRow {
  /** 0, 1, 2 … by step. */
  readonly part: number
  /** The rows after `throughStep` of the part before, up to and with this step. */
  readonly throughStep: number
  readonly rowCount: number
  readonly sha256: string
  readonly sizeBytes: number
  /** Rows of these steps have been changed, added or taken back since. */
  readonly isStale: boolean
}

/** How urgent an alert is. */
export type AlertLevel = 'info' | 'warn' | 'error'

/** A message that a run's program sent to people. */
export interface AlertRow {
  /** Grows. */
  readonly id: number
  readonly run: number
  readonly createdAtMs: number
  readonly level: AlertLevel
  readonly title: string
  readonly text: string
}

/** What a change answers. */
export type WriteResult<W> = W extends PutRunWrite
  ? { readonly isCreated: boolean; readonly run: RunRow }
  : W extends AppendRowsWrite
    ? { readonly appendedRowCount: number; readonly lineCount: number }
    : W extends CopyHistoryWrite | CutHistoryWrite
      ? { readonly lineCount: number }
      : W extends PutAlertWrite | PutHistoryExportWrite
        ? { readonly isKept: boolean }
        : W extends { readonly kind: 'restore-run' | 'move-run' }
          ? { readonly run: RunRow }
          : W extends { readonly kind: 'put-view' }
            ? { readonly view: ViewRow }
            : W extends PutMetricNoteWrite
              ? { readonly note: MetricNoteRow | null }
              : W extends { readonly kind: 'put-sweep' }
                ? { readonly sweep: SweepRow; readonly isCreated: boolean }
                : W extends { readonly kind: 'put-sweep-agent' | 'hear-sweep-agent' }
                  ? { readonly agent: SweepAgentRow }
                  : W extends { readonly kind: 'put-share-link' }
                    ? { readonly link: ShareLinkRow }
                    : W extends PutCustomChartWrite
                      ? { readonly chart: CustomChartRow }
                      : W extends ChangeProjectWrite | PutProjectWrite | { readonly kind: 'rename-project' }
                        ? { readonly project: ProjectRow }
                        : W extends ArtifactWrite
                          ? ArtifactWriteResult<W>
                          : W extends AccountWrite
                            ? AccountWriteResult<W>
                            : undefined

/** The two kinds of rows of a run: what the program logs, and system metrics. */
export type Stream = 'history' | 'events'

/**
 * Rows as columns. Keys are paths in the text form of `encodeKeyPath` (`@lossline/protocol`): labels joined with `.`, a
 * literal dot as `\.`. `rowIndexes` ascend and are < `rowCount`.
 */
export interface RowGroup {
  readonly rowCount: number
  /** Step of each row, in order of arrival; need not ascend. Length `rowCount`. */
  readonly steps: Float64Array
  /** Keys whose value is a number (NaN and ±Infinity included), `_step` excepted. */
  readonly numbers: readonly { readonly key: string; readonly rowIndexes: Uint32Array; readonly values: Float64Array }[]
  /** Everything else: strings, booleans, null, lists, integers beyond 2^53, media objects as one JSON text at their path. */
  readonly others: readonly { readonly key: string; readonly rowIndex: number; readonly json: string }[]
}

/** A part of a project's runs. */
export interface RunPage {
  readonly runs: readonly RunRow[]
  /** Where each of them is in the order. Same length as `runs`. */
  readonly positions: readonly RunPosition[]
}

/** The place of a run in an order. */
export interface RunNeighbours {
  /** From 0. */
  readonly index: number
  /** Runs in all. */
  readonly total: number
  /** Undefined at the ends. */
  readonly previous: RunRow | undefined
  readonly next: RunRow | undefined
}

/** Whose keys: of a project, or of some of its runs. */
export interface MetricKeyQuery {
  readonly entity: string
  readonly project: string
  readonly runs?: readonly number[]
  readonly stream?: Stream
}

/** A key and how often it was logged. */
export interface MetricKeyRow {
  readonly key: string
  readonly kind: 'number' | 'other' | 'mixed'
  readonly stream: Stream
  readonly runCount: number
  /** Values that arrived, those that were replaced later included. */
  readonly pointCount: number
}

/** Which key of which run, over which steps (inclusive). */
export interface ColumnQuery {
  readonly run: number
  readonly stream?: Stream
  readonly key: string
  readonly fromStep?: number
  readonly toStep?: number
}

/** Which keys of which run, over which steps (inclusive). */
export interface JoinedColumnsQuery extends Omit<ColumnQuery, 'key'> {
  readonly keys: readonly string[]
}

/** Which rows of which run to choose from, and how many of them. */
export interface SampleRowsQuery extends Omit<ColumnQuery, 'key'> {
  /**
   * Only rows that have all of these, and of them only these. Default: all rows with all that they have. Of an empty list: all
   * rows, without values.
   */
  readonly keys?: readonly string[]
  readonly count: number
}

/** Whose keys: some of a run's, or by default all. */
export interface OtherKeysQuery {
  readonly run: number
  readonly stream?: Stream
  readonly keys?: readonly string[]
}

/** A key with values that are no numbers. */
export interface OtherKeyRow {
  readonly key: string
  /** Ascending, at least one. */
  readonly steps: Float64Array
  /** JSON text of the value at the last step. */
  readonly newest: string
}

/** Points of one key: `steps[i]` belongs to `values[i]`, steps ascending. */
export interface Column {
  readonly steps: Float64Array
  readonly values: Float64Array
}

/** A grid of `count` equal buckets over steps [`from`, `to`]; the last bucket includes `to`. */
export interface BucketGrid {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** A column, and the grid to reduce it to. */
export interface BucketQuery extends ColumnQuery {
  readonly grid: BucketGrid
}

/** Non-empty buckets only, `index` ascending. Non-finite values are not in any figure here; they are listed apart. */
export interface BucketedColumn {
  readonly index: Uint32Array
  readonly count: Uint32Array
  readonly first: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
  readonly sum: Float64Array
  /** Exact step of `first` and of `last`. */
  readonly firstStep: Float64Array
  readonly lastStep: Float64Array
  /** Points that are NaN or ±Infinity in range, by step. */
  readonly nonFinite: Column
  /** All points in range, finite or not. */
  readonly pointCount: number
}

/** Which rows of a run. */
export interface RowQuery {
  readonly run: number
  readonly stream?: Stream
  readonly fromStep?: number
  readonly toStep?: number
  /** Only these keys; rows with none of them are absent. Default: all. */
  readonly keys?: readonly string[]
  readonly limit?: number
  /** Newest `limit` rows instead of the first ones; still ascending in the answer. */
  readonly fromEnd?: boolean
}

/** `values`: key path text → JSON text of the leaf, in W&B's dialect. */
export interface HistoryRow {
  readonly step: number
  readonly values: ReadonlyMap<string, string>
}

/** A line of console output. */
export interface LineRow {
  readonly number: number
  readonly text: string
}
