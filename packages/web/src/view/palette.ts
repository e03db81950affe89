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

/** The colour of a class of boxes or masks; on pictures, which no theme changes, it is the same in both. */
export function classColor(classId: number): string {
  const index = ((Math.trunc(classId) % hues.length) + hues.length) % hues.length
  return (hues[index] as (typeof hues)[number]).light
}

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
