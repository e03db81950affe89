import type { SweepDetail } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow } from '../../hooks/use-store.ts'
import { useSweepActions } from '../../hooks/use-sweep-actions.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatCount, formatDateTime, formatDuration } from '../../view/format.ts'
import { progressText, type SweepControl, sweepControls } from '../../view/sweeps/sweep-words.ts'
import { CopyButton } from '../copy-button.tsx'
import { EditableText } from '../run/editable-text.tsx'
import { SweepState } from './sweep-state.tsx'

/** What a sweep is called, how far it is, and what can be done with it. */
export function SweepHeader(props: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { address, sweep } = props
  const actions = useSweepActions(address)
  const navigate = useNavigate()
  const { confirm } = useServices()
  const now = useNow(serverNowMs)
  const control = async ({ state, done }: SweepControl): Promise<void> => {
    const isSure =
      state !== 'canceled' ||
      sweep.liveCount === 0 ||
      (await confirm.ask({
        title: `Cancel ${sweep.title}?`,
        text: `${formatCount(sweep.liveCount, 'run')} that go on are asked to stop now. What they have logged stays.`,
        action: `Cancel ${formatCount(sweep.liveCount, 'run')}`,
      }))
    if (isSure) await actions.change(sweep.name, { state }, done)
  }
  const remove = async (): Promise<void> => {
    const isSure = await confirm.ask({
      title: `Remove ${sweep.title}?`,
      text: 'Its configuration is gone for good. Its runs stay, with what they have logged.',
      action: 'Remove sweep',
    })
    if (isSure && (await actions.remove(sweep.name))) {
      await navigate({ to: '/$entity/$project/sweeps', params: address })
    }
  }
  const { expectedRunCount } = sweep
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
      <span className="ml-auto flex flex-wrap items-center gap-1.5">
        {sweepControls(sweep.state).map((one) => (
          <button className="button" key={one.state} onClick={() => void control(one)} title={one.help} type="button">
            {one.label}
          </button>
        ))}
        <CopyButton label="Copy sweep id" text={sweep.name} />
        <button
          aria-label="Remove sweep"
          className="icon-button"
          onClick={() => void remove()}
          title="Remove the sweep. Its runs stay."
          type="button"
        >
          <Trash2 size={15} />
        </button>
      </span>
    </header>
  )
}
