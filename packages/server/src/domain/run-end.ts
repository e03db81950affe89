import type { RunRow } from '@lossline/store'
import { knownRuntimeSeconds, runValues } from './run-values.ts'

/**
 * When a run ended whose client, or whoever sends its folder, says so now. Folders are often sent long after: then it is what
 * the run's beginning, its runtime and its last row say, which is right to the second unless the run was resumed after a pause.
 *
 * @param run - With the summary that comes with its end.
 * @returns Unix milliseconds; `nowMs` where the run says nothing of its time.
 */
export function toldEndMs(run: RunRow, nowMs: number): number {
  const { summary } = runValues(run)
  const runtimeSeconds = knownRuntimeSeconds(summary)
  const candidates = [
    runtimeSeconds === undefined ? undefined : run.createdAtMs + runtimeSeconds * 1000,
    typeof summary._timestamp === 'number' ? summary._timestamp * 1000 : undefined,
  ].filter((time): time is number => time !== undefined && Number.isFinite(time))
  if (candidates.length === 0) return nowMs
  return Math.round(Math.min(Math.max(run.createdAtMs, ...candidates), nowMs))
}
