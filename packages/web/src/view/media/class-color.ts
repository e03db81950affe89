import { hues } from '../chart/palette.ts'

type Lab = readonly [lightness: number, a: number, b: number]

/** So many classes have a colour of their own; more than that nobody tells apart. */
const ownColorCount = 64
/** Channels of the colours that come into question. */
const channels = [0, 51, 102, 153, 204, 255]

let known: readonly string[] | undefined

/**
 * The colour of a class of boxes or masks; on pictures, which no theme changes, it is the same in both. The first have the hues of
 * runs, each further one is as far from all before it as can be.
 */
export function classColor(classId: number): string {
  known ??= farApart(
    hues.map(({ light }) => light),
    ownColorCount,
  )
  const index = ((Math.trunc(classId) % ownColorCount) + ownColorCount) % ownColorCount
  return known[index]!
}

/** Adds colours, each the farthest from those that are there by then. */
function farApart(first: readonly string[], count: number): readonly string[] {
  const candidates = channels
    .flatMap((red) => channels.flatMap((green) => channels.map((blue) => toHex([red, green, blue]))))
    .map((color) => ({ color, lab: toOklab(color) }))
    // Near black and white the colour itself is hardly seen.
    .filter(({ lab: [lightness] }) => lightness > 0.35 && lightness < 0.92)
    .map((one) => ({ ...one, gap: Math.min(...first.map((color) => distance(one.lab, toOklab(color)))) }))
  const colors = [...first]
  while (colors.length < count) {
    const farthest = candidates.reduce((a, b) => (b.gap > a.gap ? b : a))
    colors.push(farthest.color)
    for (const one of candidates) one.gap = Math.min(one.gap, distance(one.lab, farthest.lab))
  }
  return colors
}

function toHex(rgb: readonly number[]): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function distance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** Björn Ottosson's OKLab of `#rrggbb`, in which distances are as large as they look. */
function toOklab(hex: string): Lab {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
