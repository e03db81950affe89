import type { MediaItem } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { textQuery } from '../../api/text-query.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { Failure } from '../controls/failure.tsx'
import { CodeDiff } from '../files/code-diff.tsx'

/** How the text of one file became that of another: HTML as its source, and whatever else is text. */
export function TextComparison(props: {
  readonly files: readonly MediaItem[]
  readonly titles: readonly string[]
}): ReactElement {
  const { files, titles } = props
  const [after, setAfter] = useState(1)
  const [isSplit, setIsSplit] = useState(false)
  const index = Math.min(after, files.length - 1)
  const answers = useQueries({ queries: [files[0]!, files[index]!].map(({ url }) => textQuery(url)) })
  const { error, retry } = stateOfQueries(answers)
  const [old, now] = answers.map(({ data }) => data)
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <span>{titles[0]}</span>
        <span aria-hidden="true">→</span>
        {files.length === 2 ? (
          <span>{titles[1]}</span>
        ) : (
          <select
            aria-label="Compare with"
            className="control"
            onChange={({ target }) => setAfter(Number(target.value))}
            value={index}
          >
            {titles.slice(1).map((title, place) => (
              <option key={title} value={place + 1}>
                {title}
              </option>
            ))}
          </select>
        )}
        <button aria-pressed={isSplit} className="button ml-auto" onClick={() => setIsSplit(!isSplit)} type="button">
          Side by side
        </button>
      </div>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && (old === undefined || now === undefined) && (
        <div aria-label="Loading both files" className="skeleton h-40" role="img" />
      )}
      {old !== undefined &&
        now !== undefined &&
        (isBinary(old) || isBinary(now) ? (
          <p className="text-muted">These files hold no text that could be compared; each can be downloaded.</p>
        ) : (
          <CodeDiff
            after={now}
            before={old}
            label={`Changes from ${titles[0]} to ${titles[index]}`}
            layout={isSplit ? 'split' : 'unified'}
          />
        ))}
    </div>
  )
}

function isBinary(text: string): boolean {
  return text.slice(0, 10_000).includes('\0')
}
