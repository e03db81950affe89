import type { ContentKey } from '@lossline/protocol'
import { keyTitle, type OfferedPanel, offeredSections } from '../sections.ts'
import { objectAt, textAt, textsAt } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'

/** Pictures, sounds, films, pages or histograms of several runs. */
export interface MediaConfig {
  readonly title: string | undefined
  /** As people wrote them. */
  readonly keys: readonly string[]
  /** Histograms at one step instead of over all of them. */
  readonly isAtOneStep: boolean
}

export const mediaPanel: PanelKind<MediaConfig> = {
  kind: 'Media Browser',
  title: 'Media',
  description: 'Pictures, sounds, films, pages and histograms',
  needs: 'nothing',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    keys: textsAt(config, 'mediaKeys'),
    isAtOneStep: textAt(objectAt(config, ownKey), 'histograms') === 'step',
  }),
  titleOf: ({ title, keys }) => title ?? titleOfMetrics(keys, 'Media'),
  metricsOf: () => [],
  create: () => ({ mediaKeys: [] }),
}

/** Panels for the media that runs have logged. Histograms over steps are media too. */
export function offerMedia(media: readonly ContentKey[]): readonly OfferedPanel[] {
  return media
    .filter(({ kind }) => kind !== 'table')
    .map(({ key, runCount }) => ({
      id: `auto:media:${key}`,
      kind: mediaPanel.kind,
      config: { mediaKeys: [keyTitle(key)] },
      title: keyTitle(key),
      sectionName: offeredSections.media,
      runCount,
    }))
}
