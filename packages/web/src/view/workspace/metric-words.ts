import type { MetricWords } from '@lossline/protocol'
import { commonUnit } from '../text/unit.ts'
import type { PanelInfo } from './sections.ts'

/** What can be said of several metrics at once: what they have in common; the description of one alone. */
export function wordsOfMetrics(infos: readonly Pick<PanelInfo, 'description' | 'unit' | 'goal'>[]): MetricWords {
  const [first] = infos
  if (first === undefined) return { description: '', unit: '', goal: null }
  return {
    description: infos.length === 1 ? first.description : '',
    unit: commonUnit(infos.map(({ unit }) => unit)),
    goal: infos.every(({ goal }) => goal === first.goal) ? first.goal : null,
  }
}

/** Which values are good, in words. */
export function goalWords(goal: NonNullable<MetricWords['goal']>): string {
  return goal === 'minimize' ? 'Lower is better' : 'Higher is better'
}
