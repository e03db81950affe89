import type { ReactElement } from 'react'
import type { ChartLine } from '../chart/chart-line.ts'
import { Swatch } from './swatch.tsx'

/** More names than this are a wall, not a legend; the runs list and the tooltip name them. */
const linesMax = 50

/** Names of the runs in a chart, on one line that scrolls. */
export function ChartLegend({
  lines,
  onOnlyRun,
}: {
  readonly lines: readonly ChartLine[]
  readonly onOnlyRun: (runId: string) => void
}): ReactElement | null {
  if (lines.length > linesMax) return null
  return (
    <ul className="flex min-w-0 gap-3 overflow-x-auto [scrollbar-width:none]">
      {lines.map((line) => (
        <li key={line.runId}>
          <button
            className="flex items-center gap-1.5 whitespace-nowrap hover:text-text"
            onClick={(event) => event.altKey && onOnlyRun(line.runId)}
            tabIndex={-1}
            title={`${line.label}. Alt-click: show only this run.`}
            type="button"
          >
            <Swatch style={line.style} width={16} />
            {line.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
