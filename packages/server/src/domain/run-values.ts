import { isJsonObject, type JsonObject, parseJson, unwrapConfig } from '@lossline/protocol'
import { type RunRow, runtimeSecondsMax } from '@lossline/store'

/** Parsed config and summary of a run. */
export interface RunValues {
  /** Without the `value` wrappers and without `_wandb`. */
  readonly config: JsonObject
  /** `_wandb` of the config. */
  readonly internals: JsonObject
  /** Whole summary, `_wandb` included. */
  readonly summary: JsonObject
}

const rememberedRunCount = 2000
const remembered = new Map<string, { readonly row: RunRow; readonly values: RunValues }>()

/** Config and summary of a run; parsed once for each change, since lists of runs ask for them over and over. */
export function runValues(run: RunRow): RunValues {
  const name = `${run.id}`
  const known = remembered.get(name)
  if (known !== undefined && known.row.config === run.config && known.row.summary === run.summary) return known.values
  const { _wandb: internals, ...config } = unwrapConfig(parseObject(run.config))
  const values: RunValues = {
    config,
    internals: isJsonObject(internals) ? internals : {},
    summary: parseObject(run.summary),
  }
  remembered.delete(name)
  remembered.set(name, { row: run, values })
  const oldest = remembered.keys().next()
  if (remembered.size > rememberedRunCount && !oldest.done) remembered.delete(oldest.value)
  return values
}

/**
 * Seconds that the run has been computing, as its client counts them; else from first to last sign of life. Of the client's two
 * counts the larger: `_wandb.runtime` is whole seconds and may be 0, `_runtime` is exact but stops at the last row. What cannot be
 * (see {@link runtimeSecondsMax}) does not count.
 */
export function runtimeSeconds(run: RunRow): number {
  const known = knownRuntimeSeconds(runValues(run).summary)
  return known ?? Math.max(0, run.heartbeatAtMs - run.createdAtMs) / 1000
}

/** What {@link runtimeSeconds} finds in a summary. */
export function knownRuntimeSeconds(summary: JsonObject): number | undefined {
  const internals = summary._wandb
  const counted = isJsonObject(internals) ? internals.runtime : undefined
  const candidates = [counted, summary._runtime].filter(
    (candidate): candidate is number => typeof candidate === 'number' && Math.abs(candidate) < runtimeSecondsMax,
  )
  return candidates.length === 0 ? undefined : Math.max(...candidates)
}

function parseObject(text: string): JsonObject {
  const value = text === '' ? {} : parseJson(text)
  return isJsonObject(value) ? value : {}
}
