import { sequentialMarkColor } from './sequential-color.ts'

/** One of the page's two colour schemes. */
export type Theme = 'light' | 'dark'

/** How a run's line is drawn, everywhere: colour by theme, and a dash so that colour is never alone. */
export interface RunStyle {
  readonly color: string
  /** Lengths of strokes and gaps in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[]
  /** CSS pixels. Bright lines look thinner on dark than dark ones on white. */
  readonly width: number
  readonly dashName: 'solid' | 'long dash' | 'short dash' | 'dash-dot'
}

/**
 * Eight hues. Neighbours in the list are far apart, as runs made one after the other are the ones compared. A test holds the set
 * to ≥ 3:1 against the panel and ≥ 0.09 OKLab between any two, also in the eyes of people who miss one kind of cone.
 */
export const hues: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#4588f7', dark: '#4f99d6' },
  { light: '#ac5107', dark: '#c7692c' },
  { light: '#24326b', dark: '#bce4ff' },
  { light: '#6f0000', dark: '#f68675' },
  { light: '#36499f', dark: '#8abee8' },
  { light: '#a4893e', dark: '#f5cc58' },
  { light: '#5d496b', dark: '#878291' },
  { light: '#4f7a63', dark: '#3cf4a7' },
]

/** What people call the hues, in their order; light and dark forms share a name. */
export const hueNames: readonly string[] = ['Blue', 'Orange', 'Navy', 'Red', 'Indigo', 'Gold', 'Plum', 'Green']

/** What lines are drawn on. */
export const panelBackground: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#16181d' }

const dashes: readonly Pick<RunStyle, 'dash' | 'dashName'>[] = [
  { dash: [], dashName: 'solid' },
  { dash: [8, 4], dashName: 'long dash' },
  { dash: [3, 3], dashName: 'short dash' },
  { dash: [7, 3, 1.5, 3], dashName: 'dash-dot' },
]

/**
 * The style of the run with this creation number (from 1 on). Depends on nothing else, so filters, order and deleted runs do not
 * change it. 32 combinations before one repeats.
 */
export function runStyle(number: number, theme: Theme): RunStyle {
  const index = Math.max(0, Math.trunc(number) - 1)
  const hue = hues[index % hues.length] as (typeof hues)[number]
  const dash = dashes[Math.floor(index / hues.length) % dashes.length] as (typeof dashes)[number]
  return { color: hue[theme], width: theme === 'dark' ? 1.75 : 1.5, ...dash }
}

/** Looks that differ: 8 hues, 4 dashes. */
export const lookCount = hues.length * dashes.length

/** What of a run says how it is drawn. */
export interface StyledRun {
  readonly number: number
  /** The number is that of a value by which runs are coloured: all with that value look so. */
  readonly isOfValue?: boolean
  /**
   * `#rrggbb`, another CSS colour of a view, `hue-1` … `hue-8`, `scale-0-6` … `scale-5-6` for places on a scale of so many,
   * `scale-none` for none on it, or '' for the one that comes from its number.
   */
  readonly color: string
}

/** Grey in both themes: what has no place on a scale. */
const offScale = '#808080'

/** The style of a run: that of its number, in the colour that somebody gave it. */
export function styleOfRun({ number, color }: StyledRun, theme: Theme): RunStyle {
  const style = runStyle(number, theme)
  if (color === '') return style
  if (color === 'scale-none') return { ...style, color: offScale }
  const bucket = /^scale-(\d)-(\d)$/.exec(color)
  if (bucket) {
    const [place, count] = [Number(bucket[1]), Number(bucket[2])]
    return { ...style, color: sequentialMarkColor(count < 2 ? 0 : place / (count - 1), theme) }
  }
  const hue = /^hue-([1-8])$/.exec(color)
  return { ...style, color: hue ? hues[Number(hue[1]) - 1]![theme] : color }
}

/** A run's colour and dash from left to right, as a background of CSS. */
export function dashGradient({ color, dash }: Pick<RunStyle, 'color' | 'dash'>): string {
  if (dash.length === 0) return color
  // Of an odd number the second round has lines where the first one has gaps.
  const lengths = dash.length % 2 === 0 ? dash : [...dash, ...dash]
  let at = 0
  const stops = lengths.map((length, i) => {
    const from = at
    at += length
    return `${i % 2 === 0 ? color : 'transparent'} ${from}px ${at}px`
  })
  return `repeating-linear-gradient(90deg, ${stops.join(', ')})`
}
