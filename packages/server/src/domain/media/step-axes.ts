import type { MediaKey } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'

/** Rows that are looked at for metrics: keys are mostly logged together. */
const rowCountMax = 20

/** Metrics in the rows of the newest media, by name: what people count by besides steps. */
export async function listStepAxes(store: Store, run: RunRow, keys: readonly MediaKey[]): Promise<string[]> {
  const newest = new Set(keys.map(({ steps }) => steps.at(-1)).filter((step) => step !== undefined))
  const found = new Set<string>()
  for (const step of [...newest].sort((a, b) => b - a).slice(0, rowCountMax)) {
    const rows = await store.rows({ run: run.id, fromStep: step, toStep: step })
    for (const [key, json] of rows.flatMap(({ values }) => [...values])) {
      if (!key.startsWith('_') && /^-?\d/.test(json)) found.add(key)
    }
  }
  return [...found].sort()
}

/** The keys with the values that a metric has at their steps. */
export async function withAxis(
  store: Store,
  run: RunRow,
  keys: readonly MediaKey[],
  axis: string,
): Promise<readonly MediaKey[]> {
  const { steps, values } = await store.column({ run: run.id, stream: 'history', key: axis })
  return keys.map((media) => {
    let at = 0
    const own = media.steps.map((step) => {
      while (at < steps.length && steps[at]! < step) at += 1
      const value = steps[at] === step ? values[at]! : Number.NaN
      return Number.isFinite(value) ? value : null
    })
    return { ...media, axis: { key: axis, values: own } }
  })
}
