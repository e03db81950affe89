import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import type { ChartLine } from '../chart/chart-line.ts'
import { useServices } from '../services.ts'
import { Swatch } from './swatch.tsx'

/** More names than this are a wall, not a legend; the runs list and the tooltip name them. */
const linesMax = 50

/** A group has no page to open. */
function GroupName({ line }: { readonly line: ChartLine }): ReactElement {
  const { cursorHub } = useServices()
  return (
    <span
      className="flex h-6 items-center gap-1.5 whitespace-nowrap hover:text-text"
      onPointerEnter={() => cursorHub.set({ panelId: undefined, at: undefined, runId: line.runId })}
      onPointerLeave={() => cursorHub.set(undefined)}
    >
      <Swatch style={line.style} width={16} />
      {line.label}
    </span>
  )
}

/** Names of the runs in a chart, on one line that scrolls. Pointing at one makes its line stand out everywhere. */
export function ChartLegend(props: {
  readonly address: ProjectAddress
  readonly lines: readonly ChartLine[]
  readonly onOnlyRun: (runId: string) => void
}): ReactElement | null {
  const { address, lines, onOnlyRun } = props
  const { cursorHub } = useServices()
  if (lines.length > linesMax) return null
  return (
    <ul aria-label="Runs in this chart" className="flex min-w-0 gap-3 overflow-x-auto [scrollbar-width:none]">
      {lines.map((line) => (
        <li key={`${line.runId} ${line.label}`}>
          {line.series.kind === 'group' ? (
            <GroupName line={line} />
          ) : (
            <Link
              className="flex h-6 items-center gap-1.5 whitespace-nowrap hover:text-text"
              onClick={(event) => {
                if (!event.altKey) return
                event.preventDefault()
                onOnlyRun(line.runId)
              }}
              onPointerEnter={() => cursorHub.set({ panelId: undefined, at: undefined, runId: line.runId })}
              onPointerLeave={() => cursorHub.set(undefined)}
              params={{ ...address, runId: line.runId }}
              title={`Open ${line.label}. Alt-click: show only this run.`}
              to="/$entity/$project/runs/$runId"
            >
              <Swatch style={line.style} width={16} />
              {line.label}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
