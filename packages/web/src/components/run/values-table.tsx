import type { RunSummary } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { useStableList } from '../../hooks/use-stable-list.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { extentOf, type RunValue, type SingleValue, valueOfRun } from '../../view/chart/single-values.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { blockWidth, comparedRunsMax } from '../../view/workspace/values-layout.ts'
import { IntervalMark } from '../chart/interval-mark.tsx'
import { Swatch } from '../chart/swatch.tsx'

/** What each run has logged once, as a table: a row for each metric, a column for each run. */
export function ValuesTable(props: {
  readonly address: ProjectAddress
  readonly sectionName: string
  /** In as many blocks beside each other as fit. */
  readonly blocks: readonly (readonly SingleValue[])[]
  readonly runs: readonly RunSummary[]
}): ReactElement {
  const { address, sectionName, blocks } = props
  const theme = useTheme()
  const runs = props.runs.slice(0, comparedRunsMax)
  const queries = useQueries({
    queries: runs.map((run) => {
      const { runId, ...at } = runAddressOf(run.runId, address)
      return runQuery(at, runId)
    }),
  })
  const summaries = useStableList(queries.map((query) => query.data?.run.summary))
  const hiddenCount = props.runs.length - runs.length
  return (
    <div className="flex h-full flex-col overflow-hidden rounded-lg border border-line bg-panel">
      <div className="flex min-h-0 flex-1 gap-6 overflow-x-auto px-3 pt-1">
        {blocks.map((values) => (
          <table
            aria-label={`Values of ${sectionName}`}
            className="h-fit flex-1 text-sm"
            key={values[0]?.key}
            style={{ maxWidth: 1.3 * blockWidth(runs.length) }}
          >
            <thead>
              <tr className="h-7 text-muted">
                <th className="text-left font-normal">Metric</th>
                {runs.map((run) => (
                  <th className="max-w-44 pl-4 text-right font-normal" key={run.runId} scope="col">
                    <Link
                      className="inline-flex max-w-full items-center gap-1.5 hover:text-text"
                      params={runAddressOf(run.runId, address)}
                      to="/$entity/$project/runs/$runId"
                    >
                      <Swatch style={styleOfRun(run, theme)} width={14} />
                      <span className="truncate">{run.displayName}</span>
                    </Link>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {values.map((value) => (
                <ValueRow key={value.key} runs={runs} sectionName={sectionName} summaries={summaries} value={value} />
              ))}
            </tbody>
          </table>
        ))}
      </div>
      {hiddenCount > 0 && (
        <p className="px-3 pb-1 text-muted text-xs">
          {formatCount(hiddenCount, 'more run is', 'more runs are')} shown in charts only.
        </p>
      )}
    </div>
  )
}

function ValueRow(props: {
  readonly value: SingleValue
  readonly sectionName: string
  readonly runs: readonly RunSummary[]
  readonly summaries: readonly (Parameters<typeof valueOfRun>[0] | undefined)[]
}): ReactElement {
  const { value, sectionName, runs, summaries } = props
  const cells = useMemo(() => summaries.map((summary) => summary && valueOfRun(summary, value)), [summaries, value])
  const extent = extentOf(cells)
  const isCompared = cells.filter((cell) => cell !== undefined).length > 1 || value.bounds !== undefined
  const title = value.title.startsWith(`${sectionName}/`) ? value.title.slice(sectionName.length + 1) : value.title
  return (
    <tr className="h-7 border-line border-t">
      <th className="max-w-56 truncate text-left font-normal" scope="row" title={value.title}>
        {title}
      </th>
      {runs.map((run, index) => {
        const cell = cells[index]
        return (
          <td className="whitespace-nowrap pl-4 text-right" key={run.runId} title={describe(cell)}>
            {cell === undefined ? (
              <span className="text-muted">{summaries[index] === undefined ? '' : '–'}</span>
            ) : (
              <span className="inline-flex items-center gap-2">
                {isCompared && extent && <IntervalMark extent={extent} value={cell} />}
                <span className="min-w-16 font-medium tabular-nums">{formatNumber(cell.value)}</span>
              </span>
            )}
          </td>
        )
      })}
    </tr>
  )
}

function describe(cell: RunValue | undefined): string | undefined {
  if (cell === undefined || cell.lower === undefined || cell.upper === undefined) return undefined
  return `${formatNumber(cell.value)}, between ${formatNumber(cell.lower)} and ${formatNumber(cell.upper)}`
}
