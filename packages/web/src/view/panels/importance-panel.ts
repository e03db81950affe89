import { textAt } from '../workspace/json.ts'
import { shortKey } from './axis-key.ts'
import type { PanelKind } from './panel-kind.ts'

/** What a number of the runs is owed to. */
export interface ImportanceConfig {
  /** As queries have it; undefined: nobody has chosen. */
  readonly outcome: string | undefined
}

export const importancePanel: PanelKind<ImportanceConfig> = {
  kind: 'Parameter Importance',
  title: 'Parameter importance',
  description: 'Which settings a result is owed to',
  needs: 'metrics',
  parse: (config) => ({ outcome: toOutcome(textAt(config, 'targetKey')) }),
  titleOf: ({ outcome }) => (outcome ? `Importance for ${shortKey(outcome)}` : 'Parameter importance'),
  metricsOf: () => [],
  create: ([metric]) => ({ targetKey: metric ?? '' }),
}

/** W&B names a metric, whose summary is meant. */
function toOutcome(target: string | undefined): string | undefined {
  if (target === undefined || target === '') return undefined
  return /^(summary|config|run)\./.test(target) ? target : `summary.${target}`
}
