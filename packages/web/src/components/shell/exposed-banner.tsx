import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { statusQuery } from '../../api/queries.ts'

/** Says for as long as it is so that whoever reaches the server may do everything. */
export function ExposedBanner(): ReactElement | null {
  const { data: status } = useQuery(statusQuery)
  if (status?.isExposed !== true) return null
  return (
    <p className="shrink-0 bg-bad-surface px-3 py-1.5 text-bad text-sm print:hidden" role="note">
      Everybody who reaches this server can read and change everything. Accounts begin with{' '}
      <code className="font-mono">lossline user add NAME --admin</code>; start it without{' '}
      <code className="font-mono">--allow-open</code> then.
    </p>
  )
}
