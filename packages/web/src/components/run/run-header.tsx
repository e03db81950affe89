import type { RunDetail, RunEdit } from '@lossline/protocol'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useShortcut, useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { isActive, secondsSoFar } from '../../view/run/run-state.ts'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { EditableText } from './editable-text.tsx'
import { RunNeighbourButtons } from './run-neighbour-buttons.tsx'
import { StateBadge } from './state-badge.tsx'
import { TagEditor } from './tag-editor.tsx'

const StopButton = lazy(() => import('./stop-button.tsx').then((module) => ({ default: module.StopButton })))
const RunActionsMenu = lazy(() =>
  import('./run-actions-menu.tsx').then((module) => ({ default: module.RunActionsMenu })),
)

/** What a run is called, how it is, and what can be done with it. */
export function RunHeader({
  run,
  address,
}: {
  readonly run: RunDetail
  readonly address: ProjectAddress
}): ReactElement {
  const theme = useTheme()
  const now = useNow(serverNowMs)
  const { writes } = useServices()
  const edit = (change: RunEdit): void => void writes.editRun(address, run.runId, change)
  const isLive = isActive(run.state)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 bg-panel px-4 pt-3 pb-2">
      <div className="flex min-w-0 items-center gap-2">
        <Swatch style={styleOfRun(run, theme)} />
        <EditableText
          label="name"
          onSave={(displayName) => edit({ displayName })}
          shortcut="rename-run"
          value={run.displayName}
        >
          <h1 className="truncate font-semibold text-lg">{run.displayName}</h1>
        </EditableText>
        <BaselineMark runId={run.runId} />
      </div>
      <StateBadge state={run.state} />
      <Fact label="Started" title={formatDateTime(run.createdAtMs)}>
        {formatAgo(run.createdAtMs, now)}
      </Fact>
      <Fact label="Duration">{formatDuration(secondsSoFar(run, now))}</Fact>
      <Fact label="Step">{run.lastStep === null ? '–' : formatNumber(run.lastStep)}</Fact>
      {(isLive || run.state === 'crashed') && (
        <Fact
          label="Last data"
          title={`${formatDateTime(run.heartbeatAtMs)}. A step is sent when the next one begins.`}
        >
          {formatAgo(run.heartbeatAtMs, now)}
        </Fact>
      )}
      <TagEditor onChange={(tags) => edit({ tags })} tags={run.tags} />
      <span className="ml-auto flex items-center gap-1">
        {isLive && (
          <Suspense>
            <StopButton address={address} key={run.runId} run={run} />
          </Suspense>
        )}
        <RunNeighbourButtons address={address} runId={run.runId} />
        <Suspense fallback={<span className="icon-button" />}>
          <RunActionsMenu address={address} run={run} />
        </Suspense>
      </span>
    </div>
  )
}

/** Says that the other runs are compared with this one, which a key turns on and off. */
function BaselineMark({ runId }: { readonly runId: string }): ReactElement | null {
  const { b } = useSearch({ strict: false }) as SearchParams
  const navigate = useNavigate()
  const isBaseline = b === runId
  useShortcut('set-baseline', () => {
    const search = (old: SearchParams) => ({ ...old, b: isBaseline ? undefined : runId })
    void navigate({ to: '.', search: search as never, replace: true })
  })
  if (!isBaseline) return null
  return (
    <span
      className="shrink-0 rounded bg-hover px-1.5 text-muted text-sm"
      role="status"
      title="The runs that you go to from here are compared with this one"
    >
      baseline
    </span>
  )
}

function Fact(props: { readonly label: string; readonly title?: string; readonly children: string }): ReactElement {
  return (
    <span title={props.title}>
      <span className="text-muted">{props.label}</span> {props.children}
    </span>
  )
}
