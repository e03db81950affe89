import type { SweepDetail } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useSweepActions } from '../../hooks/sweeps/use-sweep-actions.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { NewSweepDialog } from './new-sweep-dialog.tsx'

/** A sweep's YAML, to read, and to make another one from. */
export function SweepConfig({
  address,
  sweep,
}: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
}): ReactElement {
  const actions = useSweepActions(address)
  const navigate = useNavigate()
  const refusal = useRefusal()
  const [open, setOpen] = useState<'edit' | 'clone'>()
  // Runs that were started under one configuration would be told as found under another.
  const isEditable = sweep.state === 'pending' && sweep.runCount === 0
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-2 flex items-center gap-2">
        {isEditable && (
          <button
            className="button"
            disabled={refusal !== undefined}
            onClick={() => setOpen('edit')}
            title={refusal}
            type="button"
          >
            Edit
          </button>
        )}
        <button
          className="button"
          disabled={refusal !== undefined}
          onClick={() => setOpen('clone')}
          title={refusal}
          type="button"
        >
          Clone and edit
        </button>
        <CopyButton label="Copy the YAML" text={sweep.config} />
        {!isEditable && (
          <span className="text-muted text-sm">The sweep has begun, so that its configuration stays as it is.</span>
        )}
      </div>
      {sweep.warnings.length > 0 && (
        <ul aria-label="Warnings" className="mb-3 rounded-lg border border-line bg-waiting-surface p-3 text-waiting">
          {sweep.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {sweep.config === '' ? (
        <p className="text-muted">Runs named this sweep; nobody has given it a configuration.</p>
      ) : (
        <pre
          className="overflow-x-auto rounded-lg border border-line bg-panel p-3 font-mono text-sm leading-5"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          {sweep.config}
        </pre>
      )}
      {open === 'edit' && (
        <NewSweepDialog
          action="Save"
          initialConfig={sweep.config}
          onClose={() => setOpen(undefined)}
          onSave={(config) => actions.configure(sweep.name, config)}
          title="Edit sweep"
        />
      )}
      {open === 'clone' && (
        <NewSweepDialog
          initialConfig={sweep.config}
          onClose={() => setOpen(undefined)}
          onSave={async (config) => {
            const sweepId = await actions.create({ config })
            await navigate({ to: '/$entity/$project/sweeps/$sweepId', params: { ...address, sweepId } })
          }}
        />
      )}
    </div>
  )
}
