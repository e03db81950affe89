import type { PixelImage } from '@lossline/protocol'
import type { SmallPicture } from './small-picture.ts'

/** A smaller picture: each pixel is the mean of what it covers, of transparent ones by how much they cover. */
export function scaleDown(picture: SmallPicture, width: number, height: number): PixelImage {
  const { channels } = picture
  const hasAlpha = channels === 2 || channels === 4
  const colors = hasAlpha ? channels - 1 : channels
  const data = new Uint8ClampedArray(width * height * channels)
  const line = new Float64Array(width * channels)
  const sums = new Float64Array(width * channels)
  const across = width / picture.width
  const down = height / picture.height

  // Of each pixel of a row: the pixel that it begins in, and how much of it lies there and in the next one.
  const targets = new Int32Array(picture.width)
  const insides = new Float64Array(picture.width)
  const rests = new Float64Array(picture.width)
  for (let x = 0; x < picture.width; x += 1) {
    const target = Math.min(width - 1, Math.floor(x * across))
    targets[x] = target * channels
    insides[x] = Math.min(across, target + 1 - x * across)
    rests[x] = target + 1 < width ? across - insides[x]! : 0
  }

  const reduce = (row: Uint8Array | Uint8ClampedArray): void => {
    line.fill(0)
    for (let x = 0; x < insides.length; x += 1) {
      const from = x * channels
      const target = targets[x]!
      const alpha = hasAlpha ? row[from + channels - 1]! / 255 : 1
      const [inside, rest] = [insides[x]! * alpha, rests[x]! * alpha]
      for (let channel = 0; channel < colors; channel += 1) line[target + channel]! += row[from + channel]! * inside
      if (hasAlpha) line[target + colors]! += 255 * inside
      if (rest === 0) continue
      for (let channel = 0; channel < colors; channel += 1) {
        line[target + channels + channel]! += row[from + channel]! * rest
      }
      if (hasAlpha) line[target + channels + colors]! += 255 * rest
    }
  }
  const emit = (y: number): void => {
    for (let x = 0; x < width; x += 1) {
      const start = x * channels
      const alpha = hasAlpha ? sums[start + channels - 1]! / 255 : 1
      for (let channel = 0; channel < channels; channel += 1) {
        const isAlpha = hasAlpha && channel === channels - 1
        const value = sums[start + channel]!
        data[y * width * channels + start + channel] = isAlpha || alpha === 0 ? value : value / alpha
      }
    }
    sums.fill(0)
  }

  let current = 0
  for (let y = 0; y < picture.height; y += 1) {
    reduce(picture.rowAt(y))
    const from = y * down
    const inside = Math.min(down, current + 1 - from)
    for (let at = 0; at < sums.length; at += 1) sums[at]! += line[at]! * inside
    if (from + down < current + 1 - 1e-9) continue
    emit(current)
    current += 1
    if (current === height) break
    for (let at = 0; at < sums.length; at += 1) sums[at]! += line[at]! * (down - inside)
  }
  return { data, width, height, channels }
}

/** A picture turned and mirrored as Exif's number says. */
export function turn({ data, width, height, channels }: PixelImage, orientation: number): PixelImage {
  if (orientation === 1) return { data, width, height, channels }
  const isOnItsSide = orientation >= 5
  const [newWidth, newHeight] = isOnItsSide ? [height, width] : [width, height]
  const turned = new Uint8Array(data.length)
  const isMirroredAcross = [2, 3, 7, 8].includes(orientation)
  const isMirroredDown = [3, 4, 6, 7].includes(orientation)
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const [u, v] = isOnItsSide ? [y, x] : [x, y]
      const fromX = isMirroredAcross ? width - 1 - u : u
      const fromY = isMirroredDown ? height - 1 - v : v
      const from = (fromY * width + fromX) * channels
      const to = (y * newWidth + x) * channels
      for (let channel = 0; channel < channels; channel += 1) turned[to + channel] = data[from + channel]!
    }
  }
  return { data: turned, width: newWidth, height: newHeight, channels }
}
