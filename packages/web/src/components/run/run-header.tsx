import type { RunDetail, RunEdit } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useRunActions } from '../../hooks/use-run-actions.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../../view/format.ts'
import { runStyle } from '../../view/palette.ts'
import { isActive } from '../../view/run-state.ts'
import { CopyButton } from '../copy-button.tsx'
import { StateBadge } from '../state-badge.tsx'
import { StopButton } from '../stop-button.tsx'
import { Swatch } from '../swatch.tsx'
import { EditableText } from './editable-text.tsx'
import { RunNeighbourButtons } from './run-neighbour-buttons.tsx'
import { StartAgainMenu } from './start-again-menu.tsx'
import { TagEditor } from './tag-editor.tsx'

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
  const actions = useRunActions(address)
  const navigate = useNavigate()
  const edit = (change: RunEdit): void => void actions.edit(run.runId, change)
  const isLive = isActive(run.state)
  const seconds = isLive ? Math.max(run.runtimeSeconds, (now - run.createdAtMs) / 1000) : run.runtimeSeconds
  const discard = async (): Promise<void> => {
    await actions.change({ of: { runIds: [run.runId] }, action: 'trash' }, 'moved to trash')
    await navigate({ to: '/$entity/$project', params: address })
  }
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 bg-panel px-4 pt-3 pb-2">
      <div className="flex min-w-0 items-center gap-2">
        <Swatch style={runStyle(run.number, theme)} />
        <EditableText label="name" onSave={(displayName) => edit({ displayName })} value={run.displayName}>
          <h1 className="truncate font-semibold text-lg">{run.displayName}</h1>
        </EditableText>
      </div>
      <StateBadge state={run.state} />
      <Fact label="Started" title={formatDateTime(run.createdAtMs)}>
        {formatAgo(run.createdAtMs, now)}
      </Fact>
      <Fact label="Duration">{formatDuration(seconds)}</Fact>
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
        {isLive && <StopButton address={address} key={run.runId} runId={run.runId} />}
        <RunNeighbourButtons address={address} runId={run.runId} />
        <StartAgainMenu run={run} />
        <CopyButton label="Copy run id" text={run.runId} />
        <button
          aria-label="Move to trash"
          className="icon-button"
          onClick={() => void discard()}
          title="Move to trash. It can be restored for 30 days."
          type="button"
        >
          <Trash2 size={15} />
        </button>
      </span>
    </div>
  )
}

function Fact(props: { readonly label: string; readonly title?: string; readonly children: string }): ReactElement {
  return (
    <span title={props.title}>
      <span className="text-muted">{props.label}</span> {props.children}
    </span>
  )
}
