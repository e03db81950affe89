import type { RunSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { formatAgo } from '../../view/format.ts'
import { runStyle } from '../../view/palette.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { isActive } from '../../view/run-state.ts'
import { StateIcon } from '../state-badge.tsx'
import { Swatch } from '../swatch.tsx'

/** One run of the list. */
export function RunsListRow(props: {
  readonly address: ProjectAddress
  readonly run: RunSummary
  readonly isVisible: boolean
  readonly isCurrent: boolean
  readonly onToggle: () => void
  readonly onOnly: () => void
}): ReactElement {
  const { address, run, isVisible, isCurrent } = props
  const theme = useTheme()
  const { cursorHub } = useServices()
  return (
    <div
      onPointerEnter={() => isVisible && cursorHub.set({ panelId: undefined, at: undefined, runId: run.runId })}
      onPointerLeave={() => cursorHub.set(undefined)}
      className={`group flex h-full items-center gap-1.5 rounded-md pr-2 hover:bg-hover ${isCurrent ? 'bg-selected outline outline-line-strong -outline-offset-1' : ''}`}
    >
      <button
        aria-label={`Show ${run.displayName} in charts`}
        aria-pressed={isVisible}
        className={`icon-button aria-pressed:text-text ${isVisible ? '' : 'opacity-60'}`}
        onClick={(event) => (event.altKey ? props.onOnly() : props.onToggle())}
        title={isVisible ? 'Hide. Alt-click: show only this run.' : 'Show. Alt-click: show only this run.'}
        type="button"
      >
        {isVisible ? <Eye size={15} /> : <EyeOff size={15} />}
      </button>
      <span className={isVisible ? '' : 'opacity-35'}>
        <Swatch style={runStyle(run.number, theme)} />
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
      {isActive(run.state) && <Age timeMs={run.heartbeatAtMs} />}
      <StateIcon state={run.state} />
    </div>
  )
}

function Age({ timeMs }: { readonly timeMs: number }): ReactElement {
  const now = useNow(serverNowMs, 5000)
  return (
    <span className="shrink-0 text-muted text-xs" title="Age of the last data">
      {formatAgo(timeMs, now).replace(' ago', '').replace('just now', 'now')}
    </span>
  )
}
