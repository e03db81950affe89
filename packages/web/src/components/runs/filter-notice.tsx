import type { RunKeysResponse } from '@lossline/protocol'
import type { ReactElement } from 'react'
import type { UnknownKey } from '../../view/filter/unknown-key.ts'
import { NoMatch } from './no-match.tsx'

/** What is worth knowing about a filter that is correct: a key in it that no run has, and that it finds nothing. */
export function FilterNotice(props: {
  readonly query: string
  readonly unknown: UnknownKey | undefined
  /** What was found before is shown meanwhile. */
  readonly findsNothing: boolean
  readonly known: RunKeysResponse | undefined
  readonly onChange: (query: string) => void
}): ReactElement {
  const { query, unknown, findsNothing, known, onChange } = props
  return (
    <>
      {unknown && <UnknownKeyNotice onChange={onChange} unknown={unknown} />}
      {findsNothing && (
        <>
          {' '}
          <NoMatch known={known} query={query} /> Showing the previous result.
        </>
      )}
    </>
  )
}

/** The filter holds all the same, and what may be meant is one click away. */
function UnknownKeyNotice(props: {
  readonly unknown: UnknownKey
  readonly onChange: (query: string) => void
}): ReactElement {
  const { text, meant } = props.unknown
  return (
    <>
      {text}
      {meant && (
        <>
          {' '}
          Did you mean{' '}
          <button
            className="link-text font-mono"
            onClick={() => props.onChange(meant.query)}
            // The field keeps the focus: what is written there goes on.
            onMouseDown={(event) => event.preventDefault()}
            type="button"
          >
            {meant.key}
          </button>
          ?
        </>
      )}
    </>
  )
}
