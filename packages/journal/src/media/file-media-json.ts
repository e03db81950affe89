import type { JsonObject, JsonValue } from '@lossline/protocol'
import type { MediaConversion } from './media-conversion.ts'
import type { BatchedFileKind, FileMediaKind, FileMediaSnapshot } from './media-snapshot.ts'
import { storeMedia } from './store-media.ts'

/** What the kinds are called in a run, and where their files are. */
export const fileMediaNames: Readonly<Record<FileMediaKind, { readonly type: string; readonly folder: string }>> = {
  audio: { type: 'audio-file', folder: 'audio' },
  video: { type: 'video-file', folder: 'videos' },
  html: { type: 'html-file', folder: 'html' },
  object3D: { type: 'object3D-file', folder: 'object3D' },
  molecule: { type: 'molecule-file', folder: 'molecule' },
  plotly: { type: 'plotly-file', folder: 'plotly' },
  graph: { type: 'graph-file', folder: 'graph' },
}

/** A media value that is one file. */
export function fileMediaToJson(media: FileMediaSnapshot, conversion: MediaConversion): JsonObject {
  const { kind, content, extension, caption, width, height } = media
  const base = storeMedia({ ...fileMediaNames[kind], content, extension, caption }, conversion)
  return width === undefined || height === undefined ? base : { ...base, width, height }
}

/** Several of one kind under one key. */
export function fileMediaBatchToJson(
  kind: BatchedFileKind,
  items: readonly FileMediaSnapshot[],
  conversion: MediaConversion,
): JsonObject {
  const objects = items.map((item) => fileMediaToJson(item, conversion))
  const count = items.length
  const paths = objects.map(({ path }) => path as string)
  switch (kind) {
    case 'audio':
      return {
        _type: 'audio',
        count,
        audio: objects,
        sampleRates: items.map(({ sampleRate }) => sampleRate ?? null),
        durations: items.map(({ durationSeconds }) => durationSeconds ?? null),
        ...(items.every(({ caption }) => caption === undefined)
          ? {}
          : { captions: items.map(({ caption }) => caption ?? '') }),
      }
    case 'video':
      return { _type: 'videos', count, videos: objects, captions: captionsOrFalse(items) }
    case 'html':
      return { _type: 'html', count, html: objects }
    case 'object3D':
      return { _type: 'object3D', filenames: paths.map((path) => path.slice('media/object3D/'.length)), count, objects }
    case 'molecule':
      return { _type: 'molecule', filenames: paths, count, captions: captionsOrFalse(items) }
    default:
      return assertNever(kind)
  }
}

/** W&B's client asks the first item alone whether there are captions. */
function captionsOrFalse(items: readonly FileMediaSnapshot[]): JsonValue {
  return items[0]?.caption === undefined ? false : items.map(({ caption }) => caption ?? null)
}

function assertNever(value: never): never {
  throw new Error(`Unknown kind ${String(value)}`)
}
