/** Larger files would hold up the page while they are read. */
export const spaceBytesMax = 100_000_000

/** Red, green and blue, 0…1, by the amount of light: see {@link toLight}. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Triangles, in the space of the model. */
export interface SpaceMesh {
  /** x, y, z of each corner. */
  readonly positions: Float32Array
  /** As many as there are positions; undefined: made from the triangles. */
  readonly normals?: Float32Array | undefined
  /** Red, green and blue of each corner, as {@link Rgb}. */
  readonly colors?: Float32Array | undefined
  /** Corners of the triangles, three each; undefined: as they come. */
  readonly indices?: Uint32Array | undefined
  /** Two for each corner, where there is a texture. */
  readonly uvs?: Float32Array | undefined
  readonly texture?: { readonly bytes: Uint8Array; readonly mimeType: string } | undefined
  readonly color: Rgb
  /** 0…1 */
  readonly opacity: number
}

/** Points, each with a colour, as {@link Rgb}. */
export interface SpacePoints {
  readonly positions: Float32Array
  readonly colors: Float32Array
}

/** Lines, two points each. */
export interface SpaceLines {
  readonly positions: Float32Array
  readonly color: Rgb
}

/** A text at a place, such as what a box is of. */
export interface SpaceLabel {
  readonly position: readonly [x: number, y: number, z: number]
  readonly text: string
}

/** What a file of an object in space holds, whatever its format. */
export interface SpaceModel {
  readonly meshes: readonly SpaceMesh[]
  readonly points: readonly SpacePoints[]
  readonly lines: readonly SpaceLines[]
  readonly labels: readonly SpaceLabel[]
  /** Which way is up. */
  readonly up: 'y' | 'z'
  /** What it is made of, in words, where numbers of triangles say nothing. */
  readonly parts?: string | undefined
  /** What is in the file and not drawn, in words. */
  readonly notes: readonly string[]
}

/** The amount of light of a channel as files and style sheets have it (sRGB), both 0…1. */
export function toLight(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

/** As a surface is that says no colour. */
export const plainColor: Rgb = [0.35, 0.39, 0.47]

/** What a model is of, in words and numbers. */
export function countParts({ meshes, points, lines, labels }: SpaceModel): {
  readonly triangles: number
  readonly points: number
  readonly lines: number
  readonly labels: number
} {
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
  return {
    triangles: sum(meshes.map(({ indices, positions }) => (indices ? indices.length / 3 : positions.length / 9))),
    points: sum(points.map(({ positions }) => positions.length / 3)),
    lines: sum(lines.map(({ positions }) => positions.length / 6)),
    labels: labels.length,
  }
}

/** The smallest box around everything; undefined for an empty model. */
export function boundsOf({
  meshes,
  points,
  lines,
}: SpaceModel): { readonly low: readonly number[]; readonly high: readonly number[] } | undefined {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { positions } of [...meshes, ...points, ...lines]) {
    for (let at = 0; at < positions.length; at += 1) {
      const value = positions[at]!
      if (!Number.isFinite(value)) continue
      const axis = at % 3
      low[axis] = Math.min(low[axis]!, value)
      high[axis] = Math.max(high[axis]!, value)
    }
  }
  return low.every(Number.isFinite) ? { low, high } : undefined
}
