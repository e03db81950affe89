import { beforeFinish, type RunLike } from '@lossline/core/adapter'

/** Something that keeps what it will log in one go. */
export interface WaitingReport {
  flush(): void
}

const waiting = new WeakMap<RunLike, Set<WaitingReport>>()

/** Lets {@link flushReports}, and the end of the run, find a report. */
export function addWaitingReport(run: RunLike, report: WaitingReport): void {
  if (!waiting.has(run)) beforeFinish(run, () => flushReports(run))
  const reports = waiting.get(run) ?? new Set()
  waiting.set(run, reports.add(report))
}

export function removeWaitingReport(run: RunLike, report: WaitingReport): void {
  waiting.get(run)?.delete(report)
}

/**
 * Logs what all pipelines still hold for a run: the newest rows of their tables, and their totals. The end of a run does it too.
 *
 * @example
 * flushReports(run)
 * console.log(run.summary.get('text-classification/latency_ms_p95'))
 */
export function flushReports(run: RunLike): void {
  for (const report of waiting.get(run) ?? []) report.flush()
}
