import type { ReactElement } from 'react'
import type { CustomChart } from '../../view/vega/custom-chart.ts'
import { BarList } from '../chart/bar-chart.tsx'
import { MatrixChart } from '../chart/matrix-chart.tsx'
import { XyPlot } from '../chart/xy-chart.tsx'
import { HistogramBars } from '../histogram/histogram-bars.tsx'

/** A chart of W&B's presets. */
export function CustomChartDrawing(props: {
  readonly chart: CustomChart
  readonly label: string
  readonly preset: string
}): ReactElement {
  const { chart, label, preset } = props
  switch (chart.kind) {
    case 'matrix':
      return <MatrixChart label={label} matrix={chart} />
    case 'lines':
    case 'points':
      return <XyPlot chart={chart} label={label} />
    case 'bars':
      return <BarList chart={chart} label={label} />
    case 'histogram':
      return <HistogramBars counts={chart.counts} edges={chart.edges} label={chart.valueName} />
    case 'undrawn':
      return (
        <p className="text-muted">
          {chart.reason === 'preset'
            ? `Charts of the kind ${preset} are not drawn here; the table behind this one is a click away.`
            : `The table has no column ${chart.missing.map((name) => `“${name}”`).join(', ')}, which this chart shows.`}
        </p>
      )
  }
}
