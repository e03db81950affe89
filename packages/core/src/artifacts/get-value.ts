import {
  isJsonObject,
  isMediaCell,
  type JsonObject,
  type JsonValue,
  type MediaJson,
  parseJson,
  parseTable,
  serializationOf,
  type TableCell,
} from '@lossline/protocol'
import { Audio } from '../media/audio.ts'
import { Histogram } from '../media/histogram.ts'
import { Html } from '../media/html.ts'
import { Image } from '../media/image.ts'
import { readMediaBytes } from '../media/media-file-access.ts'
import type { MediaValue } from '../media/media-value.ts'
import { Molecule } from '../media/molecule.ts'
import { Object3D } from '../media/object-3d.ts'
import { Plotly, type PlotlyFigure } from '../media/plotly.ts'
import { Video } from '../media/video.ts'
import { Table } from '../table/table.ts'
import type { ArtifactFiles } from './artifact-files.ts'

/** How a value finds its files. */
export interface ValueSource {
  readonly files: ArtifactFiles
  /** Downloads files of the version; returns their absolute paths by their paths in it. */
  fetch(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** Paths under which an object of a name may be, the likeliest first. */
export function findValuePath(name: string, paths: ReadonlySet<string>): string | undefined {
  if (name.endsWith('.json') && paths.has(name)) return name
  const isOfName = (path: string): boolean =>
    path.startsWith(`${name}.`) && /^[\w-]+\.json$/.test(path.slice(name.length + 1))
  return [...paths].find(isOfName)
}

/** The object that a file of a version describes: a table or media; the JSON itself for other types. */
export async function readValue(path: string, source: ValueSource): Promise<Table | MediaValue | JsonObject> {
  const text = await readText(path, source)
  const json = parseJson(text)
  if (!isJsonObject(json)) return { value: json }
  if (json._type === 'table') return readTable(json, source)
  const [value] = await readMedia([json as MediaJson], source)
  return value ?? json
}

async function readText(path: string, { files, fetch }: ValueSource): Promise<string> {
  return files.readText((await fetch([path])).get(path) ?? '')
}

async function readTable(json: JsonObject, source: ValueSource): Promise<Table> {
  const { rows, types } = parseTable(json)
  const media = rows.flat().flatMap(mediaIn)
  const values = await readMedia(media, source)
  const byMedia = new Map(media.map((item, index) => [item, values[index]]))
  const arrayPaths = [...(types?.values() ?? [])].flatMap((type) => serializationOf(type)?.path ?? [])
  const arrayFiles = await source.fetch(arrayPaths)
  return Table.fromJson(json, {
    // The same objects: reading a table does not copy them.
    toMedia: (item) => byMedia.get(item),
    readFile: (path) => {
      const file = arrayFiles.get(path)
      return file === undefined ? undefined : readMediaBytes(file)
    },
  })
}

/** The media objects in a cell, those in lists and dictionaries too. */
function mediaIn(cell: TableCell<MediaJson>): MediaJson[] {
  if (typeof cell !== 'object' || cell === null) return []
  if (isMediaCell(cell)) return [cell.media]
  if (cell instanceof Map) return [...cell.values()].flatMap(mediaIn)
  return Array.isArray(cell) ? cell.flatMap(mediaIn) : []
}

/** Media objects with their files downloaded; undefined for types that have no class. */
async function readMedia(items: readonly MediaJson[], source: ValueSource): Promise<(MediaValue | undefined)[]> {
  const paths = items.flatMap(({ path }) => (typeof path === 'string' ? [path] : []))
  const local = await source.fetch([...new Set(paths)])
  return Promise.all(
    items.map((item) => toMedia(item, typeof item.path === 'string' ? local.get(item.path) : undefined, source)),
  )
}

async function toMedia(
  json: MediaJson,
  path: string | undefined,
  { files }: ValueSource,
): Promise<MediaValue | undefined> {
  const caption = typeof json.caption === 'string' ? { caption: json.caption } : {}
  if (json._type === 'histogram') {
    return new Histogram({ counts: numbersOf(json.values), edges: numbersOf(json.bins) })
  }
  if (path === undefined) return undefined
  switch (json._type) {
    case 'image-file':
      return new Image(path, caption)
    case 'audio-file':
      return new Audio(path, caption)
    case 'video-file':
      return new Video(path, caption)
    case 'object3D-file':
      return new Object3D(path, caption)
    case 'molecule-file':
      return new Molecule(path, caption)
    case 'html-file':
      return new Html(new URL(files.fileUriOf(path)), { inject: false })
    case 'plotly-file':
      return new Plotly(toFigure(parseJson(files.readText(path))))
    default:
      return undefined
  }
}

function numbersOf(value: JsonValue | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}

function toFigure(json: JsonValue): PlotlyFigure {
  const { data, layout } = isJsonObject(json) ? json : {}
  const traces = Array.isArray(data) ? (data as readonly JsonValue[]).filter(isJsonObject) : []
  return { data: traces, ...(isJsonObject(layout) ? { layout } : {}) }
}
