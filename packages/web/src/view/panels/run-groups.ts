import type { RunSummary, StrictJson } from '@lossline/protocol'

/** Runs that one line is drawn for. */
export interface RunGroupOfLine {
  /** The values that its runs share: `lr = 0.01, optimizer = adam`. */
  readonly name: string
  readonly runs: readonly RunSummary[]
}

/**
 * Puts runs together that have the same values. In the order in which the list has the first run of each.
 *
 * @param values - Of the keys, by run id; a run without is put with those that have none.
 */
export function toRunGroups(
  runs: readonly RunSummary[],
  keys: readonly string[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
): readonly RunGroupOfLine[] {
  const groups = new Map<string, RunSummary[]>()
  for (const run of runs) {
    const name = keys.map((key, i) => `${shortName(key)} = ${valueText(values.get(run.runId)?.[i])}`).join(', ')
    const group = groups.get(name)
    if (group) group.push(run)
    else groups.set(name, [run])
  }
  return [...groups].map(([name, members]) => ({ name, runs: members }))
}

/** The oldest run of a group, whose look the group has: adding runs to it or hiding the others does not change it. */
export function oldestRun(runs: readonly RunSummary[]): RunSummary | undefined {
  return runs.reduce<RunSummary | undefined>(
    (oldest, run) => (oldest === undefined || run.number < oldest.number ? run : oldest),
    undefined,
  )
}

function shortName(key: string): string {
  return key.replace(/^(?:config|summary|run)\./, '')
}

function valueText(value: StrictJson | undefined): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
