import {
  type ColumnType,
  isJsonObject,
  isMediaCell,
  isNumericArray,
  type JsonObject,
  type JsonValue,
  type MediaJson,
  stringifyJson,
  type TableCellValue,
  toStrictJson,
} from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { type RawBoxLayer, toImageItem } from './image-item.ts'
import { toMediaItem } from './media-item.ts'
import { toMediaObject } from './media-object.ts'
import type { MediaServices } from './media-services.ts'
import type { CellSource, StoredCell } from './table-rows.ts'

/** Turns cells into what the page shows. Media of a version get addresses in it. */
export function createTableCells(
  { urls }: Pick<MediaServices, 'urls'>,
  run: RunRow | undefined,
): (cell: StoredCell, source: CellSource) => TableCellValue {
  return (cell, { artifact, columnType }) => {
    if (cell === null || typeof cell === 'boolean' || typeof cell === 'string') return cell
    if (typeof cell === 'number') return Number.isFinite(cell) ? cell : { kind: 'number', text: String(cell) }
    if (typeof cell === 'bigint') return { kind: 'number', text: String(cell) }
    if (cell instanceof Date) return { kind: 'time', timeMs: cell.getTime() }
    if (!isMediaCell(cell)) return { kind: 'json', value: toStrictJson(toJson(cell)) }
    const urlOf = (path: string): string => {
      if (artifact !== undefined) return urls.artifactFile(artifact, path)
      return run === undefined ? '' : urls.runFile(run, path)
    }
    return toMediaCell(cell.media, urlOf, imageDetails(columnType))
  }
}

function toMediaCell(media: MediaJson, urlOf: (path: string) => string, details: ImageDetails): TableCellValue {
  const kind = toMediaObject(media)?.kind
  if (kind === 'image') {
    const layers = toRawLayers(media.boxes, details)
    const labelsOf = (layer: string) => details?.maskClassMaps[layer] ?? details?.classMap ?? {}
    return { kind, ...toImageItem(media, { urlOf, layers, labelsOf }) }
  }
  if (kind === undefined || kind === 'histogram' || kind === 'table' || typeof media.path !== 'string') {
    return { kind: 'json', value: toStrictJson(media) }
  }
  return { kind, ...toMediaItem(media, urlOf) }
}

type ImageDetails = Extract<ColumnType, { kind: 'image' }>['details'] | undefined

function imageDetails(type: ColumnType | undefined): ImageDetails {
  const members = type?.kind === 'union' ? type.members : [type]
  return members.find((member) => member?.kind === 'image')?.details
}

/** In artifacts boxes are part of the value; the names of their classes are part of the column. */
function toRawLayers(boxes: JsonValue | undefined, details: ImageDetails): readonly RawBoxLayer[] {
  if (!isJsonObject(boxes)) return []
  return Object.entries(boxes).flatMap(([name, layer]) =>
    Array.isArray(layer)
      ? [{ name, boxes: layer, labels: details?.boxClassMaps[name] ?? details?.classMap ?? {} }]
      : [],
  )
}

/** What a search finds in a cell. */
export function cellText(cell: StoredCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  if (cell instanceof Date) return cell.toISOString()
  if (isMediaCell(cell)) return typeof cell.media.caption === 'string' ? cell.media.caption : ''
  return stringifyJson(toJson(cell))
}

function toJson(cell: StoredCell): JsonValue {
  if (cell === null || typeof cell !== 'object') return cell
  if (cell instanceof Date) return cell.toISOString()
  if (isNumericArray(cell)) return Array.from(cell)
  if (isMediaCell(cell)) return cell.media
  if (cell instanceof Map) {
    const object: { [key: string]: JsonValue } = Object.create(null)
    for (const [key, member] of cell) object[key] = toJson(member)
    return object satisfies JsonObject
  }
  // Neither of the above: a list.
  return (cell as readonly StoredCell[]).map(toJson)
}
