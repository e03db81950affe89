import { useEffect, useState } from 'react'

const retryIntervalMs = 2000
const retryCountMax = 10

/** An address that is tried again for a while after it failed: files of a running run come a little after what names them. */
export function usePatientSource(url: string): {
  readonly src: string
  readonly onError: () => void
  /** It does not come any more. */
  readonly isGone: boolean
} {
  const [state, setState] = useState({ url, failureCount: 0, attempt: 0 })
  // Another address begins anew.
  const { failureCount, attempt } = state.url === url ? state : { failureCount: 0, attempt: 0 }
  useEffect(() => {
    if (failureCount === attempt || failureCount > retryCountMax) return
    const timer = setTimeout(() => setState({ url, failureCount, attempt: failureCount }), retryIntervalMs)
    return () => clearTimeout(timer)
  }, [url, failureCount, attempt])
  return {
    // Another address, since the browser remembers that this one failed.
    src: attempt === 0 ? url : `${url}&attempt=${attempt}`,
    onError: () => setState({ url, failureCount: attempt + 1, attempt }),
    isGone: failureCount > retryCountMax,
  }
}
