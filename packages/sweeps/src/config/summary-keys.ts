import type { SweepMetric } from './sweep-config.ts'

/**
 * Where in the summary of a run the metric of a sweep may stand, labels joined with dots, the first that is there first: the value
 * itself, else what a summary keeps in its place where the program asked for the least, the largest or the mean, the best first.
 */
export function summaryKeys({ name, goal }: SweepMetric): readonly string[] {
  const [best, worst] = goal === 'maximize' ? ['max', 'min'] : ['min', 'max']
  return [name, ...[best, 'best', 'last', 'mean', worst, 'first'].map((statistic) => `${name}.${statistic}`)]
}
