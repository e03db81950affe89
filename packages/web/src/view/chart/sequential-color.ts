import type { Theme } from './palette.ts'

/** Stops of the viridis colour map (CC0, by Nathaniel Smith and Stéfan van der Walt), at even distances. */
const stops = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
]

/** A colour for a share from 0 to 1: darker for less. */
export function sequentialColor(share: number): string {
  return `rgb(${sequentialChannels(share).join(' ')})`
}

/** The same as red, green and blue, 0…255. */
export function sequentialChannels(share: number): readonly [red: number, green: number, blue: number] {
  const at = Math.max(0, Math.min(1, share)) * (stops.length - 1)
  const [from, to] = [stops[Math.floor(at)]!, stops[Math.ceil(at)]!]
  const part = at - Math.floor(at)
  const channel = (start: number): number => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(start, start + 2), 16)) as [number, number]
    return Math.round(a + (b - a) * part)
  }
  return [channel(1), channel(3), channel(5)]
}

/**
 * The part of the scale that stands out from the panel: its dark end is nearly as dark as the dark panel, its bright end nearly as
 * bright as the light one. A test holds both to ≥ 3:1.
 */
const markShares: Readonly<Record<Theme, readonly [least: number, most: number]>> = {
  light: [0, 0.58],
  dark: [0.35, 1],
}

/** The colour of a dot or a line for a share from 0 to 1: darker for less, and never too near the panel's own. */
export function sequentialMarkColor(share: number, theme: Theme): string {
  const [least, most] = markShares[theme]
  return sequentialColor(least + (most - least) * Math.max(0, Math.min(1, share)))
}
