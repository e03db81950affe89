import { Download } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { loadAllPoints, type PointsOfChart } from '../../api/all-points.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { type PictureChoice, toPicture, toPng, toSvg } from '../../chart/export/export-chart.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { download } from '../../view/browser/download.ts'
import type { Theme } from '../../view/chart/palette.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

/** The chart as it is now; undefined: nothing is drawn. */
export type ChartPicture = Parameters<typeof toPicture>[0]

/** Saves a chart as a picture, as vectors, or as its values. */
export function ChartExportMenu(props: {
  readonly title: string
  readonly address: ProjectAddress
  /** What it is of, for whoever wants every point. */
  readonly points: () => PointsOfChart
  readonly picture: () => ChartPicture | undefined
  /** The values that are drawn, as texts. */
  readonly csv: () => string
  readonly json: () => string
}): ReactElement {
  return (
    <PopoverButton
      className="icon-button"
      face={<Download size={14} />}
      label={`Download ${props.title}`}
      panelClassName="w-60 p-3"
    >
      {(close) => <ExportChoices {...props} close={close} />}
    </PopoverButton>
  )
}

const scales = [1, 2, 3, 4] as const

function ExportChoices(props: {
  readonly title: string
  readonly address: ProjectAddress
  /** What it is of, for whoever wants every point. */
  readonly points: () => PointsOfChart
  readonly picture: () => ChartPicture | undefined
  /** The values that are drawn, as texts. */
  readonly csv: () => string
  readonly json: () => string
  readonly close: () => void
}): ReactElement {
  const { title, address, points, picture, csv, json, close } = props
  const { toasts } = useServices()
  const [choice, setChoice] = useState<PictureChoice>({ theme: useTheme(), isTransparent: false })
  const saving = (save: (chart: ChartPicture) => Promise<void> | void) => async (): Promise<void> => {
    close()
    try {
      const chart = picture()
      if (chart) await save(chart)
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  const savePng = (scale: number) =>
    saving(async (chart) => download(`${title}.png`, await toPng(toPicture(chart, choice), scale), 'image/png'))
  const saveSvg = saving((chart) => download(`${title}.svg`, toSvg(toPicture(chart, choice)), 'image/svg+xml'))
  const saveAll = async (format: 'csv' | 'json'): Promise<void> => {
    close()
    try {
      for await (const { name, content } of loadAllPoints(address, points(), format)) download(name, content, '')
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  const copy = saving(async (chart) => {
    const png = await toPng(toPicture(chart, choice), 2)
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
    toasts.show('Picture copied')
  })
  return (
    <div className="grid gap-2">
      <label className="flex items-center justify-between gap-2">
        Theme
        <select
          className="control"
          // One of the two options.
          onChange={({ target }) => setChoice({ ...choice, theme: target.value as Theme })}
          value={choice.theme}
        >
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
      <label className="flex items-center gap-2">
        <input
          checked={choice.isTransparent}
          className="size-4 accent-accent"
          onChange={({ target }) => setChoice({ ...choice, isTransparent: target.checked })}
          type="checkbox"
        />
        Transparent background
      </label>
      <div className="flex flex-wrap gap-1.5">
        {scales.map((scale) => (
          <button className="button" key={scale} onClick={() => void savePng(scale)()} type="button">
            PNG {scale}×
          </button>
        ))}
        <button className="button" onClick={() => void saveSvg()} type="button">
          SVG
        </button>
        <button
          className="button"
          onClick={() => {
            close()
            download(`${title}.csv`, csv(), 'text/csv')
          }}
          type="button"
        >
          CSV
        </button>
        <button
          className="button"
          onClick={() => {
            close()
            download(`${title}.json`, json(), 'application/json')
          }}
          type="button"
        >
          JSON
        </button>
        {(['csv', 'json'] as const).map((format) => (
          <button className="button" key={format} onClick={() => void saveAll(format)} type="button">
            All points {format.toUpperCase()}
          </button>
        ))}
        {/* Pages of plain http on a network have no such clipboard. */}
        {'clipboard' in navigator && 'ClipboardItem' in window && (
          <button className="button" onClick={() => void copy()} type="button">
            Copy picture
          </button>
        )}
      </div>
    </div>
  )
}
