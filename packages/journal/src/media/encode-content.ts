import { constants, crc32, deflateSync } from 'node:zlib'
import { encodePng, toPixelBytes } from '@lossline/protocol'
import type { MediaContent } from './media-snapshot.ts'

/** Bytes of a file, or where they are. */
export type EncodedContent = Uint8Array | { readonly sourcePath: string }

/** Turns the content of a media value into the bytes of its file. */
export function encodeContent(content: MediaContent): EncodedContent {
  switch (content.kind) {
    case 'bytes':
      return content.bytes
    case 'text':
      return Buffer.from(content.text)
    case 'pixels': {
      const { data, width, height, channels, isNormalized } = content
      return encodePng({ data: toPixelBytes(data, isNormalized), width, height, channels }, { deflate, crc32 })
    }
    case 'file':
      return { sourcePath: content.path }
    default:
      return assertNever(content)
  }
}

function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 3, strategy: constants.Z_DEFAULT_STRATEGY })
}

function assertNever(value: never): never {
  throw new Error(`Unknown content ${JSON.stringify(value)}`)
}
