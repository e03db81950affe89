import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactElement, useMemo } from 'react'
import { usePanelMetric } from '../../hooks/runs/use-panel-metric.ts'
import { useRunNumbers } from '../../hooks/runs/use-run-numbers.ts'
import { spreadOf } from '../../view/panels/number-spread.ts'
import type { ScalarConfig } from '../../view/panels/scalar-panel.ts'
import { runReductions, toValueSource } from '../../view/panels/value-source.ts'
import { formatCount } from '../../view/text/format.ts'
import { formatValue } from '../../view/text/unit.ts'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { Sparkline } from './sparkline.tsx'

/** One number of the visible runs, large, with how it differs from the baseline's, what each run has, and how it came to that. */
export function ScalarPanel({ config, panel, context, menu }: PanelProps<ScalarConfig>): ReactElement {
  const { address, runs, metrics, view } = context
  const { reduction, grouping } = config
  const [name] = config.metrics
  const source = useMemo(() => (name === undefined ? undefined : toValueSource(name, metrics)), [name, metrics])
  const found = useRunNumbers(address, runs, source, reduction)
  const of = runs.flatMap((run) => {
    const value = found.values.get(run.runId)
    return value === undefined || !Number.isFinite(value) ? [] : [{ run, value }]
  })
  const withNumbers = of.map(({ run }) => run)
  const baseline = view.baseline === undefined ? undefined : found.values.get(view.baseline)
  const metric = usePanelMetric(context, source)
  const { goal = null, unit = '' } = metric ?? {}
  const format = (value: number): string => formatValue(value, unit)
  const waiting = panelWaiting(found, of.length > 0, panel.title)
  const spread =
    of.length > 0
      ? spreadOf(
          of.map(({ value }) => value),
          grouping.statistic,
          grouping.band,
        )
      : undefined
  const what = runReductions.find(({ id }) => id === reduction)!.label.toLowerCase()
  const label = of.length === 1 ? of[0]!.run.displayName : `${grouping.statistic} of ${formatCount(of.length, 'run')}`
  return (
    <PanelFrame
      menu={menu}
      about={metric && { address, metric }}
      summary={spread ? `${panel.title}: ${format(spread.value)}, ${label}.` : `${panel.title} has no number.`}
      table={{ columns: ['Run', name ?? ''], rows: of.map(({ run, value }) => [run.displayName, value]) }}
      title={panel.title}
    >
      {waiting ??
        (spread === undefined ? (
          <PanelMessage>No visible run has a number for {name ?? 'it'}.</PanelMessage>
        ) : (
          <div className="flex h-full flex-col items-center justify-center gap-1 px-3 pb-6 text-center">
            <p className="max-w-full truncate font-semibold text-4xl" title={String(spread.value)}>
              {format(spread.value)}
            </p>
            {baseline !== undefined && Number.isFinite(baseline) && (
              <Delta format={format} goal={goal} value={spread.value - baseline} />
            )}
            <p className="text-muted">
              {label}
              {reduction !== 'last' && `, ${what}`}
            </p>
            {spread.low !== undefined && spread.high !== undefined && (
              <p className="text-muted text-sm">
                {format(spread.low)} to {format(spread.high)}
              </p>
            )}
            {source?.kind === 'metric' && <Sparkline address={address} metric={source} runs={withNumbers} />}
          </div>
        ))}
    </PanelFrame>
  )
}

/** A difference with its sign, and whether it is good where that is known. */
function Delta(props: {
  readonly value: number
  readonly goal: 'minimize' | 'maximize' | null
  readonly format: (value: number) => string
}): ReactElement {
  const { value, goal, format } = props
  const isGood = goal === null || value === 0 ? undefined : (goal === 'minimize') === value < 0
  const color = isGood === undefined ? 'text-muted' : isGood ? 'text-good' : 'text-bad'
  return (
    <p className={`inline-flex items-center gap-1 ${color}`}>
      {value > 0 ? <ArrowUp size={14} /> : value < 0 ? <ArrowDown size={14} /> : null}
      {value > 0 ? '+' : value < 0 ? '−' : '±'}
      {format(Math.abs(value))} to the baseline
      {isGood !== undefined && <span className="sr-only">{isGood ? ', better' : ', worse'}</span>}
    </p>
  )
}
