import type { ReactElement, ReactNode } from 'react'

/** Why something did not come, and a way to ask for it once more. */
export function Failure(props: {
  readonly error: Error
  readonly onRetry: () => unknown
  /** What did not come, where that is not plain: it stands before the reason. */
  readonly what?: ReactNode
  readonly className?: string
}): ReactElement {
  const { error, onRetry, what, className } = props
  return (
    <p className={className} role="alert">
      {what}
      {error.message}{' '}
      <button className="link-text" onClick={() => void onRetry()} type="button">
        Retry
      </button>
    </p>
  )
}
