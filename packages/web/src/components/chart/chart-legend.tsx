import { Link } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ChartLine } from '../../chart/chart-line.ts'
import { countNonFinite, nonFiniteText } from '../../chart/non-finite.ts'
import type { LegendToggles } from '../../hooks/chart/use-legend-toggles.ts'
import { useServices } from '../../services.ts'
import type { RunStyle } from '../../view/chart/palette.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { Swatch } from './swatch.tsx'

/** More names than this are a wall, not a legend; the runs list and the tooltip name them. */
const linesMax = 50

/**
 * Names of the runs in a chart, on one line that scrolls, or one below the other. Pointing at one makes its line stand out everywhere;
 * the swatch before it hides it, and brings it back.
 */
export function ChartLegend(props: {
  readonly address: ProjectAddress
  readonly direction: 'row' | 'column'
  readonly lines: readonly ChartLine[]
  readonly onOnlyRun: (runId: string) => void
  /** Undefined: nothing is hidden from here. */
  readonly toggles: LegendToggles | undefined
}): ReactElement | null {
  const { address, direction, lines, onOnlyRun, toggles } = props
  const { cursorHub } = useServices()
  if (lines.length > linesMax) return null
  const pointAt = (runId: string | undefined): void =>
    cursorHub.set(runId === undefined ? undefined : { panelId: undefined, at: undefined, runId })
  return (
    <ul
      aria-label="Runs in this chart"
      className={direction === 'row' ? 'flex min-w-0 gap-3 overflow-x-auto [scrollbar-width:none]' : 'flex flex-col'}
    >
      {lines.map((line) => (
        <li
          className="flex h-6 shrink-0 items-center whitespace-nowrap"
          key={`${line.runId} ${line.label}`}
          onBlur={() => pointAt(undefined)}
          onFocus={({ target }) => target.matches(':focus-visible') && pointAt(line.runId)}
          onPointerEnter={() => pointAt(line.runId)}
          onPointerLeave={() => pointAt(undefined)}
        >
          {toggles ? (
            <EyeButton
              isShown
              label={line.label}
              onClick={() => {
                pointAt(undefined)
                toggles.hide(line)
              }}
              style={line.style}
            />
          ) : (
            <span className="mr-1.5">
              <Swatch style={line.style} width={16} />
            </span>
          )}
          {/* A group has no page to open. */}
          {line.series.kind === 'group' ? (
            line.label
          ) : (
            <Link
              className="flex h-6 items-center hover:text-text"
              onClick={(event) => {
                if (!event.altKey) return
                event.preventDefault()
                onOnlyRun(line.runId)
              }}
              params={runAddressOf(line.runId, address)}
              title={`Open ${line.label}. Alt-click: show only this run.`}
              to="/$entity/$project/runs/$runId"
            >
              {line.label}
            </Link>
          )}
          <NonFiniteNote line={line} />
        </li>
      ))}
      {toggles?.hidden.map((line) => (
        <li className="flex h-6 shrink-0 items-center whitespace-nowrap" key={line.runId}>
          <EyeButton isShown={false} label={line.label} onClick={() => toggles.show(line)} style={line.style} />
          <s>{line.label}</s>
        </li>
      ))}
    </ul>
  )
}

/** How many of a line's values are marks at an edge. */
function NonFiniteNote({ line }: { readonly line: ChartLine }): ReactElement | null {
  const text = nonFiniteText(countNonFinite([line.series]))
  if (text === '') return null
  return (
    <span className="ml-1 text-waiting" title="Marked at the edge of the chart: NaN and −∞ below, +∞ above">
      {text}
    </span>
  )
}

/** The swatch of a line, which turns into an eye where it can be pressed. */
function EyeButton(props: {
  readonly isShown: boolean
  readonly label: string
  readonly style: RunStyle
  readonly onClick: () => void
}): ReactElement {
  const { isShown, label, style, onClick } = props
  const eyeClass = isShown ? 'hidden group-hover/eye:block group-focus-visible/eye:block' : ''
  const Icon = isShown ? Eye : EyeOff
  return (
    <button
      aria-label={`Show ${label} in charts`}
      aria-pressed={isShown}
      className="group/eye mr-0.5 flex size-6 items-center justify-center rounded hover:bg-hover hover:text-text"
      onClick={onClick}
      title={isShown ? 'Hide' : 'Show'}
      type="button"
    >
      {isShown && (
        <span className="group-hover/eye:hidden group-focus-visible/eye:hidden">
          <Swatch style={style} width={16} />
        </span>
      )}
      <Icon aria-hidden="true" className={eyeClass} size={13} />
    </button>
  )
}
