import type { StrictJson } from '@lossline/protocol'
import { lookCount, type StyledRun } from '../chart/palette.ts'
import { formatCount, formatNumber } from '../text/format.ts'
import { hashText } from '../text/hash-text.ts'

/** By what runs get their colours where it is not their own number. */
export type RunColoring =
  | { readonly kind: 'own' }
  /** The more a run has of a key, the further along a scale. */
  | {
      readonly kind: 'scale'
      readonly key: string
      /** Where all buckets but the last one end, themselves included; ascending. One less than there are buckets. */
      readonly edges: readonly number[]
    }
  /** Runs with the same values of some keys look the same. */
  | {
      readonly kind: 'values'
      readonly keys: readonly string[]
      /** Values of all keys as one text; each has its look by its place. Others get one of the rest by their text. */
      readonly values: readonly string[]
      /** So many more there were when it was made. Default: none. */
      readonly moreCount?: number
    }

/** As runs themselves say. */
export const ownColoring: RunColoring = { kind: 'own' }
/** So many buckets a scale may have: fewer are no scale, and more cannot be told apart. */
export const bucketCounts = { least: 2, most: 8, usual: 6 } as const
/** So many values have a look of their own: one is left for all the others. */
const valueCountMax = lookCount - 1
/** Longer texts of values are cut, in UTF-16 code units. */
const valuesTextLengthMax = 120

/** The keys whose values runs are coloured by. */
export function coloringKeys(coloring: RunColoring): readonly string[] {
  return coloring.kind === 'own' ? noKeys : coloring.kind === 'scale' ? [coloring.key] : coloring.keys
}

const noKeys: readonly never[] = []

/**
 * A scale over numbers: each distinct one is a bucket of its own if there are few enough, else buckets hold equally many runs, or
 * where these share values, equally many values.
 *
 * @returns undefined without two different finite numbers.
 */
export function toScale(key: string, numbers: readonly number[], bucketCount: number): RunColoring | undefined {
  const sorted = numbers.filter(Number.isFinite).toSorted((a, b) => a - b)
  const distinct = [...new Set(sorted)]
  if (distinct.length < bucketCounts.least) return undefined
  if (distinct.length <= bucketCount) return { kind: 'scale', key, edges: distinct.slice(0, -1) }
  const ends = (of: readonly number[]): readonly number[] =>
    Array.from({ length: bucketCount - 1 }, (_, i) => of[Math.ceil(((i + 1) * of.length) / bucketCount) - 1]!)
  const byRuns = ends(sorted)
  const isClear = new Set([...byRuns, sorted.at(-1)]).size === bucketCount
  // One value that many runs share would take several buckets.
  return { kind: 'scale', key, edges: isClear ? byRuns : ends(distinct) }
}

/** One look for each of some values, in natural order; of too many, for those that are most frequent. */
export function toValueColoring(keys: readonly string[], values: readonly (readonly StrictJson[])[]): RunColoring {
  const counts = new Map<string, number>()
  for (const text of values.map(valuesText)) counts.set(text, (counts.get(text) ?? 0) + 1)
  const inOrder = [...counts.keys()].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const frequent = new Set(inOrder.toSorted((a, b) => counts.get(b)! - counts.get(a)!).slice(0, valueCountMax))
  const moreCount = inOrder.length - frequent.size
  const texts = inOrder.filter((text) => frequent.has(text))
  return { kind: 'values', keys, values: texts, ...(moreCount > 0 && { moreCount }) }
}

/** Values of several keys as one text; – for what is missing. Long ones end with a hash, by which they stay apart when cut. */
function valuesText(values: readonly StrictJson[]): string {
  const textOf = (value: StrictJson): string =>
    value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const text = values.map(textOf).join(', ')
  if (text.length <= valuesTextLengthMax) return text
  // Half a surrogate pair would not come back from the server as it went.
  return `${text.slice(0, valuesTextLengthMax).toWellFormed()}… #${hashText(text).toString(36)}`
}

/** How a run is drawn that has these values of the keys; its number gives the dash where the colour is of a scale. */
export function coloredLook(coloring: RunColoring, values: readonly StrictJson[], run: StyledRun): StyledRun {
  switch (coloring.kind) {
    case 'own':
      return { number: run.number, color: run.color }
    case 'scale':
      return { number: run.number, color: bucketColor(coloring, values[0] ?? null) }
    case 'values': {
      const text = valuesText(values)
      const place = coloring.values.indexOf(text)
      const number = place < 0 ? otherNumber(coloring.values.length, text) : place + 1
      return { number, color: '', isOfValue: true }
    }
  }
}

/** What the looks of a coloring stand for. */
export function coloringLegend(coloring: RunColoring): readonly { readonly label: string; readonly look: StyledRun }[] {
  switch (coloring.kind) {
    case 'own':
      return []
    case 'scale': {
      const { edges } = coloring
      const buckets = [...edges, undefined].map((edge, i) => {
        const before = edges[i - 1]
        const label =
          edge === undefined
            ? `> ${formatNumber(before ?? 0)}`
            : before === undefined
              ? `≤ ${formatNumber(edge)}`
              : `${formatNumber(before)} – ${formatNumber(edge)}`
        return { label, look: { number: 1, color: scaleColor(i, edges.length + 1) } }
      })
      return [...buckets, { label: 'No number', look: { number: 1, color: offScale } }]
    }
    case 'values': {
      const { values, moreCount = 0 } = coloring
      const legend = values.map((label, i) => ({ label, look: { number: i + 1, color: '', isOfValue: true } }))
      if (moreCount === 0) return legend
      return [
        ...legend,
        { label: formatCount(moreCount, 'more value'), look: { number: lookCount, color: '', isOfValue: true } },
      ]
    }
  }
}

/** The number of a look that none of so many known values has, while there are any. */
function otherNumber(knownCount: number, text: string): number {
  const freeCount = knownCount < lookCount ? lookCount - knownCount : lookCount
  return knownCount + 1 + (hashText(text) % freeCount)
}

/** Of what has no number. */
const offScale = 'scale-none'

/** A colour that `styleOfRun` knows: the place in a scale of so many. */
function scaleColor(bucket: number, count: number): string {
  return `scale-${bucket}-${count}`
}

function bucketColor({ edges }: Extract<RunColoring, { kind: 'scale' }>, value: StrictJson): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return offScale
  const bucket = edges.findIndex((edge) => value <= edge)
  return scaleColor(bucket < 0 ? edges.length : bucket, edges.length + 1)
}
