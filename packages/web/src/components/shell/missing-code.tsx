import { type ReactElement, useEffect } from 'react'
import { ServerUnreachableError } from '../../api/client.ts'
import { reloadFromServer, reloadOnce } from '../../view/browser/missing-code.ts'
import { ErrorMessage } from './page-message.tsx'

/** In place of what could not be drawn because its code could not be had, which comes by itself once the server is back. */
export function MissingCode({
  error,
  isPage = false,
}: {
  readonly error: unknown
  /** It is the page that somebody has opened, so that nothing on it is lost by loading it anew. */
  readonly isPage?: boolean
}): ReactElement {
  useEffect(() => {
    // A server that is there without it has another version by now.
    if (isPage) void reloadOnce()
  }, [isPage])
  return <ErrorMessage error={new ServerUnreachableError(error)} onRetry={() => void reloadFromServer()} />
}
