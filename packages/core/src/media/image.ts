import type { ImageSnapshot } from '@lossline/journal'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { checkObjects } from './check-arguments.ts'
import { type BoxLayer, type MaskLayer, toBoxLayers, toMaskLayers } from './image-layers.ts'
import { type ImageSource, openImage } from './image-source.ts'
import { MediaValue } from './media-value.ts'

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
  /** Whether floats that are all in [0, 1] or [-1, 1] are stretched to [0, 255]. Default true; false cuts and rounds. */
  readonly normalize?: boolean
  /** Boxes over the image, by the name of their layer. */
  readonly boxes?: Readonly<Record<string, BoxLayer>>
  /** A class for each pixel, by the name of the layer. */
  readonly masks?: Readonly<Record<string, MaskLayer>>
  /** Names of classes, for tables and artifacts. */
  readonly classes?: readonly { readonly id: number; readonly name: string }[]
}

const imageOptionNames: OptionNames<ImageOptions> = {
  width: true,
  height: true,
  channels: true,
  caption: true,
  grouping: true,
  normalize: true,
  boxes: true,
  masks: true,
  classes: true,
}

/**
 * An image. Pixels become a PNG file of the run; files and their bytes (PNG, JPEG, GIF, BMP, WebP) stay what they are.
 * A list of images under one key is shown as a gallery of at most 108.
 *
 * @example
 * ```ts
 * run.log({
 *   digit: new Image(pixels, { width: 8, height: 8, channels: 1, caption: 'a seven' }),
 *   street: new Image('street.jpg', {
 *     boxes: { predictions: { boxData: [{ position: { minX: 0.1, minY: 0.2, maxX: 0.5, maxY: 0.6 }, classId: 1 }] } },
 *   }),
 * })
 * ```
 */
export class Image extends MediaValue {
  readonly #snapshot: ImageSnapshot

  /**
   * @param data - One of: a path; the bytes of an image file; an array of pixels with `width` and `height`, row by row
   *   from the top with the channels of a pixel beside each other; an object with `data`, `width` and `height`; a tensor
   *   with `data` and `dims`; lists of rows. Arrays and files are copied when the image is logged, and may be changed
   *   after that.
   * @throws {@link InvalidMediaError} when sizes and data do not go together, a float is NaN or infinite, or a file is
   *   missing or no image.
   */
  constructor(data: ImageSource, options: ImageOptions = {}) {
    super()
    checkOptions('new Image', options, imageOptionNames)
    const { caption, grouping, boxes, masks, classes } = options
    const opened = openImage(data, options)
    if (classes !== undefined) checkObjects(classes, 'classes', 'Pass [{ id: 1, name: "cat" }].')
    this.#snapshot = {
      kind: 'image',
      ...opened,
      ...(caption === undefined ? {} : { caption }),
      ...(grouping ? { grouping } : {}),
      ...(boxes === undefined ? {} : { boxes: toBoxLayers(boxes) }),
      ...(masks === undefined ? {} : { masks: toMaskLayers(masks, opened) }),
      ...(classes === undefined ? {} : { classes: classes.map(({ id, name }) => ({ id, name })) }),
    }
  }

  /** Width in pixels. */
  get width(): number {
    return this.#snapshot.width
  }
  /** Height in pixels. */
  get height(): number {
    return this.#snapshot.height
  }

  toSnapshot(): ImageSnapshot {
    return this.#snapshot
  }
}
