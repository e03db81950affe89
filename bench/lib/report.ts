import { availableParallelism, loadavg } from 'node:os'

/** One figure of a benchmark, with what it is held against. */
export interface Finding {
  /** What was measured, such as `run.log, 10 numbers`. */
  readonly what: string
  /** The measured value in the unit that `what` or `text` names; compared with floor and goal. */
  readonly value: number
  /** The value for people, such as `248 ns a row`. Default: the value with three significant digits. */
  readonly text?: string
  /** What may not regress. */
  readonly floor?: number
  /** What we want. */
  readonly goal?: number
  /** What it may be at most, of figures that have this instead of a floor and a goal. */
  readonly budget?: number
  /** Whether less is better. Default: true. */
  readonly isLessBetter?: boolean
}

/** Prints findings as a table, and whether each reaches its floor and goal. Never fails: absolute times prove nothing. */
export function report(title: string, findings: readonly Finding[]): void {
  const load = loadavg()[0] ?? 0
  const isBusy = load > 0.5 * availableParallelism()
  console.log(`${title} (Node ${process.versions.node}${isBusy ? `; machine busy, load ${load.toFixed(1)}` : ''})`)
  const rows = findings.map((finding) => [
    finding.what,
    finding.text ?? short(finding.value),
    finding.floor === undefined ? '' : `floor ${short(finding.floor)}`,
    finding.goal === undefined ? '' : `goal ${short(finding.goal)}`,
    finding.budget === undefined ? '' : `budget ${short(finding.budget)}`,
    verdict(finding),
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows) {
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
  }
}

function verdict({ value, floor, goal, budget, isLessBetter = true }: Finding): string {
  if (budget !== undefined) return value <= budget ? 'within budget' : 'OVER BUDGET'
  const reaches = (target: number): boolean => (isLessBetter ? value <= target : value >= target)
  if (goal !== undefined && reaches(goal)) return 'goal reached'
  if (floor === undefined) return ''
  return reaches(floor) ? 'floor held' : 'BELOW FLOOR'
}

function short(value: number): string {
  return Number(value.toPrecision(3)).toString()
}
