import type { SweepSortKey, SweepSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow } from '../../hooks/use-store.ts'
import type { SweepSort } from '../../view/sweeps/sweep-list.ts'
import { progressText } from '../../view/sweeps/sweep-words.ts'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../../view/text/format.ts'
import { ariaSort, sortHint } from '../../view/text/sort-rule.ts'
import { SweepState } from './sweep-state.tsx'

const columns: readonly { readonly label: string; readonly key: SweepSortKey; readonly isText: boolean }[] = [
  { label: 'Name', key: 'name', isText: true },
  { label: 'State', key: 'state', isText: true },
  { label: 'Method', key: 'method', isText: true },
  { label: 'Metric', key: 'metric', isText: true },
  { label: 'Runs', key: 'runs', isText: false },
  { label: 'Best', key: 'best', isText: false },
  { label: 'Compute time', key: 'time', isText: false },
  { label: 'Made by', key: 'user', isText: true },
  { label: 'Created', key: 'created', isText: false },
]

/** Sweeps of a project in their order, which the headings change. */
export function SweepTable(props: {
  readonly address: ProjectAddress
  readonly sweeps: readonly SweepSummary[]
  readonly sort: SweepSort
  readonly onSort: (sort: SweepSort) => void
}): ReactElement {
  const { address, sweeps, sort, onSort } = props
  const nowMs = useNow(serverNowMs, 5000)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="overflow-x-auto rounded-lg border border-line bg-panel" tabIndex={0}>
      <table className="w-full whitespace-nowrap">
        <thead className="text-left text-muted text-sm">
          <tr>
            {columns.map(({ label, key, isText }) => {
              const isSorted = sort.key === key
              const direction = ariaSort(isSorted ? sort.isDescending : undefined)
              return (
                <th aria-sort={direction} className="px-3 py-2 font-normal" key={label}>
                  <button
                    className="inline-flex min-h-6 items-center gap-1 hover:text-text"
                    onClick={() => onSort({ key, isDescending: isSorted ? !sort.isDescending : !isText })}
                    title={`${label}: ${sortHint(isText)}`}
                    type="button"
                  >
                    {label}
                    {isSorted && (sort.isDescending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sweeps.map((sweep) => (
            <tr className="border-line border-t" key={sweep.name}>
              <th className="max-w-72 px-3 py-2 text-left font-medium" scope="row">
                <Link
                  className="block truncate hover:underline"
                  params={{ ...address, sweepId: sweep.name }}
                  title={sweep.title}
                  to="/$entity/$project/sweeps/$sweepId"
                >
                  {sweep.title}
                </Link>
              </th>
              <td className="px-3 py-2">
                <SweepState state={sweep.state} />
              </td>
              <td className="px-3 py-2">{sweep.method ?? '–'}</td>
              <td className="px-3 py-2">{sweep.metric ? `${sweep.metric.goal} ${sweep.metric.name}` : '–'}</td>
              <td className="px-3 py-2">{progressText(sweep)}</td>
              <td className="px-3 py-2 text-right">{sweep.best ? formatNumber(sweep.best.value) : '–'}</td>
              <td className="px-3 py-2 text-right">{formatDuration(sweep.computeSeconds)}</td>
              <td className="px-3 py-2">{sweep.username || '–'}</td>
              <td className="px-3 py-2 text-muted" title={formatDateTime(sweep.createdAtMs)}>
                {formatAgo(sweep.createdAtMs, nowMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
