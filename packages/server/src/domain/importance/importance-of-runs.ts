import { decodeKeyPath } from '@lossline/protocol'
import type { RunPredicate, RunRow, RunValuePath, Store } from '@lossline/store'
import { valueAtPath } from '../run-columns.ts'
import type { Runs } from '../runs.ts'
import type { Breathe } from '../series/breathe.ts'
import {
  importanceRunCountMin,
  type ParameterColumn,
  type ParameterImportance,
  parameterImportance,
} from './parameter-importance.ts'

/** What is asked. */
export interface ImportanceQuery {
  readonly entity: string
  readonly project: string
  readonly filter?: RunPredicate
  readonly search?: string
  readonly outcome: RunValuePath
  /** Undefined: every key of the config. */
  readonly parameters: readonly { readonly key: string; readonly path: RunValuePath }[] | undefined
}

/** Older runs say nothing new, and take time. */
const runCountMax = 1000
const keyCountMax = 200

/** How much parameters matter for a number of the newest runs that match. */
export async function importanceOfRuns(
  store: Store,
  runs: Runs,
  { outcome, parameters, ...selection }: ImportanceQuery,
  breathe: Breathe,
): Promise<{ readonly runCount: number; readonly parameters: readonly ParameterImportance[] }> {
  const { runs: found } = await runs.list({ ...selection, limit: runCountMax })
  const known = found.flatMap((run) => {
    const value = valueAtPath(run, outcome)
    return typeof value === 'number' && Number.isFinite(value) ? [{ run, value }] : []
  })
  if (known.length < importanceRunCountMin) return { runCount: known.length, parameters: [] }
  const asked = parameters ?? (await configKeys(store, selection))
  const columns = asked.map(({ key, path }) =>
    toColumn(
      key,
      path,
      known.map(({ run }) => run),
    ),
  )
  const varying = columns.filter(({ values }) => new Set(values).size > 1)
  const numbers = Float64Array.from(known, ({ value }) => value)
  const importance = await parameterImportance(varying, numbers, breathe)
  return { runCount: known.length, parameters: importance.toSorted((a, b) => b.importance - a.importance) }
}

async function configKeys(
  store: Store,
  { entity, project }: { readonly entity: string; readonly project: string },
): Promise<readonly { readonly key: string; readonly path: RunValuePath }[]> {
  const keys = await store.runValueKeys({ entity, project, runCountMax })
  return keys
    .filter(({ source, key, distinctCount }) => source === 'config' && distinctCount > 1 && !/^_wandb(\.|$)/.test(key))
    .slice(0, keyCountMax)
    .map(({ key }) => {
      const path = decodeKeyPath(key).join('.')
      return { key: `config.${path}`, path: { kind: 'config', path } }
    })
}

/** Lists and objects say nothing that a fork of a tree could ask for. */
function toColumn(key: string, path: RunValuePath, runs: readonly RunRow[]): ParameterColumn {
  return {
    key,
    values: runs.map((run) => {
      const value = valueAtPath(run, path)
      if (typeof value === 'number') return Number.isNaN(value) ? undefined : value
      return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
    }),
  }
}
