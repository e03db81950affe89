import type { ReactElement } from 'react'
import { CodeDiff } from '../files/code-diff.tsx'

/** What has changed in a logged text since an earlier step. */
export function ChangesBox(props: {
  readonly before: string
  readonly after: string
  /** What is compared. */
  readonly name: string
  /** When the earlier one was logged, such as "step 100". */
  readonly since: string
}): ReactElement {
  const { before, after, name, since } = props
  return (
    <div className="max-h-80 overflow-y-auto py-1">
      <CodeDiff
        after={after}
        before={before}
        label={`Changes of ${name} since ${since}`}
        layout="unified"
        whenEqual={`Nothing has changed since ${since}.`}
      />
    </div>
  )
}
