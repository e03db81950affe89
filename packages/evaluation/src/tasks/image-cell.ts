import { type BoxLayer, Image, type ImageSource, type MaskLayer } from '@lossline/core'

/** The image of a row: what `Image` is made of, or a function that makes it, called only for rows that get into a table. */
export type RowImage = ImageSource | (() => ImageSource)

/** What is drawn over an image. */
export interface ImageLayers {
  readonly boxes?: Readonly<Record<string, BoxLayer>>
  readonly masks?: Readonly<Record<string, MaskLayer>>
}

/** The column `image`, if the row has one. */
export function imageCell(image: RowImage | undefined, layers: () => ImageLayers): { readonly image?: Image } {
  if (image === undefined || image === null) return {}
  return { image: new Image(typeof image === 'function' ? image() : image, layers()) }
}

/** Names of classes by their numbers, as layers want them. */
export function classLabelsOf(names: readonly string[]): Record<number, string> {
  return Object.fromEntries(names.map((name, index) => [index, name]))
}
