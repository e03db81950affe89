import type { SweepSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow } from '../../hooks/use-store.ts'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../../view/format.ts'
import { progressText } from '../../view/sweeps/sweep-words.ts'
import { SweepState } from './sweep-state.tsx'

type Cell = string | number | null
const columns: readonly { readonly label: string; readonly of: (sweep: SweepSummary) => Cell }[] = [
  { label: 'Name', of: ({ title }) => title.toLowerCase() },
  { label: 'State', of: ({ state }) => state },
  { label: 'Method', of: ({ method }) => method },
  { label: 'Metric', of: ({ metric }) => metric?.name ?? null },
  { label: 'Runs', of: ({ runCount }) => runCount },
  { label: 'Best', of: ({ best }) => best?.value ?? null },
  { label: 'Compute time', of: ({ computeSeconds }) => computeSeconds },
  { label: 'Made by', of: ({ username }) => username },
  { label: 'Created', of: ({ createdAtMs }) => createdAtMs },
]

/** The sweeps of a project, sorted by a column; newest first at the beginning. */
export function SweepTable(props: {
  readonly address: ProjectAddress
  readonly sweeps: readonly SweepSummary[]
}): ReactElement {
  const { address } = props
  const nowMs = useNow(serverNowMs, 5000)
  const [sort, setSort] = useState<{ readonly index: number; readonly isDescending: boolean }>()
  const sweeps = sort === undefined ? props.sweeps : sortBy(props.sweeps, columns[sort.index]!.of, sort.isDescending)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="overflow-x-auto rounded-lg border border-line bg-panel" tabIndex={0}>
      <table className="w-full whitespace-nowrap">
        <thead className="text-left text-muted text-sm">
          <tr>
            {columns.map(({ label }, index) => {
              const isSorted = sort?.index === index
              const direction = !isSorted ? 'none' : sort.isDescending ? 'descending' : 'ascending'
              return (
                <th aria-sort={direction} className="px-3 py-2 font-normal" key={label}>
                  <button
                    className="inline-flex min-h-6 items-center gap-1 hover:text-text"
                    onClick={() => setSort({ index, isDescending: isSorted && !sort.isDescending })}
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

/** What is missing comes last either way. */
function sortBy(
  sweeps: readonly SweepSummary[],
  of: (sweep: SweepSummary) => Cell,
  isDescending: boolean,
): readonly SweepSummary[] {
  return sweeps.toSorted((one, other) => {
    const [a, b] = [of(one), of(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const order = a < b ? -1 : a > b ? 1 : 0
    return isDescending ? -order : order
  })
}
