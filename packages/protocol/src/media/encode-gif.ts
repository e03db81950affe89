import { compressGif } from './gif-compression.ts'
import { quantizeFrame } from './gif-palette.ts'

/** Frames of one size, one after the other, as pixels of one byte a channel beside each other. */
export interface AnimatedFrames {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly frameCount: number
  readonly width: number
  readonly height: number
  /** 1 = grey, 3 = RGB, 4 = RGBA, of which the last is ignored. */
  readonly channels: 1 | 3 | 4
  readonly framesPerSecond: number
}

/**
 * Encodes frames as an animated GIF that repeats for ever. A frame of at most 256 colours keeps them exactly; others are
 * dithered to 252 colours.
 *
 * @param onWork - Called now and then while it takes long.
 */
export function encodeGif(frames: AnimatedFrames, onWork: () => void = () => {}): Uint8Array {
  const { data, frameCount, width, height, channels, framesPerSecond } = frames
  const parts: Uint8Array[] = [
    bytes('GIF89a', uint16(width), uint16(height), [0x70, 0, 0]),
    bytes([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1], uint16(0), [0]),
  ]
  // Times are in hundredths of a second; browsers slow anything below two down to ten.
  const delay = Math.max(2, Math.round(100 / framesPerSecond))
  const frameBytes = width * height * channels
  for (let frame = 0; frame < frameCount; frame += 1) {
    const pixels = data.subarray(frame * frameBytes, (frame + 1) * frameBytes)
    const { palette, indices } = quantizeFrame(pixels, width, channels)
    const colorBits = Math.max(1, Math.ceil(Math.log2(palette.length / 3)))
    const table = new Uint8Array(3 << colorBits)
    table.set(palette)
    parts.push(
      bytes([0x21, 0xf9, 4, 0x04], uint16(delay), [0, 0]),
      bytes([0x2c], uint16(0), uint16(0), uint16(width), uint16(height), [0x80 | (colorBits - 1)]),
      table,
      ...compressGif(indices, Math.max(2, colorBits), onWork),
    )
    onWork()
  }
  parts.push(Uint8Array.of(0x3b))
  return concatenate(parts)
}

function uint16(value: number): number[] {
  return [value & 0xff, value >> 8]
}

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (character) => character.charCodeAt(0)) : part,
    ),
  )
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
