import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatCount } from '../../view/text/format.ts'

/** Contents that nothing refers to any more: first what would go, then that it goes. */
export function CollectGarbage(): ReactElement {
  const collect = useMutation({
    mutationFn: (apply: boolean) => callApi('POST /api/admin/collect-garbage', { body: { apply } }),
  })
  const { data, error, isPending } = collect
  const sizeBytes = data ? data.sizeBytes + data.leftovers.sizeBytes : 0
  return (
    <section aria-labelledby="storage-title">
      <h2 className="mb-2 font-semibold text-lg" id="storage-title">
        Storage
      </h2>
      <p className="mb-3 text-muted">
        Contents of deleted runs and versions stay on disk until they are collected. Nothing that anything refers to is
        touched.
      </p>
      {data && (
        <p className="mb-3" role="status">
          {formatCount(data.contentCount + data.leftovers.count, 'content')} with {formatBytes(sizeBytes)}{' '}
          {data.isApplied ? 'are gone.' : 'can go.'}
        </p>
      )}
      {error && (
        <p className="mb-3 text-bad" role="alert">
          {error.message}
        </p>
      )}
      <div className="flex gap-2">
        <button className="button" disabled={isPending} onClick={() => collect.mutate(false)} type="button">
          See what can go
        </button>
        {data && !data.isApplied && data.contentCount + data.leftovers.count > 0 && (
          <button className="button" disabled={isPending} onClick={() => collect.mutate(true)} type="button">
            Free {formatBytes(sizeBytes)}
          </button>
        )}
      </div>
    </section>
  )
}
