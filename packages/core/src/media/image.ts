import type { ImageSnapshot } from '@lossline/journal'
import type { PixelArray } from '@lossline/protocol'
import { MediaValue } from './media-value.ts'
import { type Pixels, toPixels } from './pixels.ts'

/** What is said about an image besides its pixels. */
export interface ImageOptions {
  /** Width in pixels; needed for a plain array of pixels. */
  readonly width?: number
  /** Height in pixels; needed for a plain array of pixels. */
  readonly height?: number
  /** 1 = grey, 2 = grey and alpha, 3 = RGB, 4 = RGBA. Default: as many as the array has room for. */
  readonly channels?: 1 | 2 | 3 | 4
  readonly caption?: string
  /** Number of images that belong together, for old panels of W&B. */
  readonly grouping?: number
  /** Whether floats that are all in [0, 1] or [-1, 1] are stretched to [0, 255]. Default true. */
  readonly normalize?: boolean
}

/**
 * An image. Logged as a PNG file of the run.
 *
 * @example run.log({ digit: new Image(pixels, { width: 8, height: 8, channels: 1, caption: 'a seven' }) })
 */
export class Image extends MediaValue {
  readonly #pixels: Pixels
  readonly #options: ImageOptions

  /**
   * @param data - Pixels row by row from the top, the channels of a pixel beside each other. Read when the image is
   *   logged; it may be changed after that.
   * @throws {@link InvalidMediaError} when sizes and data do not go together.
   */
  constructor(data: PixelArray, options: ImageOptions = {}) {
    super()
    this.#pixels = toPixels(data, { ...options, width: options.width ?? 0, height: options.height ?? 0 })
    this.#options = options
  }

  toSnapshot(): ImageSnapshot {
    const { caption, grouping, normalize = true } = this.#options
    const { width, height } = this.#pixels
    return {
      kind: 'image',
      content: { kind: 'pixels', ...this.#pixels, isNormalized: normalize },
      extension: '.png',
      width,
      height,
      ...(caption === undefined ? {} : { caption }),
      ...(grouping ? { grouping } : {}),
    }
  }
}
