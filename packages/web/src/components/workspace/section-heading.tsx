import { ChevronRight } from 'lucide-react'
import { lazy, type ReactElement, type ReactNode, Suspense, useMemo } from 'react'
import type { CountedRuns } from '../../view/runs/counted-runs.ts'
import { formatCount } from '../../view/text/format.ts'
import { lineKind } from '../../view/workspace/automatic-panels.ts'
import { toJumpParts } from '../../view/workspace/jump-list.ts'
import { type MetricFamily, metricFamilies } from '../../view/workspace/metric-families.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'

const RunsWithData = lazy(() => import('./runs-with-data.tsx').then((module) => ({ default: module.RunsWithData })))

/** The heading of a section: opens and closes it, says what is in it, and jumps within a long one. */
export function SectionHeading(props: {
  readonly section: ShownSection
  readonly isOpen: boolean
  /** As in `PanelContext`. */
  readonly counted: readonly CountedRuns[] | undefined
  readonly menu: ReactNode
  readonly onToggle: () => void
  readonly onJump: (panelIndex: number) => void
  /** Puts the metrics of a family into one chart; undefined: nobody may. */
  readonly onFamily: ((family: MetricFamily) => void) | undefined
}): ReactElement {
  const { section, isOpen, counted, menu, onToggle, onJump, onFamily } = props
  const families = useMemo(() => metricFamilies(section.panels), [section.panels])
  const family = isOpen && onFamily ? families[0] : undefined
  const parts = isOpen ? toJumpParts(section.panels) : []
  return (
    <div className="group flex h-full items-center gap-2">
      <h2 className="flex min-w-0 items-center">
        <button
          aria-expanded={isOpen}
          className="-ml-1 flex min-w-0 items-center gap-1 rounded-md py-1 pr-2 pl-1 hover:bg-hover"
          onClick={onToggle}
          type="button"
        >
          <ChevronRight aria-hidden="true" className={`shrink-0 ${isOpen ? 'rotate-90' : ''}`} size={15} />
          <span className="truncate font-semibold">{section.name}</span>
          <span className="ml-1.5 shrink-0 text-muted text-sm">{contentsOf(section)}</span>
          {section.runCount > 0 && (
            <span className="ml-1.5 shrink-0 text-muted text-sm max-sm:hidden">
              {counted === undefined || section.metricKeys.length === 0 ? (
                `· ${formatCount(section.runCount, 'run')} with data`
              ) : (
                <Suspense>
                  <RunsWithData counted={counted} keys={section.metricKeys} />
                </Suspense>
              )}
            </span>
          )}
        </button>
      </h2>
      {parts.length > 1 && (
        <select
          aria-label={`Jump within ${section.name}`}
          className="control max-w-44"
          onChange={({ target }) => onJump(Number(target.value))}
          value=""
        >
          <option disabled value="">
            Jump to…
          </option>
          {parts.map(({ label, index }) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      )}
      {family && (
        <button
          className="link-text min-w-0 truncate text-sm max-sm:hidden"
          onClick={() => onFamily?.(family)}
          type="button"
        >
          One chart for {formatCount(family.count, 'metric')} {family.label}
        </button>
      )}
      {menu}
    </div>
  )
}

function contentsOf({ panels, values }: ShownSection): string {
  const areCharts = panels.length > 0 && panels.every(({ kind }) => kind === lineKind)
  const parts = [
    ...(panels.length > 0 || values.length === 0 ? [formatCount(panels.length, areCharts ? 'chart' : 'panel')] : []),
    ...(values.length > 0 ? [formatCount(values.length, 'value')] : []),
  ]
  return parts.join(', ')
}
