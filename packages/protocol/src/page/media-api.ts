import type { StrictJson } from './page-api.ts'

/**
 * What runs hold beside numbers, as the page asks for it: media, tables, files, charts. Addresses (`url`) are relative to the
 * server. The bytes behind them are whatever somebody logged: only pictures, sounds and films are sent to be shown, everything
 * else to be saved.
 */

/** What a value is shown as. `file`: something that the page can only offer for download. */
export type MediaKind = 'image' | 'audio' | 'video' | 'html' | 'histogram' | 'table' | 'text' | 'file'

/** `GET /api/runs/{entity}/{project}/{runId}/media?axis=`. `axis`: a metric by whose values steps may be chosen, such as `epoch`. */
export interface MediaKeysResponse {
  readonly keys: readonly MediaKey[]
  /** Metrics that were logged together with the newest values, by name. */
  readonly axes: readonly string[]
}
/** A key under which a run has logged media, tables or texts. */
export interface MediaKey {
  /** Key path text: labels joined with `.`, a literal dot written `\.`. */
  readonly key: string
  /** Of the newest value. */
  readonly kind: MediaKind
  /** W&B's name of the newest value's type, such as `image-file`; `string` of a text. */
  readonly typeName: string
  /** Steps that have a value, ascending; of what is in the summary alone the run's last step. */
  readonly steps: readonly number[]
  /** How many steps have a text, where `steps` are only 5,000 of them, evenly chosen. */
  readonly stepCount?: number
  /** Where one was asked for: the metric, and its value at each of the steps; null where it has none. */
  readonly axis?: { readonly key: string; readonly values: readonly (number | null)[] }
}

/**
 * `GET /api/runs/{entity}/{project}/{runId}/media/value?key=&step=`: the value at the step, else the one before it.
 * Without a step the newest.
 */
export interface MediaValueResponse {
  readonly key: string
  /** The step that the value is of. */
  readonly step: number
  readonly value: MediaValue
}
/**
 * A value, ready to be shown. Of a list of histograms or tables its first; counts of a table that does not tell them are 0; of a
 * text at most its first 262,144 characters, and how many there are.
 */
export type MediaValue =
  | { readonly kind: 'image'; readonly items: readonly ImageItem[] }
  | { readonly kind: 'audio' | 'video' | 'html' | 'file'; readonly items: readonly MediaItem[] }
  | { readonly kind: 'histogram'; readonly counts: readonly number[]; readonly edges: readonly number[] }
  | { readonly kind: 'table'; readonly rowCount: number; readonly columnCount: number }
  | { readonly kind: 'text'; readonly text: string; readonly length: number }
/** A file that was logged. */
export interface MediaItem {
  readonly url: string
  /** The file's own name. */
  readonly name: string
  readonly caption?: string
}
/** Heights in pixels that the server makes thumbnails in: `height` behind the address of a picture. */
export const thumbnailHeights = [128, 256, 512] as const
/** One of them. */
export type ThumbnailHeight = (typeof thumbnailHeights)[number]
/** A picture that is less than so many times as high as its thumbnail is as well shown itself, and is sent as it is. */
export const thumbnailFactorMin = 2

/** A picture and what was drawn on it. */
export interface ImageItem extends MediaItem {
  /** Pixels; undefined where the value does not say. */
  readonly width?: number
  readonly height?: number
  readonly boxes?: readonly ImageBoxLayer[]
  readonly masks?: readonly ImageMaskLayer[]
}
/** Boxes that were logged together, such as those of a prediction. */
export interface ImageBoxLayer {
  readonly name: string
  readonly boxes: readonly ImageBox[]
}
/** A box; places and sizes are fractions of the picture's. */
export interface ImageBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly classId: number
  readonly label: string
  readonly scores?: Readonly<Record<string, number>>
}
/** A class for every pixel: a grey picture whose values are class ids. */
export interface ImageMaskLayer {
  readonly name: string
  readonly url: string
  /** Names by class id. */
  readonly labels: Readonly<Record<string, string>>
}

/**
 * `GET /api/runs/{entity}/{project}/{runId}/media/histograms?key=`: the histograms of a key over the steps, on one axis of values;
 * at most 128 steps, evenly spread over those that have one.
 */
export interface HistogramsResponse {
  readonly key: string
  /** Ascending. */
  readonly steps: readonly number[]
  /** Of the bins, one more than there are. */
  readonly edges: readonly number[]
  /** For each step the count of each bin; fractions where a bin that was logged lies in several. */
  readonly counts: readonly (readonly number[])[]
}

/** `GET /api/runs/{entity}/{project}/{runId}/charts`: W&B's custom charts that the run has logged. */
export interface CustomChartsResponse {
  readonly charts: readonly CustomChartInfo[]
}
/** A chart over a table. */
export interface CustomChartInfo {
  /** Under which it was logged, dots included as they are. */
  readonly key: string
  /** Such as `wandb/confusion_matrix/v1`. */
  readonly preset: string
  /** For each field of the preset the column of the table. */
  readonly fields: Readonly<Record<string, string>>
  /** Such as `title`. */
  readonly texts: Readonly<Record<string, string>>
  /** Key path text of the table; undefined when the run has logged none under the name. */
  readonly tableKey?: string
}

/** Body of `POST /api/runs/{entity}/{project}/{runId}/rows`. */
export interface HistoryRowsRequest {
  /** Key path texts, or plain names; `_step` too. Rows that lack one are left out. */
  readonly keys: readonly string[]
  /** At most so many rows, evenly chosen. 1…10,000, default 1,000. */
  readonly count?: number
}
/** Values of rows of history, in the order of the keys. */
export interface HistoryRowsResponse {
  readonly rows: readonly (readonly StrictJson[])[]
}

/** `GET /api/custom-charts/{entity}/{name}`: a chart that somebody has defined. */
export interface CustomChartDefinition {
  readonly entity: string
  readonly name: string
  readonly displayName: string
  /** Vega or Vega-Lite, JSON text as it was stored. */
  readonly spec: string
}

/** `GET /api/runs/{entity}/{project}/{runId}/files`, by name. */
export interface RunFilesResponse {
  readonly files: readonly RunFileInfo[]
}
/** A file of a run. */
export interface RunFileInfo {
  readonly name: string
  readonly sizeBytes: number
  /** Base64. */
  readonly md5: string
  readonly updatedAtMs: number
  readonly url: string
}

/** Body of `POST /api/projects/{entity}/{project}/runs/contents`. */
export interface RunContentsRequest {
  /** At most 50. */
  readonly runIds: readonly string[]
}
/** What several runs have besides numbers, each key once. */
export interface RunContentsResponse {
  readonly media: readonly ContentKey[]
  /** As the first run that has a chart describes it. */
  readonly charts: readonly (CustomChartInfo & { readonly runCount: number })[]
}
/** A key under which runs have logged media or tables. */
export interface ContentKey {
  /** Key path text. */
  readonly key: string
  /** As the first run has it. */
  readonly kind: MediaKind
  /** Runs that have it, in the order asked. */
  readonly runIds: readonly string[]
}
