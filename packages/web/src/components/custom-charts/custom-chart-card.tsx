import type { CustomChartInfo, MediaKey } from '@lossline/protocol'
import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Table2 } from 'lucide-react'
import { type ReactElement, useMemo, useRef } from 'react'
import type { RunAddress } from '../../api/media-queries.ts'
import { type WholeTable, wholeTableQuery } from '../../api/whole-table.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { stepNote, stepOf } from '../../view/media/media-steps.ts'
import { formatNumber } from '../../view/text/format.ts'
import { tableRows } from '../../view/vega/chart-rows.ts'
import { type CustomChart, chartTitle, toCustomChart } from '../../view/vega/custom-chart.ts'
import { Failure } from '../controls/failure.tsx'
import { SpecChart } from '../vega/spec-chart.tsx'
import { CustomChartDrawing } from './custom-chart-drawing.tsx'

const retryIntervalMs = 3000

/** One custom chart of a run, drawn from its table. */
export function CustomChartCard(props: {
  readonly run: RunAddress
  readonly info: CustomChartInfo
  /** Where its table was logged; undefined: not yet. */
  readonly table: MediaKey | undefined
  readonly asked: number | undefined
  readonly isActive: boolean
}): ReactElement {
  const { run, info, table, asked } = props
  const card = useRef<HTMLElement>(null)
  const isSeen = useSeen(card)
  const step = table && stepOf(table, asked)
  const client = useQueryClient()
  const query = useQuery({
    ...wholeTableQuery(client, run, table?.key ?? '', step ?? 0),
    enabled: isSeen && step !== undefined,
    placeholderData: keepPreviousData,
    // The content of a table may come a little after its row.
    refetchInterval: ({ state: { error } }) => (error !== null && props.isActive ? retryIntervalMs : false),
  })
  const chart = useMemo(() => query.data && toCustomChart(info, query.data), [info, query.data])
  const title = chartTitle(info)
  const rowCount = query.data?.rowCount ?? 0
  const shownCount = query.data?.rows.length ?? 0
  return (
    <section
      aria-label={title}
      className="flex h-[340px] min-w-0 flex-col rounded-lg border border-line bg-panel"
      ref={card}
    >
      <header className="flex h-9 shrink-0 items-center gap-2 pr-1.5 pl-3">
        <h3 className="truncate font-medium" title={info.key}>
          {title}
        </h3>
        {title !== info.key && <span className="truncate text-muted text-sm">{info.key}</span>}
        {table && (
          <Link
            aria-label={`Table of ${title}`}
            className="icon-button ml-auto"
            params={{ ...run }}
            search={{ t: table.key } as never}
            title="View as table"
            to="/$entity/$project/runs/$runId/tables"
          >
            <Table2 size={15} />
          </Link>
        )}
      </header>
      <div className="min-h-0 flex-1 px-3 pb-3">
        {step === undefined ? (
          <p className="text-muted">
            {table === undefined ? 'The table of this chart was not logged.' : stepNote(step, asked)}
          </p>
        ) : query.error && !query.data ? (
          <Failure error={query.error} onRetry={() => query.refetch()} />
        ) : chart === undefined ? (
          <div aria-label={`Loading ${title}`} className="skeleton h-full" role="img" />
        ) : (
          <RunChart chart={chart} info={info} query={query} title={title} />
        )}
      </div>
      {step !== undefined && shownCount < rowCount && (
        <p className="px-3 pb-2 text-muted text-sm">
          Drawn from the first {formatNumber(shownCount)} of {formatNumber(rowCount)} rows.
        </p>
      )}
    </section>
  )
}

/** A preset drawn here, or a definition that somebody has stored. */
function RunChart(props: {
  readonly info: CustomChartInfo
  readonly chart: CustomChart
  readonly query: UseQueryResult<WholeTable>
  readonly title: string
}): ReactElement {
  const { info, chart, query, title } = props
  const { data } = query
  const rows = useMemo(() => (data ? tableRows(data, {}) : []), [data])
  if (chart.kind !== 'undrawn' || chart.reason !== 'preset') {
    return <CustomChartDrawing chart={chart} label={title} preset={info.preset} />
  }
  return (
    <SpecChart
      config={{ specText: undefined, definitionId: info.preset, fields: info.fields, texts: info.texts }}
      data={{ rows, ...stateOfQueries([query]) }}
      title={title}
    />
  )
}
