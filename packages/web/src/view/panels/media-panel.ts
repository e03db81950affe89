import { type MediaAxis, mediaAxes } from '../media/media-grid.ts'
import { lookJson, type MediaLook, readLook } from '../media/media-look.ts'
import type { OfferedContent } from '../media/merge-contents.ts'
import {
  booleanAt,
  type JsonObject,
  numberAt,
  objectAt,
  textAt,
  textsAt,
  withKeys,
  withObject,
} from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { keyTitle, type OfferedPanel, offeredSections } from '../workspace/sections.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'

/** Pictures, sounds, films, pages or histograms of several runs. */
export interface MediaConfig {
  readonly title: string | undefined
  /** As people wrote them. */
  readonly keys: readonly string[]
  /** Histograms at one step instead of over all of them. */
  readonly isAtOneStep: boolean
  /** Height of pictures in pixels; `exact`: a pixel of a picture is one of the page. */
  readonly fit: number | 'exact'
  /** Cards beside each other; undefined: as many as fit. */
  readonly columnCount: number | undefined
  /** What stands in columns and rows; undefined: a card for each run. */
  readonly grid: { readonly columns: MediaAxis; readonly rows: MediaAxis } | undefined
  /** What is shown of boxes, masks and texts. */
  readonly look: MediaLook
}

/** Heights of pictures that can be chosen. */
export const mediaHeights = { least: 32, most: 512, usual: 128 } as const

export const mediaPanel: PanelKind<MediaConfig> = {
  kind: 'Media Browser',
  title: 'Media',
  description: 'Pictures, sounds, films and pages',
  needs: 'media',
  parse: (config) => {
    const own = objectAt(config, ownKey)
    const columnCount = numberAt(config, 'columnCount')
    return {
      title: textAt(config, 'chartTitle') || undefined,
      keys: textsAt(config, 'mediaKeys'),
      isAtOneStep: textAt(own, 'histograms') === 'step',
      fit: booleanAt(config, 'actualSize') === true ? 'exact' : readHeight(numberAt(own, 'pictureHeight')),
      columnCount: columnCount !== undefined && columnCount >= 1 ? Math.min(24, Math.floor(columnCount)) : undefined,
      grid: readGrid(config),
      look: readLook(objectAt(own, 'look')),
    }
  },
  titleOf: ({ title, keys }) => title ?? titleOfMetrics(keys, 'Media'),
  metricsOf: () => [],
  create: (mediaKeys) => ({ mediaKeys }),
}

function readHeight(height: number | undefined): number {
  return Math.min(mediaHeights.most, Math.max(mediaHeights.least, height ?? mediaHeights.usual))
}

/** W&B's grid; what its programs do not know as an axis, our own word says. */
function readGrid(config: JsonObject): MediaConfig['grid'] {
  if (textAt(config, 'mode') !== 'grid') return undefined
  const settings = objectAt(config, 'gridSettings')
  const own = objectAt(objectAt(config, ownKey), 'grid')
  const columns = readAxis(textAt(own, 'columns') ?? textAt(settings, 'xAxis')) ?? 'step'
  const rows = readAxis(textAt(own, 'rows') ?? textAt(settings, 'yAxis')) ?? 'run'
  return columns === rows ? { columns, rows: columns === 'run' ? 'step' : 'run' } : { columns, rows }
}

function readAxis(text: string | undefined): MediaAxis | undefined {
  return mediaAxes.find(({ id }) => id === text)?.id
}

/** The JSON with another grid; undefined: a card for each run. */
export function withGrid(config: JsonObject, grid: MediaConfig['grid']): JsonObject {
  if (grid === undefined) return withKeys(config, { mode: undefined })
  // Keys are no axis of W&B's: for its programs the nearest one stands there.
  const known = (axis: MediaAxis): string => (axis === 'key' ? 'index' : axis)
  const next = withKeys(config, {
    mode: 'grid',
    gridSettings: { ...objectAt(config, 'gridSettings'), xAxis: known(grid.columns), yAxis: known(grid.rows) },
  })
  const hasKey = grid.columns === 'key' || grid.rows === 'key'
  return withObject(next, ownKey, (own) => withKeys(own, { grid: hasKey ? { ...grid } : undefined }))
}

/** The JSON with what is shown of boxes, masks and texts. */
export function withLook(config: JsonObject, look: MediaLook): JsonObject {
  return withObject(config, ownKey, (own) => withKeys(own, { look: lookJson(look) }))
}

/** Panels for the media that runs have logged. */
export function offerMedia(media: readonly OfferedContent[]): readonly OfferedPanel[] {
  return (
    media
      // Words such as the phase of a training are logged in every row: a panel of them comes when somebody wants it.
      .filter(({ kind }) => kind !== 'table' && kind !== 'histogram' && kind !== 'text')
      .map(({ key, runCount }) => ({
        id: `auto:media:${key}`,
        kind: mediaPanel.kind,
        config: { mediaKeys: [keyTitle(key)] },
        title: keyTitle(key),
        sectionName: offeredSections.media,
        runCount,
      }))
  )
}
