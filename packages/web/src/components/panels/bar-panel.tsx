import type { RunSummary } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { usePanelMetric } from '../../hooks/runs/use-panel-metric.ts'
import { useRunGroups } from '../../hooks/runs/use-run-groups.ts'
import { useRunNumbers } from '../../hooks/runs/use-run-numbers.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import type { BarConfig } from '../../view/panels/bar-panel.ts'
import { type Bar, barGroups, toBars } from '../../view/panels/bars.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import { toRunParts } from '../../view/panels/run-groups.ts'
import { toValueSource } from '../../view/panels/value-source.ts'
import { namesWithSets } from '../../view/runs/drawn-sets.ts'
import { formatCount } from '../../view/text/format.ts'
import { formatValue } from '../../view/text/unit.ts'
import { BarRows } from './bar-rows.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** One number of each visible run, or of groups of them, as bars, boxes or violins. */
export function BarPanel({ config, panel, context, menu }: PanelProps<BarConfig>): ReactElement {
  const { address, runs, metrics, view } = context
  const { metrics: names, reduction, grouping, shape, barCountMax } = config
  const [name] = names
  const source = useMemo(() => (name === undefined ? undefined : toValueSource(name, metrics)), [name, metrics])
  const metric = usePanelMetric(context, source)
  const unit = metric?.unit ?? ''
  const numbers = useRunNumbers(address, runs, source, reduction)
  const { runSets } = context
  const parts = useMemo(
    () => toRunParts(runs, { keys: config.groupBy, groupBy: view.groupBy, sets: runSets }),
    [runs, config.groupBy, view.groupBy, runSets],
  )
  const groupBy = useMemo(() => [...new Set(parts.flatMap(({ keys }) => keys))], [parts])
  const grouped = useRunGroups(address, parts)
  const all = useMemo(() => {
    if (groupBy.length > 0 && grouped === undefined) return []
    const names = runSets && namesWithSets(runSets)
    const named = (run: RunSummary): RunSummary => ({ ...run, displayName: names?.get(run.runId) ?? run.displayName })
    return toBars(runs.map(named), grouped && barGroups(grouped, groupBy, parts.length > 1), numbers.values, grouping)
  }, [runs, runSets, grouped, groupBy, parts, numbers.values, grouping])
  const bars = all.slice(0, barCountMax)
  const isGrouped = grouped !== undefined
  const drawn = isGrouped ? shape : 'bar'
  const noun = isGrouped ? 'group' : 'run'
  return (
    <PanelFrame
      about={metric && { address, metric }}
      menu={menu}
      note={noteOf(bars.length, all.length, isGrouped ? groupBy : [])}
      summary={summarize(panel.title, bars, noun, unit)}
      table={toTable(bars, name ?? '', isGrouped)}
      title={panel.title}
    >
      {panelWaiting(numbers, bars.length > 0, panel.title) ??
        (bars.length === 0 ? (
          <PanelMessage>No visible run has a number for {name ?? 'it'}.</PanelMessage>
        ) : (
          <BarRows address={address} bars={bars} config={config} shape={drawn} unit={unit} />
        ))}
    </PanelFrame>
  )
}

function noteOf(shownCount: number, count: number, groupBy: readonly string[]): string | undefined {
  const parts = [
    ...(groupBy.length === 1 ? [`by ${shortKey(groupBy[0]!)}`] : []),
    ...(shownCount < count ? [`${shownCount} of ${count}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : undefined
}

function summarize(title: string, bars: readonly Bar[], noun: string, unit: string): string {
  if (bars.length === 0) return `Bar chart of ${title} without numbers.`
  const sorted = bars.toSorted((a, b) => a.spread.value - b.spread.value)
  const say = ({ label, spread }: Bar): string => `${formatValue(spread.value, unit)}, ${label}`
  return `Bar chart of ${title}, ${formatCount(bars.length, noun)}. Lowest ${say(sorted[0]!)}. Highest ${say(sorted.at(-1)!)}.`
}

function toTable(bars: readonly Bar[], name: string, isGrouped: boolean): PanelTable {
  if (!isGrouped) return { columns: ['Run', name], rows: bars.map(({ label, spread }) => [label, spread.value]) }
  return {
    columns: ['Group', name, 'Low', 'High', 'n'],
    rows: bars.map(({ label, spread: { value, low, high, count } }) => [label, value, low ?? '', high ?? '', count]),
  }
}
