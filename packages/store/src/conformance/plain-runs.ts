import { compareCodePoints, isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import type { CompilePattern } from '../patterns.ts'
import {
  type NumberSummary,
  type PresumedState,
  type RunFilterField,
  type RunGroupRow,
  type RunOrder,
  type RunPath,
  type RunPredicate,
  type RunValuePath,
  runtimeSecondsMax,
  type ValueTest,
} from '../runs/run-selection.ts'
import type { RunRow } from '../store.ts'

/** A run with the keys that it has logged. */
export interface PlainRun {
  readonly row: RunRow
  readonly metrics: readonly string[]
}

export interface PlainContext {
  readonly compilePattern: CompilePattern
  readonly presumed: readonly PresumedState[]
}

/** What any store must answer to a predicate, found out in the naive way. */
export function isMatch(run: PlainRun, predicate: RunPredicate, context: PlainContext): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every((part) => isMatch(run, part, context))
    case 'or':
      return predicate.of.some((part) => isMatch(run, part, context))
    case 'nor':
      return !predicate.of.some((part) => isMatch(run, part, context))
    case 'not':
      return !isMatch(run, predicate.of, context)
    default:
      return passes(valuesAt(run, predicate.path, context), predicate, context)
  }
}

/** The runs in an order, equal ones in the next; by default newest first. */
export function inOrder(runs: readonly PlainRun[], orders: readonly RunOrder[], context: PlainContext): PlainRun[] {
  if (orders.length === 0) return runs.toSorted((a, b) => b.row.id - a.row.id)
  return runs.toSorted((a, b) => {
    for (const order of orders) {
      const difference = compareBy(order, a, b, context)
      if (difference !== 0) return difference
    }
    return (orders.at(-1)!.isDescending ? -1 : 1) * (a.row.id - b.row.id)
  })
}

function compareBy({ by, isDescending }: RunOrder, a: PlainRun, b: PlainRun, context: PlainContext): number {
  const [left, right] = [a, b].map((run) => orderValueOf(run, by, context))
  if ((left === undefined) !== (right === undefined)) return left === undefined ? 1 : -1
  const difference = left === undefined || right === undefined ? 0 : compareAny(left, right)
  return isDescending ? -difference : difference
}

/** Runs put together by what they are put in order by. */
export function toGroups(
  runs: readonly PlainRun[],
  { by, columns }: { readonly by: readonly RunValuePath[]; readonly columns: readonly RunValuePath[] },
  context: PlainContext,
): RunGroupRow[] {
  const orders = by.map((path) => ({ by: path, isDescending: false }))
  const groups: PlainRun[][] = []
  for (const run of inOrder(runs, orders, context)) {
    const last = groups.at(-1)
    const isSame = last !== undefined && orders.every((order) => compareBy(order, last[0]!, run, context) === 0)
    if (isSame) last.push(run)
    else groups.push([run])
  }
  return groups.map((group) => ({
    values: by.map((path) => orderValueOf(group[0]!, path, context) as RunGroupRow['values'][number]),
    runCount: group.length,
    columns: columns.map((path) => {
      const values = group.map((run) => orderValueOf(run, path, context))
      return summarise(
        values.flatMap((value) => (typeof value === 'number' || typeof value === 'bigint' ? [Number(value)] : [])),
      )
    }),
  }))
}

function summarise(numbers: readonly number[]): NumberSummary {
  const count = numbers.length
  const mean = numbers.reduce((sum, number) => sum + number, 0) / count
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0)
  const [min, max] = count === 0 ? [Number.NaN, Number.NaN] : [Math.min(...numbers), Math.max(...numbers)]
  return { count, mean, standardDeviation: Math.sqrt(squares / (count - 1)), min, max }
}

/** What a run is put in order by; undefined: it comes last. */
export function orderValueOf(run: PlainRun, by: RunPath, context: PlainContext): JsonValue | undefined {
  const [value] = valuesAt(run, by, context)
  const isLast = value === null || typeof value === 'object' || Number.isNaN(value)
  return isLast ? undefined : value
}

/** Nothing: the run has no value there. */
function valuesAt({ row, metrics }: PlainRun, path: RunPath, { presumed }: PlainContext): readonly JsonValue[] {
  const one = (value: JsonValue | undefined): readonly JsonValue[] => (value === undefined ? [] : [value])
  switch (path.kind) {
    case 'field':
      return one(fieldOf(row, path.field, presumed))
    case 'tags':
      return row.tags
    case 'texts':
      return [row.displayName, row.runId, ...(row.notes === '' ? [] : [row.notes]), ...row.tags]
    case 'metric': {
      const hasKey = path.path === '_step' ? row.lastStep !== undefined : metrics.includes(path.path)
      // Equal to nothing that a test asks for.
      return hasKey ? [{ metric: path.path }] : []
    }
    case 'summary':
      return one(valueAt(parseJson(row.summary), path.path.split('.')))
    case 'config':
      return one(configValueAt(parseJson(row.config) as JsonObject, path.path.split('.')))
  }
}

/** `value`, which is behind each key, may be in the path or not. */
function configValueAt(config: JsonObject, parts: readonly string[]): JsonValue | undefined {
  for (let length = parts.length; length > 0; length--) {
    const [key, rest] = [parts.slice(0, length).join('.'), parts.slice(length)]
    if (key === '_wandb' || !Object.hasOwn(config, key)) continue
    const { value } = config[key] as { readonly value: JsonValue }
    const plain = valueAt(value, rest)
    const found = plain === undefined && rest[0] === 'value' ? valueAt(value, rest.slice(1)) : plain
    if (found !== undefined) return found
  }
  return undefined
}

function fieldOf(row: RunRow, field: RunFilterField, presumed: readonly PresumedState[]): JsonValue | undefined {
  switch (field) {
    case 'state':
      return (
        presumed.find(
          ({ from, heartbeatBeforeMs, exceptIds = [] }) =>
            row.state === from && row.heartbeatAtMs < heartbeatBeforeMs && !exceptIds.includes(row.id),
        )?.to ?? row.state
      )
    case 'runtimeSeconds': {
      const summary = parseJson(row.summary) as JsonObject
      const counts = [summary._runtime, isJsonObject(summary._wandb) ? summary._wandb.runtime : undefined]
      const known = counts.filter(
        (count) => typeof count === 'number' && Math.abs(count) < runtimeSecondsMax,
      ) as number[]
      return known.length > 0 ? Math.max(...known) : Math.max(0, row.heartbeatAtMs - row.createdAtMs) / 1000
    }
    case 'group':
    case 'jobType':
    case 'host':
    case 'username':
    case 'sweepId':
      return row[field] === '' ? undefined : row[field]
    default:
      return row[field]
  }
}

/** The longest literal match first. */
function valueAt(tree: JsonValue | undefined, parts: readonly string[]): JsonValue | undefined {
  if (parts.length === 0) return tree
  if (!isJsonObject(tree)) return undefined
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.')
    const found = Object.hasOwn(tree, key) ? valueAt(tree[key], parts.slice(length)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function passes(values: readonly JsonValue[], test: ValueTest<RunPath>, { compilePattern }: PlainContext): boolean {
  const isEqualTo = (wanted: JsonValue): boolean =>
    wanted === null
      ? values.every((value) => value === null)
      : values.some((value) => kindOf(value) === kindOf(wanted) && compareAny(value, wanted) === 0)
  const isSome = (isWanted: (difference: number) => boolean, bound: JsonValue): boolean =>
    values.some(
      (value) =>
        ['number', 'string', 'boolean'].includes(kindOf(bound)) &&
        kindOf(value) === kindOf(bound) &&
        isWanted(compareAny(value, bound)),
    )
  switch (test.kind) {
    case 'exists':
      return values.length > 0
    case 'size':
      return values.length === test.count
    case 'eq':
      return isEqualTo(test.value)
    case 'in':
      return test.values.some(isEqualTo)
    case 'gt':
      return isSome((difference) => difference > 0, test.value)
    case 'gte':
      return isSome((difference) => difference >= 0, test.value)
    case 'lt':
      return isSome((difference) => difference < 0, test.value)
    case 'lte':
      return isSome((difference) => difference <= 0, test.value)
    case 'regex':
      return values.some((value) => typeof value === 'string' && compilePattern(test.pattern)(value))
  }
}

/** In the order in which kinds are sorted. */
const kinds = ['number', 'string', 'boolean', 'NaN', 'whole', 'null'] as const
type Kind = (typeof kinds)[number]

function kindOf(value: JsonValue): Kind {
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? 'NaN' : 'number'
    case 'bigint':
      return 'number'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    default:
      return value === null ? 'null' : 'whole'
  }
}

function compareAny(a: JsonValue, b: JsonValue): number {
  const byKind = kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b))
  if (byKind !== 0) return byKind
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  if (typeof a === 'object' || typeof b === 'object') return isSameTree(a, b) ? 0 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function isSameTree(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return kindOf(a) === kindOf(b) && compareAny(a, b) === 0
  if (!isJsonObject(a) || !isJsonObject(b)) {
    if (isJsonObject(a) || isJsonObject(b) || a.length !== b.length) return false
    return a.every((element, index) => isSameTree(element, b[index]))
  }
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameTree(a[key], b[key]))
  )
}
