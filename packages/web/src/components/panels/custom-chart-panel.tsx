import { type ReactElement, useMemo, useState } from 'react'
import { useChartRows } from '../../hooks/chart/use-chart-rows.ts'
import { useChartTables } from '../../hooks/chart/use-chart-tables.ts'
import { bothStates, useRunsHaving } from '../../hooks/media/use-run-contents.ts'
import { chartRowsTable } from '../../view/panels/chart-tables.ts'
import type { CustomChartConfig } from '../../view/panels/custom-chart-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { tableRows } from '../../view/vega/chart-rows.ts'
import { mergeCharts, toCustomChart } from '../../view/vega/custom-chart.ts'
import { findPreset } from '../../view/vega/custom-chart-presets.ts'
import { CustomChartDrawing } from '../custom-charts/custom-chart-drawing.tsx'
import { SpecChart } from '../vega/spec-chart.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { RunChoice } from './run-choice.tsx'

/** Of more runs a chart of tables shows the first. */
const runCountMax = 20

/** A custom chart over the visible runs: a preset of W&B drawn here, or a spec drawn by Vega. */
export function CustomChartPanel(props: PanelProps<CustomChartConfig>): ReactElement {
  const { config } = props
  const isPreset = config.specText === undefined && findPreset(config.definitionId ?? '') !== undefined
  return isPreset ? <PresetPanel {...props} /> : <SpecPanel {...props} />
}

type Runs = PanelProps['context']['runs']

function useFewRuns(all: Runs): readonly [runs: Runs, note: string | undefined] {
  const runs = useMemo(() => all.slice(0, runCountMax), [all])
  return [runs, runs.length < all.length ? `${runs.length} of ${all.length} runs` : undefined]
}

function SpecPanel({ config, panel, context, menu }: PanelProps<CustomChartConfig>): ReactElement {
  const [runs, note] = useFewRuns(context.runs)
  const data = useChartRows(context.address, runs, config.query)
  const summary = `${panel.title} of ${formatCount(runs.length, 'run')}, ${formatCount(data.rows.length, 'row')}.`
  return (
    <PanelFrame menu={menu} note={note} summary={summary} table={chartRowsTable(data.rows)} title={panel.title}>
      <div className="h-full px-3 pb-3">
        <SpecChart config={config} data={data} title={panel.title} />
      </div>
    </PanelFrame>
  )
}

function PresetPanel({ config, panel, context, menu }: PanelProps<CustomChartConfig>): ReactElement {
  const keys = useMemo(() => (config.query.table === undefined ? [] : [config.query.table]), [config.query.table])
  const having = useRunsHaving(context.address, context.runs, keys)
  const [runs, note] = useFewRuns(having.runs)
  const found = useChartTables(context.address, runs, config.query.table)
  const { tables } = found
  const [chosenId, setChosenId] = useState<string>()
  const { definitionId: preset = '', fields, texts } = config
  const charts = useMemo(
    () =>
      tables.map(({ run, table }) => ({
        run,
        chart: toCustomChart({ preset, fields, texts }, table),
      })),
    [tables, preset, fields, texts],
  )
  const merged = useMemo(() => mergeCharts(charts), [charts])
  const chosen = charts.find(({ run }) => run.runId === chosenId) ?? charts[0]
  const chart = merged ?? chosen?.chart
  const table = useMemo(
    () =>
      chartRowsTable(
        tables
          .filter(({ run }) => merged !== undefined || run.runId === chosen?.run.runId)
          .flatMap(({ run, table: rows }) => tableRows(rows, { name: run.displayName })),
      ),
    [tables, merged, chosen?.run.runId],
  )
  return (
    <PanelFrame
      menu={menu}
      note={
        merged === undefined && charts.length > 1 ? (
          <RunChoice
            chosenId={chosen?.run.runId}
            onChoose={setChosenId}
            runs={charts.map(({ run }) => run)}
            title={panel.title}
          />
        ) : (
          note
        )
      }
      summary={`${panel.title} of ${charts.length === 1 ? 'one run' : `${charts.length} runs`}.`}
      table={table}
      title={panel.title}
    >
      <div className="flex h-full flex-col px-3 pb-3">
        {chart ? (
          <CustomChartDrawing chart={chart} label={panel.title} preset={preset} />
        ) : (
          (panelWaiting(bothStates(having, found), false, panel.title) ?? (
            <PanelMessage>None of the visible runs has logged this chart.</PanelMessage>
          ))
        )}
      </div>
    </PanelFrame>
  )
}
