import type { SeriesX } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { RunAddress } from '../../api/media-queries.ts'
import { wallTimeQuery } from '../../api/wall-time-query.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { formatDateTime } from '../../view/text/format.ts'

/** Places that the pointer only passes are not asked for. */
const restMs = 150

/** Which point of which run. */
interface WallTimeProps {
  readonly run: RunAddress
  readonly stream: 'history' | 'events'
  readonly x: SeriesX
  readonly at: number
}

/** When a run logged a point, once the pointer rests there. */
export function WallTime(props: WallTimeProps): ReactElement | null {
  const { run, at } = props
  const place = `${run.runId} ${at}`
  const isSettled = useSettled(place, restMs) === place
  // Room for it is kept, so that nothing moves when it comes.
  return <span className="min-w-36 text-muted">{isSettled && <KnownTime {...props} />}</span>
}

function KnownTime({ run, stream, x, at }: WallTimeProps): string {
  const { data } = useQuery(wallTimeQuery(run, { stream, x, at }))
  return data == null ? '' : formatDateTime(data * 1000)
}
