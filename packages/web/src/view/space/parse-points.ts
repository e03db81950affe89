import { parseJson } from '@lossline/protocol'
import { hues } from '../chart/palette.ts'
import { plainColor, type Rgb, type SpaceLabel, type SpaceLines, type SpaceModel, toLight } from './space-model.ts'

/** Corners of a box that an edge joins, where its corners come as W&B's examples have them: those that differ in one direction. */
const edges: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [0, 2],
  [1, 3],
  [4, 6],
  [5, 7],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
]

/**
 * A cloud of points in W&B's form (`.pts.json`): rows of x, y, z, maybe with a category or a colour, or a scene with boxes and
 * arrows around them.
 *
 * @throws Error that says what is wrong with it.
 */
export function parsePoints(text: string): SpaceModel {
  const json: unknown = parseJson(text)
  if (Array.isArray(json)) return toModel(json, [], [])
  if (typeof json !== 'object' || json === null) throw new Error('This file holds no points.')
  const { points = [], boxes = [], vectors = [] } = json as Record<string, unknown>
  if (!Array.isArray(points) || !Array.isArray(boxes) || !Array.isArray(vectors))
    throw new Error('Points, boxes and vectors of a scene are lists.')
  return toModel(points, boxes, vectors)
}

function toModel(rows: readonly unknown[], boxes: readonly unknown[], vectors: readonly unknown[]): SpaceModel {
  const positions = new Float32Array(rows.length * 3)
  const colors = new Float32Array(rows.length * 3)
  let missingCount = 0
  for (const [index, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length < 3) throw new Error(`Point ${index} is no row of three numbers or more.`)
    const place = row.slice(0, 3).map(toNumber)
    if (place.some((value) => !Number.isFinite(value))) missingCount += 1
    positions.set(place, index * 3)
    colors.set(colorOf(row), index * 3)
  }
  const readBoxes = boxes.map(readBox)
  const drawnBoxes = readBoxes.filter((box) => box !== undefined)
  const missingBoxCount = readBoxes.length - drawnBoxes.length
  return {
    meshes: [],
    points: rows.length === 0 ? [] : [{ positions, colors }],
    lines: [...drawnBoxes.map(({ lines }) => lines), ...(vectors.length === 0 ? [] : [readVectors(vectors)])],
    labels: drawnBoxes.flatMap(({ label }) => label ?? []),
    up: 'z',
    notes: [
      ...(missingCount === 0 ? [] : [`${missingCount} of the points are not finite and not drawn.`]),
      ...(missingBoxCount === 0 ? [] : [`${missingBoxCount} of the boxes are not finite and not drawn.`]),
    ],
  }
}

/** A row has a category as its fourth number, or red, green and blue from 0 to 255. */
function colorOf(row: readonly unknown[]): Rgb {
  if (row.length >= 6) return fromBytes(row.slice(3, 6))
  if (row.length === 4) return categoryColor(toNumber(row[3]))
  return plainColor
}

function categoryColor(category: number): Rgb {
  const hex = hues[(((Math.trunc(category) - 1) % hues.length) + hues.length) % hues.length]?.dark
  return hex === undefined ? plainColor : toRgb(hex)
}

function toRgb(hex: string): Rgb {
  return fromBytes([1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)))
}

function fromBytes(channels: readonly unknown[]): Rgb {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = channels.map((channel) => toNumber(channel) / 255)
  return [red, green, blue].every(Number.isFinite) ? [toLight(red), toLight(green), toLight(blue)] : plainColor
}

interface ReadBox {
  readonly lines: SpaceLines
  readonly label: SpaceLabel | undefined
}

/** Undefined where a corner is nowhere. @throws Error for what is no box. */
function readBox(box: unknown, index: number): ReadBox | undefined {
  const { corners, label, color, score } = (typeof box === 'object' && box !== null ? box : {}) as Record<
    string,
    unknown
  >
  const places = Array.isArray(corners) ? corners.map(toPlace) : []
  if (places.length !== 8) throw new Error(`Box ${index} does not have 8 corners.`)
  if (!places.every(isFinitePlace)) return undefined
  const own: Rgb = Array.isArray(color) ? fromBytes(color) : plainColor
  const text = [
    ...(typeof label === 'string' && label !== '' ? [label] : []),
    ...(typeof score === 'number' ? [score.toPrecision(2)] : []),
  ].join(' ')
  return {
    lines: { positions: Float32Array.from(edgesOf(places).flatMap((ends) => ends.flat())), color: own },
    label: text === '' ? undefined : { position: places[7]!, text },
  }
}

type Place = readonly [x: number, y: number, z: number]

/** Programs give corners in several orders: each corner is joined with the three that make the usual box, else with the nearest. */
function edgesOf(places: readonly Place[]): readonly (readonly [Place, Place])[] {
  const usual = edges.map(([from, to]) => [places[from]!, places[to]!] as const)
  const length = ([a, b]: readonly [Place, Place]): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  const nearest = nearestEdges(places)
  const total = (list: readonly (readonly [Place, Place])[]): number =>
    list.reduce((sum, edge) => sum + length(edge), 0)
  return total(nearest) < total(usual) * 0.999 ? nearest : usual
}

/** The twelve shortest of the lines that leave three at each corner. */
function nearestEdges(places: readonly Place[]): readonly (readonly [Place, Place])[] {
  const all = places.flatMap((a, from) =>
    places.slice(from + 1).map((b, offset) => ({
      from,
      to: from + 1 + offset,
      length: Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]),
    })),
  )
  const counts = new Array<number>(8).fill(0)
  const chosen: (readonly [Place, Place])[] = []
  for (const { from, to } of all.sort((a, b) => a.length - b.length)) {
    if (counts[from]! >= 3 || counts[to]! >= 3) continue
    counts[from]! += 1
    counts[to]! += 1
    chosen.push([places[from]!, places[to]!])
  }
  return chosen.length === 12 ? chosen : edges.map(([from, to]) => [places[from]!, places[to]!] as const)
}

function readVectors(vectors: readonly unknown[]): SpaceLines {
  const ends = vectors.flatMap((vector) => {
    const { start, end } = (typeof vector === 'object' && vector !== null ? vector : {}) as Record<string, unknown>
    const places = [toPlace(start), toPlace(end)]
    return places.every(isFinitePlace) ? places.flat() : []
  })
  return { positions: Float32Array.from(ends), color: [0.95, 0.75, 0.2] }
}

function toPlace(value: unknown): Place {
  const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = Array.isArray(value) ? value.map(toNumber) : []
  return [x, y, z]
}

function isFinitePlace(place: Place): boolean {
  return place.every(Number.isFinite)
}

/** NaN for what is no number: `null` is nothing, and not the origin. */
function toNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN
}
