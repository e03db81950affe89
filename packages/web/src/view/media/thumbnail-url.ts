import type { ImageItem } from '@lossline/protocol'

/** Heights that the server makes thumbnails in. */
const heights = [128, 256, 512]

/** Where a picture is to be had that is shown so many pixels high: one that is made small, where that has all pixels that are seen. */
export function thumbnailUrl({ url, height }: ImageItem, shownHeight: number, pixelRatio: number): string {
  const wanted = heights.find((one) => one >= shownHeight * pixelRatio)
  // The server sends pictures that are less than twice as high as they are.
  if (wanted === undefined || (height !== undefined && height < 2 * wanted)) return url
  return `${url}&height=${wanted}`
}
