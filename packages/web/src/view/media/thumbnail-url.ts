import { type ImageItem, thumbnailFactorMin, thumbnailHeights } from '@lossline/protocol'

/** Where a picture is to be had that is shown so many pixels high: one that is made small, where that has all pixels that are seen. */
export function thumbnailUrl({ url, height }: ImageItem, shownHeight: number, pixelRatio: number): string {
  const wanted = thumbnailHeights.find((one) => one >= shownHeight * pixelRatio)
  if (wanted === undefined || (height !== undefined && height < thumbnailFactorMin * wanted)) return url
  return `${url}&height=${wanted}`
}
