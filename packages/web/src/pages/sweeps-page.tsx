import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { sweepsQuery } from '../api/sweep-queries.ts'
import { MoreButton } from '../components/controls/more-button.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { NewSweepDialog } from '../components/sweeps/new-sweep-dialog.tsx'
import { SweepTable } from '../components/sweeps/sweep-table.tsx'
import { useRefusal } from '../hooks/shell/use-refusal.ts'
import { useSweepActions } from '../hooks/sweeps/use-sweep-actions.ts'
import { useAddress } from '../hooks/use-address.ts'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { sweepSortCodec } from '../view/sweeps/sweep-list.ts'
import { formatCount } from '../view/text/format.ts'

/** The sweeps of a project. */
export function SweepsPage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const [{ sort }, store] = useAddress(sweepSortCodec)
  const query = useInfiniteQuery({ ...sweepsQuery(address, sort), placeholderData: keepPreviousData })
  const actions = useSweepActions(address)
  const navigate = useNavigate()
  const refusal = useRefusal()
  const [isMaking, setIsMaking] = useState(false)
  useDocumentTitle(`Sweeps · ${project}`)
  const sweeps = query.data?.pages.flatMap((page) => page.sweeps)
  const total = query.data?.pages[0]?.total ?? 0
  if (query.error && !sweeps) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  const button = (
    <button
      className="button"
      disabled={refusal !== undefined}
      onClick={() => setIsMaking(true)}
      title={refusal}
      type="button"
    >
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
          <GuideLink to="page#sweeps">Sweeps</GuideLink>
        </PageMessage>
      ) : (
        <div className="w-full px-4 py-6">
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <h1 className="font-semibold text-xl">Sweeps</h1>
            {sweeps && <span className="text-muted">{formatCount(total, 'sweep')}</span>}
            <span className="ml-auto">{button}</span>
          </div>
          {sweeps ? (
            <>
              <SweepTable
                address={address}
                onSort={(next) => store.update({ sort: next })}
                sort={sort}
                sweeps={sweeps}
              />
              <MoreButton
                className="mt-3"
                label={`Showing ${sweeps.length} of ${formatCount(total, 'sweep')}. Show more`}
                query={query}
              />
            </>
          ) : (
            <div aria-label="Loading sweeps" className="skeleton h-40" role="img" />
          )}
        </div>
      )}
      {isMaking && (
        <NewSweepDialog
          onClose={() => setIsMaking(false)}
          onSave={async (config) => {
            const sweepId = await actions.create({ config })
            await navigate({ to: '/$entity/$project/sweeps/$sweepId', params: { ...address, sweepId } })
          }}
        />
      )}
    </main>
  )
}
