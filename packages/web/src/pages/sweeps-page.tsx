import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { sweepsQuery } from '../api/sweep-queries.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { NewSweepDialog } from '../components/sweeps/new-sweep-dialog.tsx'
import { SweepTable } from '../components/sweeps/sweep-table.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { useSweepActions } from '../hooks/use-sweep-actions.ts'
import { formatCount } from '../view/format.ts'

/** The sweeps of a project. */
export function SweepsPage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const query = useQuery(sweepsQuery(address))
  const actions = useSweepActions(address)
  const navigate = useNavigate()
  const [isMaking, setIsMaking] = useState(false)
  useDocumentTitle(`Sweeps · ${project}`)
  const sweeps = query.data?.sweeps
  if (query.error && !sweeps) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  const button = (
    <button className="button" onClick={() => setIsMaking(true)} type="button">
      <Plus size={15} /> New sweep
    </button>
  )
  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {sweeps?.length === 0 ? (
        <PageMessage title="No sweeps yet">
          <p>A sweep looks for good settings: each of its runs gets other values of its parameters.</p>
          <p className="mt-2">
            Make one here, or from Python with{' '}
            <code className="font-mono">wandb.sweep(config, project={JSON.stringify(project)})</code>.
          </p>
          <div className="mt-4">{button}</div>
        </PageMessage>
      ) : (
        <div className="w-full px-4 py-6">
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <h1 className="font-semibold text-xl">Sweeps</h1>
            {sweeps && <span className="text-muted">{formatCount(sweeps.length, 'sweep')}</span>}
            <span className="ml-auto">{button}</span>
          </div>
          {sweeps ? (
            <SweepTable address={address} sweeps={sweeps} />
          ) : (
            <div aria-label="Loading sweeps" className="skeleton h-40" role="img" />
          )}
        </div>
      )}
      {isMaking && (
        <NewSweepDialog
          onClose={() => setIsMaking(false)}
          onCreate={async (config) => {
            const sweepId = await actions.create({ config })
            await navigate({ to: '/$entity/$project/sweeps/$sweepId', params: { ...address, sweepId } })
          }}
        />
      )}
    </main>
  )
}
