import type { RunKeysResponse } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { explainNoMatch } from '../../view/runs/no-match.ts'

/** Says that a filter finds no run, and why where that is simple. */
export function NoMatch(props: { readonly query: string; readonly known: RunKeysResponse | undefined }): ReactElement {
  const { query, known } = props
  return (
    <>
      No run matches <code className="break-words font-mono text-text">{query.trim()}</code>.{' '}
      {explainNoMatch(query, known?.keys ?? [])}
    </>
  )
}
