import type { RunLike } from './run-like.ts'

/** Something that keeps what it will log in one go. */
export interface WaitingReport {
  flush(): void
}

const waiting = new WeakMap<RunLike, Set<WaitingReport>>()

/** Lets {@link flushReports} find a report. */
export function addWaitingReport(run: RunLike, report: WaitingReport): void {
  const reports = waiting.get(run) ?? new Set()
  waiting.set(run, reports.add(report))
}

export function removeWaitingReport(run: RunLike, report: WaitingReport): void {
  waiting.get(run)?.delete(report)
}

/**
 * Logs what all pipelines still hold for a run: the newest rows of their tables, and their totals. Call it before
 * `run.finish()`; what is logged while the program goes on needs no call.
 *
 * @example
 * flushReports(run)
 * await run.finish()
 */
export function flushReports(run: RunLike): void {
  for (const report of waiting.get(run) ?? []) report.flush()
}
