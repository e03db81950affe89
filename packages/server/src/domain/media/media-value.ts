import { decodeKeyPath, isJsonObject, type JsonObject, type JsonValue, type MediaValue } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { runValues } from '../run-values.ts'
import { type ClassLabels, readBoxLayers, toImageItem, toLabels } from './image-item.ts'
import { toMediaItem } from './media-item.ts'
import type { MediaObject } from './media-object.ts'
import type { MediaServices } from './media-services.ts'

/** Characters of a text that the page gets: as many as a browser can lay out at once. */
const shownTextLengthMax = 2 ** 18

/** What the page shows of a media value of a run. */
export async function toMediaValue(
  services: MediaServices,
  run: RunRow,
  key: string,
  media: MediaObject,
): Promise<MediaValue> {
  if (media.kind === 'text') {
    const { text } = media
    return { kind: 'text', text: text.slice(0, shownTextLengthMax), length: text.length }
  }
  const { kind, json } = media
  const labelsOf = maskLabelsOf(run, key)
  const urlOf = (path: string): string => services.urls.runFile(run, path)
  switch (kind) {
    case 'histogram':
      return { kind, ...toHistogramBins(json) }
    case 'table':
      return { kind, rowCount: toCount(json.nrows), columnCount: toCount(json.ncols) }
    case 'image':
      return {
        kind,
        items: await Promise.all(
          toSingles(json).map(async (single) => {
            const layers = await readBoxLayers(services.files, run, single.boxes)
            return toImageItem(single, { urlOf, layers, labelsOf })
          }),
        ),
      }
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return { kind, items: toSingles(json).map((single) => toMediaItem(single, urlOf)) }
  }
}

/** The names of a mask's classes, which clients put into the config. */
function maskLabelsOf(run: RunRow, key: string): (layer: string) => ClassLabels {
  const known = runValues(run).internals['mask/class_labels']
  const path = decodeKeyPath(key)
  return (layer) => {
    if (!isJsonObject(known)) return {}
    // The spelling is W&B's; of nested keys its client takes the innermost.
    const names = [path.join('.'), path.at(-1)].map((start) => `${start}_wandb_delimeter_${layer}`)
    const found = names.filter((name) => Object.hasOwn(known, name)).map((name) => known[name])[0]
    return isJsonObject(found) ? toLabels(found.value) : {}
  }
}

/** Lists of one class are one object with lists in it: taken apart again. */
function toSingles(json: JsonObject): JsonObject[] {
  if (json._type === 'list') return toList(json.members).filter(isJsonObject)
  const members = listMembers(json)
  if (members === undefined) return [json]
  const captions = toList(json.captions)
  return members.map((member, index) => ({
    ...(isJsonObject(member) ? member : { path: member }),
    ...(captions[index] == null ? {} : { caption: captions[index] }),
    ...(json._type === 'images/separated'
      ? {
          width: json.width ?? null,
          height: json.height ?? null,
          boxes: toList(json.all_boxes)[index] ?? null,
          masks: toList(json.all_masks)[index] ?? null,
        }
      : {}),
  }))
}

/** Where each list keeps its members; those of `object3D` are complete in `objects`, `filenames` lack their folder. */
function listMembers(json: JsonObject): readonly JsonValue[] | undefined {
  for (const name of ['audio', 'videos', 'html', 'objects', 'filenames']) {
    if (Array.isArray(json[name])) return json[name]
  }
  return undefined
}

/** Counts and the edges between them. */
export interface HistogramBins {
  readonly counts: readonly number[]
  readonly edges: readonly number[]
}

/** The bins of a histogram, in either of the forms that there are. */
export function toHistogramBins(json: JsonObject): HistogramBins {
  return { counts: toNumbers(json.values), edges: toEdges(json) }
}

function toEdges({ bins, packedBins }: JsonObject): number[] {
  if (!isJsonObject(packedBins)) return toNumbers(bins)
  const { min, size, count } = packedBins
  if (typeof min !== 'number' || typeof size !== 'number' || typeof count !== 'number') return []
  return Array.from({ length: count + 1 }, (_, edge) => min + edge * size)
}

function toNumbers(value: JsonValue | undefined): number[] {
  return toList(value).filter((member): member is number => typeof member === 'number' && Number.isFinite(member))
}

function toCount(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0
}

function toList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
