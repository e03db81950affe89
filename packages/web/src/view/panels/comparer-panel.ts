import { booleanAt } from '../workspace/json.ts'
import type { PanelKind } from './panel-kind.ts'

/** Runs side by side. */
export interface ComparerConfig {
  readonly isDifferentOnly: boolean
}

export const comparerPanel: PanelKind<ComparerConfig> = {
  kind: 'Run Comparer',
  title: 'Run comparer',
  description: 'What runs were given and what came of it, side by side',
  needs: 'nothing',
  // `split` is W&B's word for differences above the rest; here they are a click apart.
  parse: (config) => ({ isDifferentOnly: config.diffOnly === 'split' || booleanAt(config, 'diffOnly') === true }),
  titleOf: () => 'Run comparer',
  metricsOf: () => [],
  create: () => ({ diffOnly: true }),
}
