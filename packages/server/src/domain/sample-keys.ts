import { encodeKeyPath } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'

/** Which values of which rows are asked for. */
export interface SampledKeys {
  /** Key path texts, or plain names. */
  readonly keys: readonly string[]
  /** At most so many rows. */
  readonly count: number
  /** Default: the first. */
  readonly fromStep?: number
  /** Inclusive. Default: the last. */
  readonly toStep?: number
}

/** Rows that have all the keys, as lists of JSON texts in the order of `keys`; evenly thinned to `count`. */
export async function sampleKeys(
  store: Store,
  run: RunRow,
  { keys, ...rest }: SampledKeys,
): Promise<readonly (readonly string[])[]> {
  const known = await store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id], stream: 'history' })
  const logged = new Set(known.map((row) => row.key))
  // A literal key wins over a path of nested ones that reads the same.
  const paths = keys.map((key) => (logged.has(encodeKeyPath([key])) ? encodeKeyPath([key]) : key))
  // With no key but the step every row counts.
  const rows = await store.sampleRows({ run: run.id, ...rest, keys: paths.filter((path) => path !== stepKey) })
  return rows.map(({ step, values }) => paths.map((path) => (path === stepKey ? String(step) : values.get(path)!)))
}

const stepKey = '_step'
