import type { OfferedContent } from '../media/merge-contents.ts'
import { objectAt, textAt, textsAt } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { keyTitle, type OfferedPanel, offeredSections } from '../workspace/sections.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'

/** How histograms that were logged over time are drawn: `heat` and `ridge` show all steps, `step` shows one as bars. */
export type HistogramShape = 'heat' | 'ridge' | 'step'

/** Histograms that runs have logged. */
export interface HistogramConfig {
  readonly title: string | undefined
  /** As people wrote them. */
  readonly keys: readonly string[]
  readonly shape: HistogramShape
  /** One run at a time, which somebody chooses, instead of all visible ones beside each other. */
  readonly isOneRun: boolean
}

/** W&B has no kind of its own for them: its programs keep the panel as it is, under the key that its panels of media have. */
export const histogramPanel: PanelKind<HistogramConfig> = {
  kind: 'Histogram',
  title: 'Histogram',
  description: 'How values were spread, over all steps or at one',
  needs: 'histograms',
  parse: (config) => {
    const own = objectAt(config, ownKey)
    const shape = textAt(own, 'shape')
    return {
      title: textAt(config, 'chartTitle') || undefined,
      keys: textsAt(config, 'mediaKeys'),
      shape: shape === 'ridge' || shape === 'step' ? shape : 'heat',
      isOneRun: textAt(own, 'runs') === 'one',
    }
  },
  titleOf: ({ title, keys }) => title ?? titleOfMetrics(keys, 'Histogram'),
  metricsOf: () => [],
  create: (mediaKeys) => ({ mediaKeys }),
}

/** Panels for the histograms that runs have logged. */
export function offerHistograms(media: readonly OfferedContent[]): readonly OfferedPanel[] {
  return media
    .filter(({ kind }) => kind === 'histogram')
    .map(({ key, runCount }) => ({
      id: `auto:histogram:${key}`,
      kind: histogramPanel.kind,
      config: { mediaKeys: [keyTitle(key)] },
      title: keyTitle(key),
      sectionName: offeredSections.histograms,
      runCount,
    }))
}
