import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { getRange } from '../../api/client.ts'
import { decodeParts } from '../../view/files/decode-parts.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { Failure } from '../controls/failure.tsx'
import { MoreButton } from '../controls/more-button.tsx'

const partBytes = 250_000

/** A long text, from its beginning on, a part at a time: only what is shown is fetched. */
export function LargeText({ url, sizeBytes }: { readonly url: string; readonly sizeBytes: number }): ReactElement {
  const query = useInfiniteQuery({
    queryKey: ['text-parts', url],
    queryFn: ({ signal, pageParam }) =>
      getRange(url, pageParam, Math.min(sizeBytes, pageParam + partBytes) - 1, signal),
    initialPageParam: 0,
    getNextPageParam: (_, parts) => {
      const read = lengthOf(parts)
      return read < sizeBytes ? read : undefined
    },
  })
  const parts = query.data?.pages
  const text = useMemo(() => decodeParts(parts ?? []), [parts])
  if (query.error && !parts) return <Failure error={query.error} onRetry={query.refetch} />
  if (parts === undefined) return <div aria-label="Loading the file" className="skeleton h-40" role="img" />
  return (
    <>
      <pre className="whitespace-pre-wrap break-words font-mono text-sm">{text}</pre>
      {query.hasNextPage && (
        <p className="sticky bottom-0 bg-panel py-2 text-muted">
          The first {formatBytes(lengthOf(parts))} of {formatBytes(sizeBytes)}. <MoreButton query={query} />
        </p>
      )}
    </>
  )
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}
