import {
  type RunArtifactsResponse,
  type RunDetail,
  type RunFileInfo,
  type StrictJson,
  type StrictJsonObject,
  sanitizeArtifactName,
} from '@lossline/protocol'
import { isAutomaticType } from '../artifacts/artifact-lists.ts'
import { formatLeaf, formatLeafInShort, toTreeRows } from '../run/json-tree.ts'
import { codeFiles, codeTitle, isPatch } from '../run/run-code.ts'
import { namedMetadata } from '../run/run-facts.ts'
import { toSummaryTree } from '../run/summary-tree.ts'
import type { Direction } from '../runs/column-settings.ts'
import { formatBytes } from '../text/bytes.ts'
import { formatDateTime, formatDuration, formatNumber } from '../text/format.ts'
import { compareNatural } from '../text/natural-order.ts'
import { parseRequirements } from './parse-requirements.ts'

/** What of runs is compared, one below the other. */
export const comparedParts = [
  ...(['Run', 'Config', 'Summary', 'Code', 'Patch'] as const),
  ...(['Packages', 'Hardware', 'Environment', 'Data'] as const),
] as const
export type ComparedPart = (typeof comparedParts)[number]

/** A run with what is known of it beside its own page; undefined while that is not there yet. */
export interface ComparedRun {
  readonly run: RunDetail
  readonly files?: readonly RunFileInfo[] | undefined
  /** The text of its `requirements.txt`. */
  readonly requirements?: string | undefined
  readonly artifacts?: RunArtifactsResponse | undefined
}

/** One thing that runs have, each its own. */
export interface ComparedRow {
  readonly part: ComparedPart
  /** Labels that lead to it. */
  readonly path: readonly string[]
  /** The labels joined with dots. */
  readonly name: string
  /** In the order of the runs; undefined: it has none. */
  readonly values: readonly (StrictJson | undefined)[]
  readonly isDifferent: boolean
  /** Of code and patches: the file, whose texts can be compared. */
  readonly file?: string
}

/** Rows for everything that any of the runs has: in their parts, by name. */
export function compareRuns(runs: readonly ComparedRun[]): readonly ComparedRow[] {
  return comparedParts.flatMap((part) =>
    comparePart(
      part,
      runs.map((run) => partOf(run, part)),
    ),
  )
}

/** Whether a row tells of what clients keep for themselves, such as `_timestamp` and `_wandb`, and not of what somebody logged. */
export function isInternal({ part, path }: ComparedRow): boolean {
  return (part === 'Config' || part === 'Summary') && path[0]?.startsWith('_') === true
}

/** Rows whose name or a value has a text in it; with `isDifferentOnly` only those in which runs differ. */
export function filterComparison(
  rows: readonly ComparedRow[],
  { search, isDifferentOnly }: { readonly search: string; readonly isDifferentOnly: boolean },
): readonly ComparedRow[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter(({ part, name, values, isDifferent }) => {
    if (isDifferentOnly && !isDifferent) return false
    if (wanted === '') return true
    return [part, name, ...values.map((value) => (value === undefined ? '' : formatLeaf(value)))].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  })
}

/** A value in one line. */
export function comparedText(value: StrictJson | undefined): string {
  if (value === undefined) return '–'
  return formatLeafInShort(value)
}

/** By how much a number differs from the baseline's, in per cent with its sign; undefined where that says nothing. */
export function percentDelta(value: StrictJson | undefined, baseline: StrictJson | undefined): string | undefined {
  if (typeof value !== 'number' || typeof baseline !== 'number' || value === baseline || baseline === 0)
    return undefined
  const percent = ((value - baseline) / Math.abs(baseline)) * 100
  return `${percent > 0 ? '▲ +' : '▼ −'}${formatNumber(Number(Math.abs(percent).toPrecision(3)))} %`
}

/** Whether a number is better than the baseline's; undefined where they are equal, or nobody said which are good. */
export function isBetter(
  value: StrictJson | undefined,
  baseline: StrictJson | undefined,
  better: Direction | undefined,
): boolean | undefined {
  if (better === undefined || typeof value !== 'number' || typeof baseline !== 'number') return undefined
  return value === baseline ? undefined : value > baseline === (better === 'higher')
}

function comparePart(part: ComparedPart, trees: readonly StrictJsonObject[]): readonly ComparedRow[] {
  const found = new Map<string, { readonly path: readonly string[]; readonly values: (StrictJson | undefined)[] }>()
  for (const [index, tree] of trees.entries()) {
    for (const { path, value } of toTreeRows(tree)) {
      if (value === undefined) continue
      const name = path.join('.')
      const row = found.get(name) ?? { path, values: trees.map(() => undefined) }
      row.values[index] = value
      found.set(name, row)
    }
  }
  const names = part === 'Run' ? runFieldNames.filter((name) => found.has(name)) : [...found.keys()].sort()
  return names.map((name) => {
    const { path, values } = found.get(name)!
    const texts = new Set(values.map((value) => (value === undefined ? undefined : JSON.stringify(value))))
    const isFile = part === 'Code' || part === 'Patch'
    const shown = isFile ? codeTitle(name) : name
    return { part, path, name: shown, values, isDifferent: texts.size > 1, ...(isFile && { file: name }) }
  })
}

const runFieldNames = [
  ...['state', 'created', 'duration', 'steps', 'user', 'host', 'group', 'job type', 'tags', 'notes'],
  ...['program', 'commit', 'repository', 'exit code'],
] as const

function partOf({ run, files = [], requirements = '', artifacts }: ComparedRun, part: ComparedPart): StrictJsonObject {
  switch (part) {
    case 'Run':
      return runFields(run)
    case 'Config':
      return run.config
    case 'Summary':
      return toSummaryTree(run.summary)
    case 'Code':
    case 'Patch':
      return Object.fromEntries(
        codeFiles(files, run.metadata)
          .filter(({ name }) => isPatch(name) === (part === 'Patch'))
          .map(({ name, sizeBytes, md5 }) => [name, `${formatBytes(sizeBytes)}, ${shortDigest(md5)}`]),
      )
    case 'Packages':
      return parseRequirements(requirements)
    case 'Hardware':
    case 'Environment':
      return Object.fromEntries(
        Object.entries(namedMetadata(run.metadata)).filter(([key]) => isHardware(key) === (part === 'Hardware')),
      )
    case 'Data':
      return dataOf(run, artifacts)
  }
}

function isHardware(key: string): boolean {
  return /^(cpu|gpu|memory|disk|tpu|apple|amd|nvidia|trainium|cuda|accelerator)/i.test(key)
}

/**
 * Versions by what tells their contents apart; several of one collection stand in one value. A table that a run has logged is an
 * artifact too, whose name has the run's id: it goes by its key, with its newest version. Code has a part of its own.
 */
function dataOf(run: RunDetail, artifacts: RunArtifactsResponse | undefined): StrictJsonObject {
  const found = new Map<string, string[]>()
  for (const [kind, versions] of [
    ['used', artifacts?.inputs ?? []],
    ['made', artifacts?.outputs ?? []],
  ] as const) {
    for (const { type, collection, version, digest } of versions) {
      const key = kind === 'made' ? loggedTableKey(run, type, collection) : undefined
      if (key === undefined && isAutomaticType(type) && type !== 'run_table') continue
      const text = `${version}, ${shortDigest(digest)}`
      const name = key === undefined ? `${kind} ${type} ${collection}` : `logged table ${key}`
      found.set(name, [...(found.get(name) ?? []), text])
    }
  }
  return Object.fromEntries(
    [...found].map(([name, versions]) => {
      const sorted = versions.sort(compareNatural)
      return [name, name.startsWith('logged table ') ? sorted.at(-1)! : sorted.join('; ')]
    }),
  )
}

/** The key that a run has logged a table under, by the name of the artifact; undefined for other artifacts. */
function loggedTableKey({ runId, summary }: RunDetail, type: string, collection: string): string | undefined {
  const isIncremental = type === 'wandb-run-incremental-table'
  const prefix = `run-${runId}-${isIncremental ? 'incr-' : ''}`
  if ((type !== 'run_table' && !isIncremental) || !collection.startsWith(prefix)) return undefined
  // A key with characters that no name may have lies in it without them, and with a checksum.
  const key = Object.keys(summary).find((one) => sanitizeArtifactName(prefix + one) === collection)
  return key ?? collection.slice(prefix.length)
}

/** Enough of a digest to tell two apart. */
function shortDigest(digest: string): string {
  return digest.slice(0, 10)
}

function runFields(run: RunDetail): StrictJsonObject {
  const fields: Readonly<Record<(typeof runFieldNames)[number], string | number>> = {
    state: run.state,
    created: formatDateTime(run.createdAtMs),
    duration: formatDuration(run.runtimeSeconds),
    steps: run.lastStep ?? '',
    user: run.username,
    host: run.host,
    group: run.group,
    'job type': run.jobType,
    tags: run.tags.join(', '),
    notes: run.notes,
    program: run.program,
    commit: run.commit,
    repository: run.repo,
    'exit code': run.exitCode ?? '',
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
