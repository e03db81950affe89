import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type ProjectAddress, runFiguresQuery } from '../../api/queries.ts'
import { meanUse } from '../../view/home/gpu-keys.ts'

/** No event tells of readings. */
const refreshIntervalMs = 15_000

/** How busy the GPUs of a run that goes on were when they were looked at last; nothing where it has none. */
export function GpuUse(props: {
  readonly project: ProjectAddress
  /** All runs that are asked about at once, this one among them. */
  readonly runIds: readonly string[]
  readonly runId: string
  readonly keys: readonly string[]
}): ReactElement | null {
  const { project, runIds, runId, keys } = props
  const queries = useQueries({
    queries: keys.map((key) => ({
      ...runFiguresQuery(project, runIds, { key, stream: 'events' }),
      refetchInterval: refreshIntervalMs,
    })),
  })
  const at = runIds.indexOf(runId)
  const use = meanUse(queries.map(({ data }) => data?.figures[at]?.last))
  if (use === undefined) return null
  const devices = keys.length === 1 ? 'Its GPU' : 'The mean of its GPUs'
  return (
    <span title={`${devices}, when it was read last`}>
      <span className="text-muted">GPU</span> {use}%
    </span>
  )
}
