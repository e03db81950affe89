import {
  decodeKeyPath,
  isJsonObject,
  type JsonValue,
  parseJson,
  type StrictJson,
  toStrictJson,
} from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { runValues } from '../domain/run-values.ts'
import type { WandbServices } from './context.ts'

/** `historyKeys`: which keys a run has logged, nested ones joined with dots, each with its last value. */
export async function historyKeys(run: RunRow, services: WandbServices): Promise<StrictJson> {
  const logged = await services.store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id] })
  const { summary } = runValues(run)
  const keys: Record<string, StrictJson> = {}
  if (run.lastStep !== undefined) keys._step = { previousValue: run.lastStep }
  for (const row of logged) {
    if (row.stream !== 'history') continue
    const path = decodeKeyPath(row.key)
    const previousValue = valueAt(summary, path) ?? (await lastValue(run, services, row.key))
    keys[path.join('.')] = { previousValue: previousValue === undefined ? null : toStrictJson(previousValue) }
  }
  return run.lastStep === undefined ? { keys } : { lastStep: run.lastStep, keys }
}

/** A row of `sampledHistory`: raw JSON in the answer, so non-finite numbers are words. */
export function toStrictRow(keys: readonly string[], cells: readonly string[]): { readonly [key: string]: StrictJson } {
  return Object.fromEntries(keys.map((key, i) => [key, toStrictJson(parseJson(cells[i]!))]))
}

/** The summary mostly is the last value, unless it was configured to be a statistic: then it is an object or missing. */
function valueAt(summary: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = summary
  for (const label of path) value = isJsonObject(value) && Object.hasOwn(value, label) ? value[label] : undefined
  return isJsonObject(value) ? undefined : value
}

async function lastValue(run: RunRow, services: WandbServices, key: string): Promise<JsonValue | undefined> {
  const [row] = await services.store.rows({ run: run.id, keys: [key], fromEnd: true, limit: 1 })
  const json = row?.values.get(key)
  return json === undefined ? undefined : parseJson(json)
}
