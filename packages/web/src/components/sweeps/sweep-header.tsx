import type { SweepDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { type ReactElement, useId } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { sweepAgentsQuery } from '../../api/sweep-queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useSweepActions } from '../../hooks/sweeps/use-sweep-actions.ts'
import { useNow } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { progressText, type SweepControl, sweepControls, sweepNotice } from '../../view/sweeps/sweep-words.ts'
import { formatAgo, formatCount, formatDateTime, formatDuration } from '../../view/text/format.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { EditableText } from '../run/editable-text.tsx'
import { SweepState } from './sweep-state.tsx'

/** What a sweep is called, how far it is, and what can be done with it. */
export function SweepHeader(props: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { address, sweep } = props
  const actions = useSweepActions(address)
  const navigate = useNavigate()
  const { confirm } = useServices()
  const refusal = useRefusal()
  const now = useNow(serverNowMs)
  const id = useId()
  const control = async ({ state, done }: SweepControl): Promise<void> => {
    const isSure =
      state !== 'canceled' ||
      sweep.liveCount === 0 ||
      (await confirm.ask({
        title: `Cancel ${sweep.title}?`,
        text: `${formatCount(sweep.liveCount, 'run that goes on is', 'runs that go on are')} asked to stop now. What was logged stays.`,
        action: `Cancel ${formatCount(sweep.liveCount, 'run')}`,
      }))
    if (isSure) await actions.change(sweep.name, { state }, done)
  }
  const remove = async (): Promise<void> => {
    const isSure = await confirm.ask({
      title: `Move ${sweep.title} to trash?`,
      text: 'Its runs stay, with what they have logged, and belong to no sweep. It can be restored for 30 days.',
      action: 'Move to trash',
    })
    if (isSure && (await actions.remove(sweep.name))) {
      await navigate({ to: '/$entity/$project/sweeps', params: address })
    }
  }
  const { expectedRunCount } = sweep
  const agents = useQuery(sweepAgentsQuery(address, sweep.name)).data?.agents
  const notice = sweepNotice(sweep, agents, now)
  const endedCount = sweep.runCount - sweep.liveCount
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-2 bg-panel px-4 pt-3 pb-2">
      <EditableText
        label="name"
        onSave={(displayName) => void actions.change(sweep.name, { displayName }, 'Sweep renamed.')}
        value={sweep.title}
      >
        <h1 className="truncate font-semibold text-lg">{sweep.title}</h1>
      </EditableText>
      <SweepState state={sweep.state} />
      <span>{progressText(sweep)}</span>
      {expectedRunCount !== null && (
        <span
          aria-label="Runs that have ended"
          aria-valuemax={expectedRunCount}
          aria-valuemin={0}
          aria-valuenow={endedCount}
          className="h-2 w-32 overflow-hidden rounded-full bg-hover"
          role="progressbar"
        >
          <span
            className="block h-full bg-accent"
            style={{ width: `${(Math.min(endedCount, expectedRunCount) / Math.max(expectedRunCount, 1)) * 100}%` }}
          />
        </span>
      )}
      <span title={formatDateTime(sweep.createdAtMs)}>
        <span className="text-muted">Created</span> {formatAgo(sweep.createdAtMs, now)}
        {sweep.username !== '' && ` by ${sweep.username}`}
      </span>
      <span>
        <span className="text-muted">Compute time</span> {formatDuration(sweep.computeSeconds)}
      </span>
      {notice !== undefined && (
        <span className="font-medium" role="status">
          {notice}
        </span>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-1.5">
        <CopyButton label="Copy sweep id" text={sweep.name} />
        <button
          aria-label="Remove sweep"
          className="icon-button"
          disabled={refusal !== undefined}
          onClick={() => void remove()}
          title={refusal ?? 'Move the sweep to trash. Its runs stay.'}
          type="button"
        >
          <Trash2 size={15} />
        </button>
      </span>
      <ul aria-label="Controls" className="flex basis-full flex-wrap gap-x-5 gap-y-1.5">
        {sweepControls(sweep.state).map((one) => (
          <li className="flex items-center gap-2" key={one.state}>
            <button
              aria-describedby={`${id}-${one.state}`}
              className="button"
              disabled={refusal !== undefined}
              onClick={() => void control(one)}
              title={refusal}
              type="button"
            >
              {one.label}
            </button>
            <span className="text-muted text-sm" id={`${id}-${one.state}`}>
              {one.help}
            </span>
          </li>
        ))}
      </ul>
    </header>
  )
}
