import {
  type ColumnType,
  isJsonObject,
  type JsonValue,
  parseJson,
  type TableCellValue,
  type TableNumbers,
  type TableSummary,
  toStrictJson,
} from '@lossline/protocol'
import type { NumberSummary } from '../tables/describe-columns.ts'
import type { GroupSummary } from '../tables/group-rows.ts'
import type { RawCell, WindowColumn } from '../tables/table-request.ts'
import { type RawBoxLayer, toImageItem } from './image-item.ts'
import { toMediaItem } from './media-item.ts'
import { toMediaObject } from './media-object.ts'
import type { MediaUrls } from './media-services.ts'
import type { MediaPlace } from './table-sources.ts'

/** Turns cells into what the page shows. Media of a version get addresses in it. */
export function createTableCells(
  urls: MediaUrls,
  places: ReadonlyMap<string, MediaPlace>,
): (cell: RawCell, column: WindowColumn) => TableCellValue {
  const toCell = (cell: RawCell, column: WindowColumn): TableCellValue => {
    if (cell === null || typeof cell === 'boolean' || typeof cell === 'string') return cell
    if (typeof cell === 'number') {
      if (!Number.isFinite(cell)) return { kind: 'number', text: String(cell) }
      return column.type === 'timestamp' ? { kind: 'time', timeMs: cell } : cell
    }
    switch (cell.kind) {
      case 'cut':
        return cell
      case 'integer':
        return { kind: 'number', text: cell.text }
      case 'group':
        return { kind: 'group', ...toGroup(cell.summary, (one) => toCell(one, column)) }
      case 'json': {
        if (cell.isCut) return { kind: 'cut', text: cell.text }
        const place = places.get(column.leaves[cell.leaf] ?? '')
        const urlOf = (path: string): string => {
          if (place === undefined) return ''
          return place.kind === 'artifact' ? urls.artifactFile(place.artifact, path) : urls.runFile(place.run, path)
        }
        return toValue(parseJson(cell.text), urlOf, imageDetails(column.types[cell.leaf]))
      }
    }
  }
  return toCell
}

/** A group, with the pictures among its most frequent values. */
function toGroup({ values, ...summary }: GroupSummary, toCell: (cell: RawCell) => TableCellValue): TableSummary {
  const top = values?.top.map(({ cell, ...value }) => {
    const shown = cell === undefined ? undefined : toCell(cell)
    if (typeof shown !== 'object' || shown?.kind !== 'image') return value
    const { kind: _kind, ...image } = shown
    return { ...value, image }
  })
  return { ...toSummary(summary), ...(values && top && { values: { ...values, top } }) }
}

/** What some cells are like, as JSON can say it. */
export function toSummary({ numbers, ...summary }: GroupSummary): TableSummary {
  return { ...summary, ...(numbers && { numbers: toNumbers(numbers) }) }
}

function toNumbers({ count, nanCount, infiniteCount, min, max, mean, sd }: NumberSummary): TableNumbers {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return {
    count,
    nanCount,
    infiniteCount,
    min: finite(min),
    max: finite(max),
    mean: finite(mean),
    sd: finite(sd),
  }
}

function toValue(json: JsonValue, urlOf: (path: string) => string, details: ImageDetails): TableCellValue {
  const kind = toMediaObject(json)?.kind
  if (!isJsonObject(json)) return { kind: 'json', value: toStrictJson(json) }
  if (kind === 'image') {
    const layers = toRawLayers(json.boxes, details)
    const labelsOf = (layer: string) => details?.maskClassMaps[layer] ?? details?.classMap ?? {}
    return { kind, ...toImageItem(json, { urlOf, layers, labelsOf }) }
  }
  if (kind === undefined || kind === 'histogram' || kind === 'table' || typeof json.path !== 'string') {
    return { kind: 'json', value: toStrictJson(json) }
  }
  return { kind, ...toMediaItem(json, urlOf) }
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
