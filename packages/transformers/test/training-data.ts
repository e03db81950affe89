import type { LabelledExample } from '../src/index.ts'

/** Embeds points: `input` is the embedding. */
export async function embedPoints(inputs: readonly unknown[]) {
  const points = inputs as number[][]
  return { dims: [points.length, points[0]?.length ?? 0], type: 'float32', data: Float32Array.from(points.flat()) }
}

/** Points of a plane in three classes, which a line each tells apart but for some of them. */
export function makePoints(count: number, shift = 0): LabelledExample[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index + shift) * 2.4
    const label = ['low', 'middle', 'high'][index % 3] ?? ''
    const distance = 0.4 + 0.9 * Math.abs(Math.sin(index + shift))
    const centre = ((index % 3) * 2 * Math.PI) / 3
    return {
      input: [Math.cos(centre) + distance * Math.cos(angle), Math.sin(centre) + distance * Math.sin(angle)],
      label,
    }
  })
}
