import type { JsonObject, JsonValue } from '@lossline/protocol'
import { checkNamedValues } from '../options/check-named-values.ts'
import type { RowPart } from '../values/to-leaves.ts'
import { createTreeProxy } from './tree-proxy.ts'

/** What a summary can do besides being read. A metric of the same name is reached with {@link SummaryMethods.get}. */
export interface SummaryMethods {
  /** Sets several values. Nested objects are merged leaf by leaf. */
  update(values: Readonly<Record<string, unknown>>): void
  /** Value of a top-level key, also of one that has the name of a method. */
  get(key: string): unknown
  /** A copy as a plain object, without what W&B keeps for itself (`_wandb`). */
  toJSON(): Record<string, unknown>
}

/**
 * The summary of a run: one value for each metric, by default the last one logged. A read waits until everything that
 * was logged before is counted in. Assigned values stay until the metric is logged again; the statistics that
 * `defineMetric` chose for it end with the assignment. `delete` removes a value, and so do `null` and NaN.
 */
export type RunSummary = SummaryMethods & { [key: string]: unknown }

/** What a summary needs from its run. */
export interface CreateRunSummaryOptions {
  read(): JsonObject
  toLeaves(value: unknown, path: readonly string[]): readonly RowPart[]
  write(update: readonly RowPart[], remove: readonly (readonly string[])[]): void
  /** Whether a change does anything; throws when the run has finished. */
  accepts(call: string): boolean
}

/** Makes the object behind `run.summary`. */
export function createRunSummary(options: CreateRunSummaryOptions): RunSummary {
  const readAt = (path: readonly string[]): unknown => {
    let value: JsonValue | undefined = options.read()
    for (const label of path) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, label)) return
      value = (value as JsonObject)[label]
    }
    return path.length === 0 ? withoutInternals(value) : value
  }
  const write = (path: readonly string[], value: unknown): void => {
    if (!options.accepts('a change of the summary')) return
    const leaves = options.toLeaves(value, path)
    options.write(
      leaves.filter((part) => !isRemoval(part)),
      leaves.filter(isRemoval).map(({ path: removed }) => removed),
    )
  }
  const methods: SummaryMethods = {
    update(values) {
      checkNamedValues('summary.update', values)
      write([], values)
    },
    get: (key) => readAt([key]),
    toJSON: () => ({ ...(readAt([]) as Record<string, unknown>) }),
  }
  const access = {
    read: readAt,
    write,
    remove(path: readonly string[]) {
      if (options.accepts('a change of the summary')) options.write([], [path])
    },
  }
  return createTreeProxy(access, { ...methods }) as RunSummary
}

function isRemoval(part: RowPart): boolean {
  return 'json' in part && part.json === 'null'
}

function withoutInternals(summary: JsonValue | undefined): object {
  return Object.fromEntries(Object.entries(summary as JsonObject).filter(([key]) => key !== '_wandb'))
}
