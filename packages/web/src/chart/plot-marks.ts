import type { Range } from '../view/address/url-state.ts'
import { createAxis } from './projection.ts'

/** What a mark stands for, told by its shape. */
export type MarkShape = 'resumed' | 'forked' | 'finished' | 'failed' | 'artifact' | 'alert'

/** Something that happened in a run, at the foot of its chart. */
export interface PlotMark {
  readonly runId: string
  readonly x: number
  readonly color: string
  readonly shape: MarkShape
  /** In words, with the name of the run. */
  readonly text: string
}

/** The best point of a line. */
export interface PlotPin {
  readonly runId: string
  readonly x: number
  readonly y: number
  readonly color: string
  readonly text: string
}

/** Marks that stand too close together to be told apart by a pointer. */
export interface MarkCluster {
  /** Where it is from the left edge of the plot to its right one, 0…1. */
  readonly share: number
  /** Of its first mark. */
  readonly x: number
  readonly marks: readonly PlotMark[]
}

/** Least distance between two buttons, CSS pixels: as wide as a target should be. */
const clusterDistance = 24

/** Marks of runs that have a line: what happened in another run says nothing of the chart. */
export function marksOfLines(
  marks: readonly PlotMark[],
  lines: readonly { readonly runId: string }[],
): readonly PlotMark[] {
  const runIds = new Set(lines.map(({ runId }) => runId))
  return marks.filter(({ runId }) => runIds.has(runId))
}

/**
 * The marks in view from left to right, close ones together.
 *
 * @param distance - Marks nearer to the first of a cluster belong to it; in the unit of `view.width`.
 */
export function clusterMarks(
  marks: readonly PlotMark[],
  view: { readonly x: Range; readonly isLogX: boolean; readonly width: number },
  distance: number = clusterDistance,
): readonly MarkCluster[] {
  const { to } = createAxis(view.x, view.isLogX ? 'log' : 'linear', 0, view.width)
  const clusters: { left: number; x: number; marks: PlotMark[] }[] = []
  const inView = marks
    .map((mark) => ({ mark, left: to(mark.x) }))
    .filter(({ left }) => left >= 0 && left <= view.width)
    .sort((a, b) => a.left - b.left)
  for (const { mark, left } of inView) {
    const last = clusters.at(-1)
    if (last && left - last.left < distance) last.marks.push(mark)
    else clusters.push({ left, x: mark.x, marks: [mark] })
  }
  return clusters.map(({ left, x, marks }) => ({ share: left / view.width, x, marks }))
}

/** From what people want to know first to what is as expected. */
const shapesByWeight: readonly MarkShape[] = ['failed', 'alert', 'forked', 'resumed', 'artifact', 'finished']

/** What the shapes of marks look like in a text, and what they stand for. */
const shapeTexts: { readonly [shape in MarkShape]: readonly [sign: string, name: string] } = {
  failed: ['×', 'failed or stopped'],
  alert: ['▲', 'alert'],
  forked: ['∨', 'forked or gone back'],
  resumed: ['▶', 'resumed'],
  artifact: ['◆', 'artifact logged'],
  finished: ['■', 'finished'],
}

/** What the marks of a chart mean, such as `◆ artifact logged · ■ finished`; empty without any. */
export function markLegend(marks: readonly Pick<PlotMark, 'shape'>[]): string {
  const there = new Set(marks.map(({ shape }) => shape))
  const known = shapesByWeight.filter((shape) => there.has(shape)).map((shape) => shapeTexts[shape].join(' '))
  return known.join(' · ')
}

/** At most `count` of some marks: one of each kind before the second of another, so that many ends hide no alert. */
export function foremostMarks(marks: readonly PlotMark[], count: number): readonly PlotMark[] {
  const nth = new Map<MarkShape, number>()
  const ranked = marks.map((mark) => {
    const place = nth.get(mark.shape) ?? 0
    nth.set(mark.shape, place + 1)
    return { mark, rank: place * shapesByWeight.length + shapesByWeight.indexOf(mark.shape) }
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ mark }) => mark)
}

/** What stands within `reach` of an x, in words, nearest first. */
export function notesNear(
  notes: readonly { readonly x: number; readonly text: string }[],
  toLeft: (x: number) => number,
  left: number,
  reach: number,
): readonly string[] {
  return notes
    .map(({ x, text }) => ({ text, away: Math.abs(toLeft(x) - left) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away)
    .map(({ text }) => text)
}
