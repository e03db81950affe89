import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { sweepQuery } from '../api/sweep-queries.ts'
import { isNotFound, NotFound } from '../components/shell/not-found.tsx'
import { ErrorMessage } from '../components/shell/page-message.tsx'
import { SweepConfig } from '../components/sweeps/sweep-config.tsx'
import { SweepHeader } from '../components/sweeps/sweep-header.tsx'
import { SweepOverview } from '../components/sweeps/sweep-overview.tsx'
import { SweepRuns } from '../components/sweeps/sweep-runs.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { useCrumb, useDocumentTitle } from '../hooks/use-store.ts'
import { mergeParams } from '../view/address/address-store.ts'
import type { SearchParams } from '../view/address/url-state.ts'
import { type SweepTab, sweepTabCodec, sweepTabs } from '../view/sweeps/sweep-tab.ts'

/** One sweep: what it looks for, and what came of it so far. */
export function SweepPage(): ReactElement {
  const { entity, project, sweepId } = useParams({ strict: false }) as Record<'entity' | 'project' | 'sweepId', string>
  const address = useMemo(() => ({ entity, project }), [entity, project])
  return <OneSweep address={address} key={`${entity}/${project}/${sweepId}`} name={sweepId} />
}

function OneSweep({ address, name }: { readonly address: ProjectAddress; readonly name: string }): ReactElement {
  const query = useQuery(sweepQuery(address, name))
  const [{ tab }] = useAddress(sweepTabCodec)
  const sweep = query.data?.sweep
  const title = sweep?.title ?? name
  useDocumentTitle(`${title} · ${address.project}`)
  useCrumb(title)
  if (query.error && !sweep) {
    return (
      <main className="flex flex-1">
        {isNotFound(query.error) ? (
          <NotFound address={address} what={`sweep ${name}`} why="It may have been deleted.">
            <Link className="button" params={address} to="/$entity/$project/sweeps">
              All sweeps
            </Link>
          </NotFound>
        ) : (
          <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
        )}
      </main>
    )
  }
  if (!sweep) {
    return (
      <main className="flex-1 p-4">
        <div aria-label="Loading the sweep" className="skeleton h-40" role="img" />
      </main>
    )
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <SweepHeader address={address} sweep={sweep} />
      <nav aria-label="Sweep" className="flex shrink-0 gap-5 border-line border-b bg-panel px-4 pt-1">
        {sweepTabs.map(({ id, label }) => (
          <Link
            activeOptions={{ exact: true, includeSearch: true }}
            className="border-transparent border-b-2 px-1 pb-2 text-muted hover:text-text data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-text"
            key={id}
            params={{ ...address, sweepId: name }}
            search={((current: SearchParams) => mergeParams(sweepTabCodec, current, { tab: id })) as never}
            to="/$entity/$project/sweeps/$sweepId"
          >
            {label}
          </Link>
        ))}
      </nav>
      <View address={address} sweep={sweep} tab={tab} />
    </main>
  )
}

function View(props: {
  readonly tab: SweepTab
  readonly address: ProjectAddress
  readonly sweep: Parameters<typeof SweepOverview>[0]['sweep']
}): ReactElement {
  const { tab, ...rest } = props
  switch (tab) {
    case 'overview':
      return <SweepOverview {...rest} />
    case 'runs':
      return <SweepRuns {...rest} />
    case 'config':
      return <SweepConfig {...rest} />
  }
}
