import { crc32, deflateSync } from 'node:zlib'
import { encodePng, type ImageHeader, readImageHeader, thumbnailFactorMin } from '@lossline/protocol'
import { decodeJpeg } from './decode-jpeg.ts'
import { decodePng, type PngChunk } from './decode-png.ts'
import { readNotes } from './jpeg-notes.ts'
import { scaleDown, turn } from './scale-down.ts'
import { BrokenPicture, type SmallPicture } from './small-picture.ts'

/** Pixels of a picture that is read: a hundred millions of a JPEG, whose full size never comes to be. */
const pixelsMax = 100_000_000

/**
 * A picture as a PNG of so many pixels of height, in its own colours and turned as it is to be seen.
 *
 * @returns undefined where the picture itself is to be shown: it is small, of a kind that only browsers read, or damaged.
 */
export function makeThumbnail(bytes: Uint8Array, height: number): Uint8Array | undefined {
  const header = readImageHeader(bytes)
  if (header === undefined || header.width * header.height > pixelsMax) return undefined
  // A very wide one would be as large as the picture, though low.
  if (Math.max(header.width, header.height) < thumbnailFactorMin * height) return undefined
  try {
    const png =
      header.format === 'png'
        ? ofPng(bytes, height)
        : header.format === 'jpeg'
          ? ofJpeg(bytes, header, height)
          : undefined
    return png !== undefined && png.length < bytes.length / 2 ? png : undefined
  } catch (error) {
    if (error instanceof BrokenPicture) return undefined
    throw error
  }
}

function ofPng(bytes: Uint8Array, height: number): Uint8Array | undefined {
  const picture = decodePng(bytes)
  if (picture === undefined || picture.height < thumbnailFactorMin * height) return undefined
  return toPng(picture, height, 1, picture.colorChunks)
}

function ofJpeg(bytes: Uint8Array, header: ImageHeader, height: number): Uint8Array | undefined {
  const { orientation, profile, isRgb } = readNotes(bytes)
  // One that lies on its side is as wide as it will be high.
  const shownHeight = orientation >= 5 ? header.width : header.height
  if (isRgb || shownHeight < thumbnailFactorMin * height) return undefined
  const picture = decodeJpeg(bytes, Math.ceil((height * header.height) / shownHeight))
  if (picture === undefined) return undefined
  const colorChunks = profile === undefined ? [] : [{ type: 'iCCP', content: toProfileChunk(profile) }]
  return toPng(picture, height, orientation, colorChunks)
}

function toPng(
  picture: SmallPicture,
  height: number,
  orientation: number,
  colorChunks: readonly PngChunk[],
): Uint8Array {
  const isOnItsSide = orientation >= 5
  const scale = Math.min(1, height / (isOnItsSide ? picture.width : picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const small = scaleDown(picture, width, Math.max(1, Math.round(picture.height * scale)))
  const png = encodePng(turn(small, orientation), { deflate: (rows) => deflateSync(rows), crc32 })
  return withChunks(png, colorChunks)
}

/** Chunks behind the head of a PNG, which is where those of colours belong. */
function withChunks(png: Uint8Array, chunks: readonly PngChunk[]): Uint8Array {
  const headEnd = 8 + 12 + 13
  const parts = chunks.map(({ type, content }) => {
    const chunk = Buffer.alloc(12 + content.length)
    chunk.writeUInt32BE(content.length, 0)
    chunk.write(type, 4, 'latin1')
    chunk.set(content, 8)
    chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + content.length)), 8 + content.length)
    return chunk
  })
  return Buffer.concat([png.subarray(0, headEnd), ...parts, png.subarray(headEnd)])
}

/** A name, how it is compressed, and the profile. */
function toProfileChunk(profile: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(profile)])
}
