import { hues, type Theme } from '../chart/palette.ts'

/** What specs do not say themselves, in the page's colours. */
export function vegaTheme(theme: Theme, color: (name: string) => string): object {
  const [text, muted, grid] = [color('--text'), color('--muted'), color('--grid')]
  const range = hues.map((hue) => hue[theme])
  return {
    background: null,
    font: 'system-ui, sans-serif',
    axis: {
      labelColor: muted,
      titleColor: muted,
      gridColor: grid,
      domainColor: grid,
      tickColor: grid,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 'normal',
    },
    legend: { labelColor: text, titleColor: muted, labelFontSize: 11, titleFontSize: 11 },
    title: { color: text, fontSize: 12 },
    header: { labelColor: text, titleColor: muted },
    view: { stroke: null },
    mark: { color: range[0] },
    style: { 'guide-label': { fill: muted }, 'guide-title': { fill: muted } },
    range: {
      category: range,
      heatmap: { scheme: 'viridis' },
      ramp: { scheme: 'viridis' },
      diverging: { scheme: 'blueorange' },
    },
  }
}
