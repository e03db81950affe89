import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { compareCodec } from '../../view/compare/compare-state.ts'
import { runAddressOf } from '../../view/run/run-key.ts'

/** Leads to what a run differs in from the baseline of the list that it was opened from. */
export function BaselineLink(props: {
  readonly address: ProjectAddress
  /** Its key. */
  readonly baselineId: string
  readonly runId: string
}): ReactElement {
  const { address, baselineId, runId } = props
  const { runId: id, ...at } = runAddressOf(baselineId, address)
  const { data: baseline } = useQuery(runQuery(at, id))
  return (
    <p className="mb-4">
      <Link
        className="link-text"
        params={address}
        search={compareCodec.stringify({ runIds: [baselineId, runId], isDifferentOnly: true }) as never}
        to="/$entity/$project/compare"
      >
        Compare with the baseline, {baseline?.run.displayName ?? baselineId}
      </Link>
    </p>
  )
}
