import { decodeKeyPath } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import type { Pause } from '../pauses.ts'
import type { StepSpan, WalkedKey } from '../read-groups.ts'

/** A column of an export: the values of one key, which is in every row. */
export interface ExportColumn extends WalkedKey {
  readonly name: string
  /** `number`: with a fraction in some. */
  readonly kind: 'number' | 'integer' | 'boolean' | 'text'
}

const firstNames = ['_timestamp', '_runtime']
const numbersAtOnce = 50_000
const rowsAtOnce = 2_000

/**
 * The columns of a run's rows in a span of steps, `_step` apart: `_timestamp`, `_runtime`, then the others by name. Undefined when
 * columns cannot give the rows back as they are: when a key is not in all of them, is nested, or has lists, objects or values of
 * several kinds.
 */
export async function listExportColumns(
  store: Store,
  run: RunRow,
  span: StepSpan,
  pause: Pause,
): Promise<ExportColumn[] | undefined> {
  const { entity, project } = run
  const keys = await store.metricKeys({ entity, project, runs: [run.id], stream: 'history' })
  // Values that came again count twice, so equal numbers are a hint only: whoever reads the rows looks at each.
  if (new Set(keys.map(({ pointCount }) => pointCount)).size > 1) return undefined
  const named = keys.map(({ key, kind, pointCount }) => ({
    path: decodeKeyPath(key),
    key,
    isPlain: kind === 'number',
    pointCount,
  }))
  // Most runs without a file are told by a name, or by the first of the values that are no numbers: no number is read for them.
  if (named.some(({ path }) => path.length !== 1 || path[0] === '_step')) return undefined
  named.sort((a, b) => Number(a.isPlain) - Number(b.isPlain))
  const columns: ExportColumn[] = []
  for (const { path, key, isPlain, pointCount } of named) {
    const kind = await (isPlain ? findKindOfNumbers : findKindOfTexts)(store, run, key, span, pause)
    if (kind === undefined) return undefined
    columns.push({ name: path[0]!, key, kind, isPlain, pointCount })
  }
  const rank = ({ name }: ExportColumn): number => firstNames.indexOf(name) + 1 || firstNames.length + 1
  return columns.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

/** Whole numbers stay whole ones, as their JSON would be read. */
async function findKindOfNumbers(
  store: Store,
  run: RunRow,
  key: string,
  { fromStep, toStep }: StepSpan,
  pause: Pause,
): Promise<'number' | 'integer'> {
  let from = fromStep
  for (;;) {
    const { steps, values } = await store.column({ run: run.id, key, fromStep: from, toStep, limit: numbersAtOnce })
    if (!values.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))) return 'number'
    if (steps.length < numbersAtOnce) return 'integer'
    from = steps.at(-1)! + 1
    await pause()
  }
}

/** What all values of a key are, `null` left aside. */
async function findKindOfTexts(
  store: Store,
  run: RunRow,
  key: string,
  { fromStep, toStep }: StepSpan,
  pause: Pause,
): Promise<ExportColumn['kind'] | undefined> {
  const kinds = new Set<ValueKind>()
  let from = fromStep
  for (;;) {
    const rows = await store.rows({ run: run.id, keys: [key], fromStep: from, toStep, limit: rowsAtOnce })
    for (const { values } of rows) {
      const kind = kindOf(values.get(key)!)
      if (kind !== undefined) kinds.add(kind)
    }
    const kind = joinKinds(kinds)
    const last = rows.at(-1)
    if (kind === undefined || last === undefined || rows.length < rowsAtOnce) return kind
    from = last.step + 1
    await pause()
  }
}

type ValueKind = 'number' | 'small integer' | 'large integer' | 'boolean' | 'text' | 'other'

/** The one column type that gives all of them back; undefined without such a type. */
function joinKinds(kinds: ReadonlySet<ValueKind>): ExportColumn['kind'] | undefined {
  const isOneOf = (...allowed: ValueKind[]): boolean => [...kinds].every((kind) => allowed.includes(kind))
  // Nothing but null is a text that is never there.
  if (isOneOf('text')) return 'text'
  if (isOneOf('boolean')) return 'boolean'
  if (isOneOf('small integer', 'large integer')) return 'integer'
  return isOneOf('number', 'small integer') ? 'number' : undefined
}

/** By the first sign: the text comes from the store, where it is the JSON of one value. */
function kindOf(json: string): ValueKind | undefined {
  if (json === 'null') return undefined
  if (json === 'true' || json === 'false') return 'boolean'
  if (json.startsWith('"')) return 'text'
  if (json.startsWith('[') || json.startsWith('{')) return 'other'
  if (!/^-?\d+$/.test(json) || json === '-0') return 'number'
  return Number.isSafeInteger(Number(json)) ? 'small integer' : 'large integer'
}
