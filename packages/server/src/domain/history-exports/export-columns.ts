import { decodeKeyPath } from '@lossline/protocol'
import type { MetricKeyRow, RunRow, Store } from '@lossline/store'
import type { Pause } from '../pauses.ts'
import type { StepSpan, WalkedKey } from '../read-groups.ts'

/** A column of an export: all values of one key. */
export interface ExportColumn extends WalkedKey {
  readonly name: string
  /** `integer`: with some beyond 2^53. `json`: values of several kinds, lists and objects, each as its JSON text. */
  readonly kind: 'number' | 'integer' | 'boolean' | 'text' | 'json'
}

const firstNames = ['_timestamp', '_runtime']
const lookedAtRowCount = 2_000

/**
 * The columns of a run's rows in a span of steps, `_step` apart: `_timestamp`, `_runtime`, then the others by name. Nested
 * labels are joined with dots, as W&B's client names keys.
 */
export async function listExportColumns(
  store: Store,
  run: RunRow,
  span: StepSpan,
  pause: Pause,
): Promise<ExportColumn[]> {
  const { entity, project } = run
  const keys = await store.metricKeys({ entity, project, runs: [run.id], stream: 'history' })
  const columns: ExportColumn[] = []
  for (const [name, row] of nameColumns(keys)) {
    const { key, pointCount } = row
    if (row.kind === 'number') columns.push({ name, key, kind: 'number', isPlain: true, pointCount })
    else columns.push({ name, key, kind: await findKind(store, run, key, span, pause), isPlain: false, pointCount })
  }
  const rank = ({ name }: ExportColumn): number => firstNames.indexOf(name) + 1 || firstNames.length + 1
  return columns.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

/** A name for each key. A literal key and a path of nested ones may read the same: then the literal one has the name. */
function nameColumns(keys: readonly MetricKeyRow[]): ReadonlyMap<string, MetricKeyRow> {
  const named = new Map<string, MetricKeyRow>()
  const isLiteral = (row: MetricKeyRow): boolean => decodeKeyPath(row.key).length === 1
  for (const row of [...keys].sort((a, b) => Number(isLiteral(b)) - Number(isLiteral(a)))) {
    const labels = decodeKeyPath(row.key)
    let name = labels.join('.')
    // `a` > `b` beside `a.b`: its labels are told apart in another way.
    for (let sign = '/'; named.has(name) || name === '_step'; sign += '/') name = labels.join(sign) || `${sign}${name}`
    named.set(name, row)
  }
  return named
}

/** What all values of a key are, `null` left aside. */
async function findKind(
  store: Store,
  run: RunRow,
  key: string,
  { fromStep, toStep }: StepSpan,
  pause: Pause,
): Promise<ExportColumn['kind']> {
  const kinds = new Set<ValueKind>()
  let from = fromStep
  for (;;) {
    const rows = await store.rows({ run: run.id, keys: [key], fromStep: from, toStep, limit: lookedAtRowCount })
    for (const { values } of rows) {
      const kind = kindOf(values.get(key)!)
      if (kind !== undefined) kinds.add(kind)
    }
    const kind = joinKinds(kinds)
    if (kind === 'json') return kind
    const last = rows.at(-1)
    if (last === undefined || rows.length < lookedAtRowCount) return kind
    from = last.step + 1
    await pause()
  }
}

type ValueKind = 'number' | 'small integer' | 'large integer' | 'boolean' | 'text' | 'json'

function joinKinds(kinds: ReadonlySet<ValueKind>): ExportColumn['kind'] {
  const isOneOf = (...allowed: ValueKind[]): boolean => [...kinds].every((kind) => allowed.includes(kind))
  // Nothing but null is a text that is never there.
  if (isOneOf('text')) return 'text'
  if (isOneOf('boolean')) return 'boolean'
  if (isOneOf('number', 'small integer')) return 'number'
  return isOneOf('small integer', 'large integer') ? 'integer' : 'json'
}

/** By the first sign: the text comes from the store, where it is the JSON of one value. */
function kindOf(json: string): ValueKind | undefined {
  if (json === 'null') return undefined
  if (json === 'true' || json === 'false') return 'boolean'
  if (json.startsWith('"')) return 'text'
  if (json.startsWith('[') || json.startsWith('{')) return 'json'
  if (!/^-?\d+$/.test(json) || json === '-0') return 'number'
  return Number.isSafeInteger(Number(json)) ? 'small integer' : 'large integer'
}
