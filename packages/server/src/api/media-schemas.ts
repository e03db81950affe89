import type {
  CustomChartDefinition,
  CustomChartsResponse,
  HistogramsResponse,
  HistoryRowsRequest,
  HistoryRowsResponse,
  ImageItem,
  MediaItem,
  MediaKeysResponse,
  MediaValueResponse,
  RunContentsRequest,
  RunContentsResponse,
  RunFilesResponse,
  ThumbnailHeight,
} from '@lossline/protocol'
import { thumbnailHeights } from '@lossline/protocol'
import { z } from 'zod'
import type { ShownAs } from '../http/send-shown.ts'
import { strictJson } from './json-schemas.ts'

/** Shapes of what runs hold beside numbers; see `media-api.ts` of the protocol. */

const key = z.string().min(1).describe('Labels joined with ".", a literal dot written "\\."')
const step = z.coerce.number().int().exactOptional().describe('The value at this step, else before it. Default: newest')
const url = z.string().describe('Relative to the server')
const labels = z.record(z.string(), z.string())

const mediaKind = z.enum(['image', 'audio', 'video', 'html', 'histogram', 'table', 'text', 'file'])
export const mediaKeysQuery: z.ZodType<{ readonly axis?: string }> = z.object({
  axis: z.string().min(1).exactOptional().describe('A metric by whose values steps may be chosen'),
})
export const mediaKeysResponse: z.ZodType<MediaKeysResponse> = z.object({
  axes: z.array(z.string()).describe('Metrics that were logged together with the newest values'),
  keys: z.array(
    z.object({
      key,
      kind: mediaKind,
      typeName: z.string(),
      steps: z.array(z.number()),
      stepCount: z.number().exactOptional().describe('Of a text whose steps are only some of them, evenly chosen'),
      axis: z
        .object({ key: z.string(), values: z.array(z.number().nullable()).describe('At each of the steps') })
        .exactOptional(),
    }),
  ),
})

export const mediaValueQuery: z.ZodType<{ readonly key: string; readonly step?: number }> = z.object({ key, step })

const item = { url, name: z.string(), caption: z.string().exactOptional() }
const imageItem = z.object({
  ...item,
  width: z.number().exactOptional(),
  height: z.number().exactOptional(),
  boxes: z
    .array(
      z.object({
        name: z.string(),
        boxes: z.array(
          z.object({
            left: z.number().describe('Fraction of the width of the picture; the others alike'),
            top: z.number(),
            width: z.number(),
            height: z.number(),
            classId: z.number(),
            label: z.string(),
            scores: z.record(z.string(), z.number()).exactOptional(),
          }),
        ),
      }),
    )
    .exactOptional(),
  masks: z.array(z.object({ name: z.string(), url, labels })).exactOptional(),
})
const fileKind = z.enum(['audio', 'video', 'html', 'file'])
/** A picture and what was drawn on it. */
export const shownImage: z.ZodType<ImageItem> = imageItem
/** Media as cells of tables. */
export const imageCell: z.ZodType<ImageItem & { readonly kind: 'image' }> = imageItem.extend({
  kind: z.literal('image'),
})
export const fileCell: z.ZodType<MediaItem & { readonly kind: 'audio' | 'video' | 'html' | 'file' }> = z.object({
  ...item,
  kind: fileKind,
})

export const mediaValueResponse: z.ZodType<MediaValueResponse> = z.object({
  key,
  step: z.number(),
  value: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), items: z.array(imageItem) }),
    z.object({ kind: fileKind, items: z.array(z.object(item)) }),
    z.object({ kind: z.literal('histogram'), counts: z.array(z.number()), edges: z.array(z.number()) }),
    z.object({ kind: z.literal('table'), rowCount: z.number(), columnCount: z.number() }),
    z.object({
      kind: z.literal('text'),
      text: z.string().describe('At most its first 262,144 characters'),
      length: z.number().describe('Of the whole text'),
    }),
  ]),
})

export const histogramsQuery: z.ZodType<{ readonly key: string }> = z.object({ key })
export const histogramsResponse: z.ZodType<HistogramsResponse> = z.object({
  key,
  steps: z.array(z.number()),
  edges: z.array(z.number()).describe('Of the bins, the same for all steps'),
  counts: z.array(z.array(z.number())).describe('For each step the count of each bin'),
})

export const rowsRequest: z.ZodType<HistoryRowsRequest & { readonly count: number }> = z.strictObject({
  keys: z.array(z.string().min(1)).min(1).max(100).describe('Rows that lack one are left out'),
  count: z.number().int().min(1).max(10_000).default(1000).describe('At most so many rows, evenly chosen'),
})
export const rowsResponse: z.ZodType<HistoryRowsResponse> = z.object({
  rows: z.array(z.array(strictJson)).describe('Values in the order of the keys'),
})
export const customChartDefinition: z.ZodType<CustomChartDefinition> = z.object({
  entity: z.string(),
  name: z.string(),
  displayName: z.string(),
  spec: z.string().describe('Vega or Vega-Lite, JSON text as it was stored'),
})
const customChart = z.object({
  key: z.string(),
  preset: z.string().describe('Such as wandb/confusion_matrix/v1'),
  fields: labels.describe('For each field of the preset the column of the table'),
  texts: labels,
  tableKey: z.string().exactOptional(),
})
export const customChartsResponse: z.ZodType<CustomChartsResponse> = z.object({ charts: z.array(customChart) })

export const runContentsRequest: z.ZodType<RunContentsRequest> = z.strictObject({
  runIds: z.array(z.string()).max(50),
})
export const runContentsResponse: z.ZodType<RunContentsResponse> = z.object({
  media: z.array(z.object({ key: z.string(), kind: mediaKind, runIds: z.array(z.string()) })),
  charts: z.array(customChart.extend({ runCount: z.number() })).describe('As the first run that has one describes it'),
})

export const runFilesResponse: z.ZodType<RunFilesResponse> = z.object({
  files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), md5: z.string(), updatedAtMs: z.number(), url })),
})

/** Of a file that was logged. */
export const frame: z.ZodType<boolean> = z.stringbool().default(false).describe('Shows an HTML file, sandboxed')
/** Of a picture that was logged. */
export const thumbnailHeight: z.ZodType<ThumbnailHeight> = z
  .enum(thumbnailHeights.map(String))
  .transform((text) => Number(text) as ThumbnailHeight)
  .describe('A PNG or JPEG that is at least twice as high is sent as a PNG of so many pixels')
export const runFileQuery: z.ZodType<{ readonly name: string } & ShownAs> = z.object({
  name: z.string().min(1),
  frame,
  height: thumbnailHeight.exactOptional(),
})
