/** What a GIF says of itself; the pixels stay compressed until a frame is wanted. */
export interface Gif {
  readonly width: number
  readonly height: number
  /** At least one. */
  readonly frames: readonly GifFrame[]
  readonly durationSeconds: number
}

/** A frame, which may be a part of the picture and leave some pixels of it as they were. */
export interface GifFrame {
  readonly startSeconds: number
  readonly delaySeconds: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** RGB, three bytes a colour. */
  readonly palette: Uint8Array
  /** The index that leaves pixels as they are; undefined: none. */
  readonly transparent: number | undefined
  readonly isInterlaced: boolean
  /** What becomes of its pixels before the next frame. */
  readonly disposal: 'keep' | 'clear' | 'restore'
  /** Bits of a pixel where the compression begins, and the compressed pixels. */
  readonly minimumBits: number
  readonly data: Uint8Array
}

/** Of one picture: RGBA of more than 64 MiB is nothing for a page. */
const pixelCountMax = 2 ** 24

/** Browsers slow frames that are shorter than two hundredths of a second down to ten. */
const usualDelaySeconds = 0.1

/** Reads a GIF. Undefined: it is none, holds no frame, or is too large. A damaged end leaves the frames before it. */
export function parseGif(bytes: Uint8Array): Gif | undefined {
  const at = (index: number): number => bytes[index] ?? 0
  const word = (index: number): number => at(index) | (at(index + 1) << 8)
  if (!/^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)))) return undefined
  const [width, height] = [word(6), word(8)]
  if (width === 0 || height === 0 || width * height > pixelCountMax) return undefined
  let position = 13
  const readPalette = (flags: number): Uint8Array => {
    const length = (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1)
    position += length
    return bytes.subarray(position - length, position)
  }
  const shared = readPalette(at(10))
  const frames: GifFrame[] = []
  let control = noControl
  let startSeconds = 0
  while (position < bytes.length) {
    const mark = at(position)
    if (mark === 0x21) {
      if (at(position + 1) === 0xf9) control = readControl(at(position + 3), word(position + 4), at(position + 6))
      position = skipBlocks(bytes, position + 2)
      continue
    }
    if (mark !== 0x2c) break
    const place = {
      left: word(position + 1),
      top: word(position + 3),
      width: word(position + 5),
      height: word(position + 7),
    }
    const flags = at(position + 9)
    position += 10
    const own = readPalette(flags)
    const minimumBits = at(position)
    const end = skipBlocks(bytes, position + 1)
    const isWhole = place.left + place.width <= width && place.top + place.height <= height && minimumBits <= 8
    if (!isWhole || end > bytes.length || place.width * place.height === 0) break
    frames.push({
      ...place,
      ...control,
      startSeconds,
      palette: own.length > 0 ? own : shared,
      isInterlaced: (flags & 0x40) !== 0,
      minimumBits,
      data: joinBlocks(bytes, position + 1),
    })
    startSeconds += control.delaySeconds
    control = noControl
    position = end
  }
  return frames.length === 0 ? undefined : { width, height, frames, durationSeconds: startSeconds }
}

type Control = Pick<GifFrame, 'delaySeconds' | 'transparent' | 'disposal'>
const noControl: Control = { delaySeconds: usualDelaySeconds, transparent: undefined, disposal: 'keep' }

function readControl(flags: number, hundredths: number, transparent: number): Control {
  const disposal = (flags >> 2) & 7
  return {
    delaySeconds: hundredths < 2 ? usualDelaySeconds : hundredths / 100,
    transparent: (flags & 1) === 0 ? undefined : transparent,
    disposal: disposal === 2 ? 'clear' : disposal === 3 ? 'restore' : 'keep',
  }
}

/** Behind a chain of blocks; beyond the end where it is cut off. */
function skipBlocks(bytes: Uint8Array, start: number): number {
  let position = start
  while (position < bytes.length && bytes[position] !== 0) position += (bytes[position] as number) + 1
  return position + 1
}

function joinBlocks(bytes: Uint8Array, start: number): Uint8Array {
  const whole = new Uint8Array(skipBlocks(bytes, start) - start)
  let length = 0
  for (let position = start; bytes[position] !== undefined && bytes[position] !== 0; ) {
    const size = bytes[position] as number
    whole.set(bytes.subarray(position + 1, position + 1 + size), length)
    length += size
    position += size + 1
  }
  return whole.subarray(0, length)
}
