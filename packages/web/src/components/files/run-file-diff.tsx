import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type RunAddress, runFilesQuery } from '../../api/media-queries.ts'
import { textQuery } from '../../api/text-query.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { codeTitle } from '../../view/run/run-code.ts'
import { Failure } from '../controls/failure.tsx'
import { CodeDiff, type DiffLayout } from './code-diff.tsx'

/** How a file of one run differs from that of another one, which stands before: what is new was added. */
export function RunFileDiff(props: {
  readonly name: string
  readonly before: RunAddress
  readonly after: RunAddress
  readonly layout: DiffLayout
}): ReactElement {
  const { name, layout } = props
  const before = useFileText(props.before, name)
  const after = useFileText(props.after, name)
  const { error, retry } = stateOfQueries([...before.queries, ...after.queries])
  const title = codeTitle(name)
  if (error) return <Failure error={error} onRetry={retry} />
  if (before.isMissing || after.isMissing) {
    return (
      <p className="text-muted">
        {before.isMissing ? 'That run' : 'This run'} saved no {title}.
      </p>
    )
  }
  if (before.text === undefined || after.text === undefined)
    return <div aria-label="Loading both files" className="skeleton h-40" role="img" />
  return <CodeDiff after={after.text} before={before.text} label={`Changes of ${title}`} layout={layout} />
}

function useFileText(run: RunAddress, name: string) {
  const files = useQuery(runFilesQuery(run))
  const file = files.data?.files.find((one) => one.name === name)
  const text = useQuery({ ...textQuery(file?.url ?? ''), enabled: file !== undefined })
  return {
    text: text.data,
    isMissing: files.data !== undefined && file === undefined,
    queries: [files, text],
  }
}
