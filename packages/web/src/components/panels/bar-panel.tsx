import type { RunSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRunGroups } from '../../hooks/use-run-groups.ts'
import { useRunNumbers } from '../../hooks/use-run-numbers.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { formatCount, formatNumber } from '../../view/format.ts'
import { runStyle } from '../../view/palette.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import type { BarConfig } from '../../view/panels/bar-panel.ts'
import { type Bar, barAxis, toBars } from '../../view/panels/bars.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import { toValueSource } from '../../view/panels/value-source.ts'
import { BarMark } from './bar-mark.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** One number of each visible run, or of groups of them, as bars, boxes or violins. */
export function BarPanel({ config, panel, context, menu }: PanelProps<BarConfig>): ReactElement {
  const { address, runs, metrics, view } = context
  const { metrics: names, reduction, grouping, shape, barCountMax } = config
  const [name] = names
  const source = useMemo(() => (name === undefined ? undefined : toValueSource(name, metrics)), [name, metrics])
  const numbers = useRunNumbers(address, runs, source, reduction)
  const groupBy = config.groupBy ?? view.groupBy
  const groups = useRunGroups(address, groupBy, runs)
  const all = useMemo(() => {
    if (groupBy.length > 0 && groups === undefined) return []
    const named = groupBy.length === 1 ? groups?.map((group) => ({ ...group, name: valueAlone(group.name) })) : groups
    return toBars(runs as readonly RunSummary[], named, numbers.values, grouping)
  }, [runs, groups, groupBy, numbers.values, grouping])
  const bars = all.slice(0, barCountMax)
  const isGrouped = groups !== undefined
  const drawn = isGrouped ? shape : 'bar'
  const axis = barAxis(bars, { hasZero: drawn === 'bar', min: config.min, max: config.max })
  const noun = isGrouped ? 'group' : 'run'
  return (
    <PanelFrame
      menu={menu}
      note={noteOf(bars.length, all.length, isGrouped ? groupBy : [])}
      summary={summarize(panel.title, bars, noun)}
      table={toTable(bars, name ?? '', isGrouped)}
      title={panel.title}
    >
      {panelWaiting(numbers, bars.length > 0, panel.title) ??
        (bars.length === 0 ? (
          <PanelMessage>No visible run has a number for {name ?? 'it'}.</PanelMessage>
        ) : (
          <ul className="grid gap-1 px-3 pb-3">
            {bars.map((bar) => (
              <BarRow address={address} axis={axis} bar={bar} key={bar.id} shape={drawn} />
            ))}
          </ul>
        ))}
    </PanelFrame>
  )
}

function BarRow(props: {
  readonly address: ProjectAddress
  readonly bar: Bar
  readonly axis: { readonly low: number; readonly high: number }
  readonly shape: BarConfig['shape']
}): ReactElement {
  const { address, bar, axis, shape } = props
  const theme = useTheme()
  const { value, low, high, count } = bar.spread
  const range = low === undefined || high === undefined ? '' : `, ${formatNumber(low)} to ${formatNumber(high)}`
  return (
    <li
      className="grid min-h-6 grid-cols-[minmax(0,30%)_minmax(0,1fr)_auto] items-center gap-2"
      title={`${bar.label}: ${formatNumber(value)}${count > 1 ? `${range}, n = ${count}` : ''}`}
    >
      <span className="truncate text-right">
        {bar.runId === undefined ? (
          bar.label
        ) : (
          <Link
            className="hover:underline"
            params={{ ...address, runId: bar.runId }}
            to="/$entity/$project/runs/$runId"
          >
            {bar.label}
          </Link>
        )}
      </span>
      <BarMark axis={axis} bar={bar} color={runStyle(bar.number, theme).color} shape={shape} />
      <span className="text-right">
        {formatNumber(value)}
        {count > 1 && <span className="text-muted text-sm"> n = {count}</span>}
      </span>
    </li>
  )
}

function noteOf(shownCount: number, count: number, groupBy: readonly string[]): string | undefined {
  const parts = [
    ...(groupBy.length === 1 ? [`by ${shortKey(groupBy[0]!)}`] : []),
    ...(shownCount < count ? [`${shownCount} of ${count}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : undefined
}

/** `adam` of `optimizer = adam`: where runs are put together by one key, its name would stand before each value. */
function valueAlone(name: string): string {
  return name.slice(name.indexOf(' = ') + 3)
}

function summarize(title: string, bars: readonly Bar[], noun: string): string {
  if (bars.length === 0) return `Bar chart of ${title} without numbers.`
  const sorted = bars.toSorted((a, b) => a.spread.value - b.spread.value)
  const say = ({ label, spread }: Bar): string => `${formatNumber(spread.value)}, ${label}`
  return `Bar chart of ${title}, ${formatCount(bars.length, noun)}. Lowest ${say(sorted[0]!)}. Highest ${say(sorted.at(-1)!)}.`
}

function toTable(bars: readonly Bar[], name: string, isGrouped: boolean): PanelTable {
  if (!isGrouped) return { columns: ['Run', name], rows: bars.map(({ label, spread }) => [label, spread.value]) }
  return {
    columns: ['Group', name, 'Low', 'High', 'n'],
    rows: bars.map(({ label, spread: { value, low, high, count } }) => [label, value, low ?? '', high ?? '', count]),
  }
}
