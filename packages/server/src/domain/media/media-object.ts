import { isJsonObject, type JsonObject, type JsonValue, type MediaKind } from '@lossline/protocol'

/** What the types of W&B are shown as, single ones and lists alike. */
const kinds: Readonly<Record<string, Exclude<MediaKind, 'text'>>> = {
  'image-file': 'image',
  'images/separated': 'image',
  'audio-file': 'audio',
  audio: 'audio',
  'video-file': 'video',
  videos: 'video',
  'html-file': 'html',
  html: 'html',
  histogram: 'histogram',
  'table-file': 'table',
  'incremental-table-file': 'table',
  'joined-table': 'table',
  'partitioned-table': 'table',
  'object3D-file': 'file',
  object3D: 'file',
  'molecule-file': 'file',
  molecule: 'file',
  'plotly-file': 'file',
  'bokeh-file': 'file',
  'graph-file': 'file',
}

/** A logged value with a type of its own. */
export interface TypedMedia {
  readonly typeName: string
  readonly kind: Exclude<MediaKind, 'text'>
  readonly json: JsonObject
}

/** A logged value that is no number and can be shown. */
export type MediaObject = TypedMedia | { readonly typeName: 'string'; readonly kind: 'text'; readonly text: string }

/**
 * Undefined for what is neither a media value nor a list of them. W&B's client logs members of different classes as a plain
 * list: they are files for whoever wants them. Histograms and tables are shown one at a time: of a list of them, its first.
 */
export function toMediaObject(value: JsonValue | undefined): TypedMedia | undefined {
  if (Array.isArray(value)) {
    const first = toMediaObject(value[0])
    if (first === undefined || first.kind === 'histogram' || first.kind === 'table') return first
    const isMixed = value.some((member) => toMediaObject(member)?.kind !== first.kind)
    return { ...first, kind: isMixed ? 'file' : first.kind, json: { _type: 'list', members: value } }
  }
  if (!isJsonObject(value) || typeof value._type !== 'string') return undefined
  const kind = Object.hasOwn(kinds, value._type) ? kinds[value._type] : undefined
  return kind && { typeName: value._type, kind, json: value }
}
