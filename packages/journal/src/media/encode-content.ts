import { crc32, deflateSync } from 'node:zlib'
import { encodeGif, encodePng, encodeWav, toPixelBytes, toPointsJson, toVideoFrames } from '@lossline/protocol'
import { deflateInParts } from './deflate-in-parts.ts'
import type { FileContent, MediaArray, MediaContent } from './media-snapshot.ts'

/** Bytes of a file, or where they are. */
export type EncodedContent = Uint8Array | { readonly sourcePath: string }

/** Turns the content of a media value into the bytes of its file. `onWork` is called now and then while it takes long. */
export function encodeContent(content: MediaContent, onWork: () => void = () => {}): EncodedContent {
  if (content.kind === 'file') return { sourcePath: content.stagedPath ?? content.path }
  return encodeInMemory(content, onWork)
}

/** The same for what is no file of the user. */
export function encodeInMemory(content: Exclude<MediaContent, FileContent>, onWork: () => void): Uint8Array {
  switch (content.kind) {
    case 'bytes':
      return content.data
    case 'text':
      return Buffer.from(content.text)
    case 'pixels': {
      const { data, width, height, channels, isNormalized } = content
      const image = { data: toPixelBytes(data, isNormalized), width, height, channels }
      onWork()
      return encodePng(image, { deflate: (bytes) => deflate(bytes, onWork), crc32, onWork })
    }
    case 'sound':
      return encodeWav(content, onWork)
    case 'frames': {
      const { channels, ...frames } = toVideoFrames(content, onWork)
      // Videos are made with 1, 3 or 4 channels only.
      const { framesPerSecond } = content
      return encodeGif({ ...frames, channels: channels as 1 | 3 | 4, framesPerSecond }, onWork)
    }
    case 'points':
      return Buffer.from(toPointsJson(content.data, content.columnCount, isFloat(content.data), onWork))
    case 'numbers':
      throw new Error('Numbers are no file.')
    default:
      return assertNever(content)
  }
}

// Half the time of zlib's usual level, for a few hundredths more bytes; see bench/log-media.bench.ts.
const pngLevel = 3

// Above this an image is compressed in parts, which costs a checksum in JavaScript.
const wholeBytesMax = 16 * 2 ** 20

function deflate(bytes: Uint8Array, onWork: () => void): Uint8Array {
  if (bytes.length > wholeBytesMax) return deflateInParts(bytes, { level: pngLevel, onWork })
  return deflateSync(bytes, { level: pngLevel })
}

function isFloat(array: MediaArray): boolean {
  return array instanceof Float32Array || array instanceof Float64Array
}

function assertNever(value: never): never {
  throw new Error(`Unknown content ${JSON.stringify(value)}`)
}
