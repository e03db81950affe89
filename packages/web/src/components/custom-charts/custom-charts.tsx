import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo } from 'react'
import { customChartsQuery, mediaKeysQuery, type RunAddress } from '../../api/media-queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { chartsCodec } from '../../view/chart/charts-state.ts'
import { unionSteps } from '../../view/media/media-steps.ts'
import { formatCount } from '../../view/text/format.ts'
import { chartTitle } from '../../view/vega/custom-chart.ts'
import { StepSlider } from '../media/step-slider.tsx'
import { PanelBoundary } from '../workspace/panel-boundary.tsx'
import { CustomChartCard } from './custom-chart-card.tsx'

/** The custom charts of a run whose titles match; nothing where there are none. */
export function CustomCharts(props: {
  readonly run: RunAddress
  readonly search: string
  readonly isActive: boolean
}): ReactElement | null {
  const { run, search } = props
  const [{ step }, store] = useAddress(chartsCodec)
  const charts = useQuery(customChartsQuery(run))
  const media = useQuery({ ...mediaKeysQuery(run), enabled: (charts.data?.charts.length ?? 0) > 0 })
  const tables = useMemo(() => new Map(media.data?.keys.map((key) => [key.key, key])), [media.data])
  const wanted = search.trim().toLowerCase()
  const shown = (charts.data?.charts ?? []).filter((info) =>
    `${info.key} ${chartTitle(info)}`.toLowerCase().includes(wanted),
  )
  const steps = unionSteps(shown.flatMap(({ tableKey }) => tables.get(tableKey ?? '') ?? []))
  const setStep = useCallback((to: number | undefined) => store.update({ step: to }), [store])
  if (charts.error && !charts.data) {
    return (
      <p className="py-2" role="alert">
        Custom charts could not be loaded: {charts.error.message}
      </p>
    )
  }
  if (shown.length === 0 || media.isPending) return null
  return (
    <section aria-label="Custom charts" className="pb-3">
      <div className="flex h-10 items-center gap-3">
        <h2 className="shrink-0">
          <span className="font-semibold">Custom charts</span>{' '}
          <span className="text-muted text-sm">{formatCount(shown.length, 'chart')}</span>
        </h2>
        <StepSlider asked={step} onChange={setStep} steps={steps} />
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(380px,100%),1fr))] gap-3">
        {shown.map((info) => (
          <PanelBoundary key={info.key}>
            <CustomChartCard
              asked={step}
              info={info}
              isActive={props.isActive}
              run={run}
              table={tables.get(info.tableKey ?? '')}
            />
          </PanelBoundary>
        ))}
      </div>
    </section>
  )
}
