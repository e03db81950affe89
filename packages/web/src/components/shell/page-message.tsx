import { type ReactElement, type ReactNode, useEffect } from 'react'
import { ApiError, ServerUnreachableError } from '../../api/client.ts'
import { useServices } from '../../services.ts'
import { ErrorDetails } from '../controls/error-details.tsx'

/** One sentence in the middle of a page, with what to do. */
export function PageMessage({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
}): ReactElement {
  return (
    <div className="flex flex-1 items-center justify-center p-8">
      <div className="max-w-md text-center">
        <h1 className="mb-2 font-semibold text-lg">{title}</h1>
        <div className="text-muted">{children}</div>
      </div>
    </div>
  )
}

/** What happened, what is safe, what to do. A server that was away is asked again as soon as it is back. */
export function ErrorMessage({
  error,
  onRetry,
}: {
  readonly error: Error
  readonly onRetry: () => void
}): ReactElement {
  const { updates } = useServices()
  const isAway = error instanceof ServerUnreachableError
  useEffect(() => (isAway ? updates.onHeal(onRetry) : undefined), [isAway, updates, onRetry])
  return (
    <PageMessage title={isAway ? `Can’t reach the server at ${location.host}` : 'The server could not answer'}>
      <p role="alert">
        {isAway ? 'Your runs keep their data on disk and will sync later.' : error.message}
        {error instanceof ApiError && error.hint ? ` ${error.hint}` : ''}
      </p>
      <button className="button mt-4" onClick={onRetry} type="button">
        Retry
      </button>
      <ErrorDetails error={error} />
    </PageMessage>
  )
}
