import type { ReactElement } from 'react'
import { ApiError } from '../../api/client.ts'
import { CopyButton } from './copy-button.tsx'

/** What helps to find a failure in the server's output: the id of the request, to copy. */
export function ErrorDetails({ error }: { readonly error: unknown }): ReactElement | null {
  if (!(error instanceof ApiError) || !error.requestId) return null
  return (
    <details className="mt-1 text-xs">
      <summary className="mx-auto min-h-6 w-fit min-w-6 cursor-pointer leading-6">Details</summary>
      <span className="inline-flex items-center gap-1">
        Request <code className="font-mono">{error.requestId}</code>
        <CopyButton label="Copy the request id" text={error.requestId} />
      </span>
    </details>
  )
}
