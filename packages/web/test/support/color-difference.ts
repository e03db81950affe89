/*
 * The same formula as in `src/view/media/class-color.ts`, written a second time on purpose: colours that are chosen and measured by
 * the same lines would agree whatever is wrong with these.
 */

type Vector = readonly [number, number, number]

/** Full-severity matrices of Machado, Oliveira and Fernandes (2009), for linear sRGB. */
export const visions = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const
export type Vision = keyof typeof visions

/** Euclidean distance in OKLab of two `#rrggbb` colours as seen with the given vision. */
export function distance(a: string, b: string, vision: Vision): number {
  const [p, q] = [a, b].map((hex) => toOklab(see(toLinear(hex), vision))) as [Vector, Vector]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

/** WCAG 2 contrast ratio, 1…21. */
export function contrastRatio(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = toLinear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function toLinear(hex: string): Vector {
  return [1, 3, 5].map((at) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  }) as unknown as Vector
}

function see(rgb: Vector, vision: Vision): Vector {
  return multiply(visions[vision], rgb).map((v) => Math.min(1, Math.max(0, v))) as unknown as Vector
}

function toOklab(rgb: Vector): Vector {
  const lms = multiply(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376,
      0.6299787005,
    ],
    rgb,
  ).map(Math.cbrt) as unknown as Vector
  return multiply(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662,
      -0.808675766,
    ],
    lms,
  )
}

function multiply(m: readonly number[], [x, y, z]: Vector): Vector {
  return [0, 3, 6].map((row) => m[row]! * x + m[row + 1]! * y + m[row + 2]! * z) as unknown as Vector
}
