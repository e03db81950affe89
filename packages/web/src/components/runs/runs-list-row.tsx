import type { RunSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Eye, EyeOff, PanelRight, Pin, SquareCheck } from 'lucide-react'
import { memo, type ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { isActive } from '../../view/run/run-state.ts'
import { formatAgo } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { StateIcon } from '../run/state-badge.tsx'
import { RowButton } from './row-button.tsx'

/** What can be done with the rows of a list; the same object for as long as the list is there. */
export interface RunsListActions {
  /** Something in the row has got the focus. */
  focus(index: number): void
  preview(index: number): void
  toggle(runId: string): void
  only(runId: string): void
  pin(runId: string): void
}

/** One run of the list. Whatever else changes on the page, it is drawn again only when it changes itself. */
export const RunsListRow = memo(function RunsListRow(props: {
  readonly address: ProjectAddress
  readonly run: RunSummary
  /** By which charts know it. */
  readonly runKey: string
  readonly index: number
  readonly isVisible: boolean
  readonly isCurrent: boolean
  /** Somebody has selected it, to compare it with others. */
  readonly isMarked: boolean
  readonly isPinned: boolean
  readonly isBaseline: boolean
  readonly actions: RunsListActions
}): ReactElement {
  const { address, run, runKey, index, isVisible, isCurrent, isPinned, actions } = props
  const theme = useTheme()
  const { cursorHub } = useServices()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is in it takes the keys; this notes which run is meant.
    <div
      onFocus={() => actions.focus(index)}
      onPointerEnter={() => isVisible && cursorHub.set({ panelId: undefined, at: undefined, runId: runKey })}
      onPointerLeave={() => cursorHub.set(undefined)}
      className={`group flex h-full items-center gap-1.5 rounded-md pr-2 hover:bg-hover ${isCurrent ? 'bg-selected outline outline-line-strong -outline-offset-1' : ''}`}
    >
      <button
        aria-label={`Show ${run.displayName} in charts`}
        aria-pressed={isVisible}
        className={`icon-button aria-pressed:text-text ${isVisible ? '' : 'opacity-60'}`}
        onClick={(event) => (event.altKey ? actions.only(run.runId) : actions.toggle(run.runId))}
        title={isVisible ? 'Hide. Alt-click: show only this run.' : 'Show. Alt-click: show only this run.'}
        type="button"
      >
        {isVisible ? <Eye size={15} /> : <EyeOff size={15} />}
      </button>
      <span className={isVisible ? '' : 'opacity-35'}>
        <Swatch style={styleOfRun(run, theme)} />
      </span>
      <Link
        className={`min-w-0 flex-1 truncate py-1 hover:underline ${isVisible ? '' : 'text-muted'}`}
        params={{ ...address, runId: run.runId }}
        search={toRunSet as never}
        title={`${run.displayName} (${run.runId})`}
        to="/$entity/$project/runs/$runId"
      >
        {run.displayName}
      </Link>
      {props.isMarked && <SquareCheck aria-label="Selected" className="shrink-0 text-accent" size={15} />}
      {props.isBaseline && (
        <span className="shrink-0 rounded bg-hover px-1 text-muted text-xs" title="The others are compared with it">
          baseline
        </span>
      )}
      <RowButton
        isOnTouch
        label={`Preview ${run.displayName}`}
        onClick={() => actions.preview(index)}
        title="Preview (Space)"
      >
        <PanelRight size={14} />
      </RowButton>
      <RowButton
        isOnTouch
        isPressed={isPinned}
        label={`Pin ${run.displayName}`}
        onClick={() => actions.pin(run.runId)}
        title={isPinned ? 'Pinned. Click to free it.' : 'Keep it on top and in front (P)'}
      >
        <Pin size={14} />
      </RowButton>
      {isActive(run.state) && <Age timeMs={run.heartbeatAtMs} />}
      <StateIcon state={run.state} />
    </div>
  )
})

function Age({ timeMs }: { readonly timeMs: number }): ReactElement {
  const now = useNow(serverNowMs, 5000)
  return (
    <span className="shrink-0 text-muted text-xs" title="Age of the last data">
      {formatAgo(timeMs, now).replace(' ago', '').replace('just now', 'now')}
    </span>
  )
}
