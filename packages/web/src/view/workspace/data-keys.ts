import type { MediaKind } from '@lossline/protocol'
import type { OfferedContent } from '../media/merge-contents.ts'
import type { MetricsByName } from './automatic-panels.ts'
import { keyTitle } from './sections.ts'

/** Something that runs have logged, and what a panel can be made of it. */
export interface DataKey {
  /** As people wrote it; system metrics under `system/`. */
  readonly name: string
  readonly is: 'metrics' | 'histograms' | 'media' | 'tables'
  /** What it is, in a word or two. */
  readonly label: string
  /** A metric of which no run has more than one point: a line would be a dot. */
  readonly isSingle: boolean
}

const labels: Readonly<Record<MediaKind, string>> = {
  image: 'pictures',
  audio: 'sounds',
  video: 'films',
  html: 'HTML',
  histogram: 'histograms',
  table: 'table',
  text: 'texts',
  file: 'files',
}

/** Everything that panels can be made of: metrics, what runs have besides numbers, and metrics of the machine last. */
export function toDataKeys(metrics: MetricsByName, contents: readonly OfferedContent[]): readonly DataKey[] {
  const numbers = (stream: 'history' | 'events'): readonly DataKey[] =>
    [...metrics].flatMap(([name, info]) =>
      info.stream === stream ? [{ name, is: 'metrics', label: 'number', isSingle: info.isSingle }] : [],
    )
  return [
    ...numbers('history'),
    ...contents.map(({ key, kind }): DataKey => {
      const is = kind === 'table' ? 'tables' : kind === 'histogram' ? 'histograms' : 'media'
      return { name: keyTitle(key), is, label: labels[kind], isSingle: false }
    }),
    ...numbers('events'),
  ]
}
