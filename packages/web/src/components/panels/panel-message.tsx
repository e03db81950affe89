import type { ReactElement, ReactNode } from 'react'
import type { QueryState } from '../../hooks/query-state.ts'
import { Failure } from '../controls/failure.tsx'

/** Why a panel draws nothing. */
export function PanelMessage({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className="flex h-full items-center justify-center p-4 text-center text-muted">{children}</div>
}

/** What a panel shows until its data are there, or why they are not. Undefined: there is nothing to wait for. */
export function panelWaiting(state: QueryState, hasData: boolean, title: string): ReactElement | undefined {
  if (hasData) return undefined
  if (state.error) {
    return (
      <PanelMessage>
        <Failure error={state.error} onRetry={state.retry} />
      </PanelMessage>
    )
  }
  return state.isPending ? <div aria-label={`Loading ${title}`} className="skeleton h-full" role="img" /> : undefined
}
