import type { FileMediaSnapshot } from '@lossline/journal'
import { videoGridOf } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { type IntegerArray, isIntegerArray, toPixelArray } from './integer-pixels.ts'
import { openMediaSource } from './media-source.ts'
import { MediaValue } from './media-value.ts'
import { asPlainBytes } from './pixels.ts'

/** What is said about a video. */
export interface VideoOptions {
  readonly caption?: string
  /**
   * Lengths of the axes of an array: frames, channels, height, width; with one more in front, several videos are laid out
   * in a grid.
   */
  readonly shape?: readonly number[]
  /** Frames a second of an array. Default 4. */
  readonly fps?: number
  /** Kind of the file. Arrays become GIFs; for bytes it is found by their content. */
  readonly format?: VideoFormat
}

const videoOptionNames: OptionNames<VideoOptions> = { caption: true, shape: true, fps: true, format: true }

/** Kinds of video files. */
export type VideoFormat = 'gif' | 'mp4' | 'webm' | 'ogg'

const formats: readonly VideoFormat[] = ['gif', 'mp4', 'webm', 'ogg']
const defaultFps = 4
// A GIF has 16 bits for each.
const gifSizeMax = 65_535

/**
 * A video. Files and their bytes (GIF, MP4, WebM, Ogg) stay what they are; frames become an animated GIF.
 *
 * @example run.log({ episode: new Video(frames, { shape: [40, 3, 84, 84], fps: 10 }) })
 */
export class Video extends MediaValue {
  readonly #snapshot: FileMediaSnapshot

  /**
   * @param data - Path of a file, its bytes, or frames of one byte a channel with a `shape`. Copied when the video is
   *   logged, and may be changed after that.
   * @throws {@link InvalidMediaError} when shape and data do not go together, or a file is missing or no video.
   */
  constructor(data: VideoSource, options: VideoOptions = {}) {
    super()
    checkOptions('new Video', options, videoOptionNames)
    const { caption, shape } = options
    const parts = shape === undefined ? openSource(data, options) : toFrames(data, shape, options)
    this.#snapshot = { kind: 'video', ...parts, ...(caption === undefined ? {} : { caption }) }
  }

  toSnapshot(): FileMediaSnapshot {
    return this.#snapshot
  }
}

/** What a {@link Video} can be made of. */
export type VideoSource = string | URL | Uint8Array | Uint8ClampedArray | IntegerArray

type VideoParts = Pick<FileMediaSnapshot, 'content' | 'extension' | 'width' | 'height'>

function openSource(data: VideoSource, { format }: VideoOptions): VideoParts {
  if (data instanceof Uint8ClampedArray || isIntegerArray(data)) throw needsShape()
  const { content, extension } = openMediaSource(data, { what: 'a video', endings: formats, fileType: format })
  return { content, extension }
}

function toFrames(
  source: VideoSource,
  shape: readonly number[],
  { fps = defaultFps, format = 'gif' }: VideoOptions,
): VideoParts {
  const data = isIntegerArray(source) ? toPixelArray(source) : source
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    const isFloats = ArrayBuffer.isView(data)
    throw new InvalidMediaError(
      `Frames are whole numbers from 0 to 255, not ${isFloats ? 'floats' : describeValue(data)}.`,
      isFloats
        ? 'Make bytes of them: Uint8ClampedArray.from(frames, (value) => value * 255).'
        : 'Leave shape out for a path; it is for arrays of frames.',
    )
  }
  if (format !== 'gif') {
    throw new InvalidMediaError(
      `Frames cannot be encoded as ${typeof format === 'string' ? format : describeValue(format)} here.`,
      `Leave format out to get a GIF, or encode the frames elsewhere and pass the path of the file.`,
    )
  }
  if (!Array.isArray(shape)) throw needsShape(`it is ${describeValue(shape)}`)
  const [count, frameCount, channels, height, width] = shape.length === 4 ? [1, ...shape] : shape
  const axes = [count, frameCount, channels, height, width]
  const isSized = axes.every((length) => Number.isSafeInteger(length) && (length as number) > 0) && shape.length <= 5
  const size = isSized ? axes.reduce<number>((product, length) => product * (length ?? 0), 1) : 0
  if (!isSized || size !== data.length)
    throw needsShape(`${shape.map(describeValue).join(' × ')} is not the ${data.length} of the array`)
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new InvalidMediaError(
      `A video has 1, 3 or 4 channels, not ${describeValue(channels)}.`,
      'The axes are frames, channels, height, width.',
    )
  }
  if (!(Number.isFinite(fps) && fps > 0)) {
    throw new InvalidMediaError(`fps is a positive number, not ${describeValue(fps)}.`, 'Pass frames a second.')
  }
  const { rowCount, columnCount } = videoGridOf(count as number)
  const grid = { width: columnCount * (width as number), height: rowCount * (height as number) }
  if (grid.width > gifSizeMax || grid.height > gifSizeMax) {
    throw new InvalidMediaError(
      `A GIF is at most ${gifSizeMax} pixels wide and high; this one has ${grid.width} × ${grid.height}.`,
      'Make the frames smaller.',
    )
  }
  const content = {
    kind: 'frames',
    data: asPlainBytes(data),
    shape: [count as number, frameCount as number, channels, height as number, width as number],
    framesPerSecond: fps,
  } as const
  return { content, extension: '.gif', ...grid }
}

function needsShape(why = 'these have none'): InvalidMediaError {
  return new InvalidMediaError(
    `Frames need a shape: frames, channels, height, width; ${why}.`,
    'Pass shape: [frames, channels, height, width] with an array of one byte a channel.',
  )
}
