import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { toCsv, toJson, toTableRows } from '../../chart/chart-table.ts'
import { type ChartOrigin, csvNames, pictureNotes } from '../../chart/export/export-words.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import { xName } from '../../view/chart/x-axis.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { ChartExportMenu } from './chart-export-menu.tsx'

/** Downloads of what a chart is at the moment when somebody wants them. */
export function ChartExport(props: {
  readonly address: ProjectAddress
  readonly panel: PanelInfo
  readonly current: () => Chart
  /** Of the plot, CSS pixels: that of a picture is as large, or larger. */
  readonly width: number
  readonly height: number
}): ReactElement {
  const { address, panel, current, width, height } = props
  const rows = () => toTableRows([...current().model.lines, ...current().model.members], current().zoomX)
  const origin = (): ChartOrigin => ({ ...current(), title: panel.title })
  return (
    <ChartExportMenu
      address={address}
      csv={() => toCsv(rows(), xName(current().x), csvNames(origin()))}
      json={() => toJson(rows())}
      picture={() => {
        const { content } = current().model
        const { title } = panel
        return content && { title, notes: pictureNotes(origin()), xName: xName(current().x), content, width, height }
      }}
      points={() => {
        const { values, runIds, x, join } = current()
        return { values, runIds, stream: panel.stream, x, join }
      }}
      title={panel.title}
    />
  )
}
