/** How values are spread on a y axis. `symlog`: logarithmic away from 0 on both sides, linear around it. */
export const yScales = ['linear', 'log', 'symlog'] as const
export type YScale = (typeof yScales)[number]

/** What people call them. */
export const yScaleNames: Readonly<Record<YScale, string>> = {
  linear: 'Linear',
  log: 'Logarithmic',
  symlog: 'Symlog (also ≤ 0)',
}

/** Any other text is no scale. */
export function parseYScale(text: string | undefined): YScale | undefined {
  return yScales.find((scale) => scale === text)
}

/** What the key and the button for log axes make of a scale: any that is not linear becomes linear. */
export function toggledLog(scale: YScale): YScale {
  return scale === 'linear' ? 'log' : 'linear'
}
