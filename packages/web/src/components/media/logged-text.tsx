import type { MediaValue } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useContext, useState } from 'react'
import { mediaValueQuery } from '../../api/media-queries.ts'
import { type MediaBefore, MediaBeforeContext } from '../../hooks/media/use-compared-media.ts'
import { useMediaLook } from '../../hooks/media/use-media-look.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { Markdown } from '../controls/markdown.tsx'
import { ChangesToggle } from './changes-toggle.tsx'

const ChangesBox = lazy(async () => ({ default: (await import('./changes-box.tsx')).ChangesBox }))

type TextValue = Extract<MediaValue, { readonly kind: 'text' }>

/** A text that was logged as it is: as Markdown or raw, or how it came out of the one at the step before. */
export function LoggedText(props: { readonly value: TextValue; readonly title: string }): ReactElement {
  const { value, title } = props
  const { look } = useMediaLook()
  const before = useContext(MediaBeforeContext)
  const [hasChanges, setHasChanges] = useState(false)
  return (
    <div className="min-w-0">
      {hasChanges && before ? (
        <Suspense
          fallback={<div aria-label={`Loading the changes of ${title}`} className="skeleton h-16" role="img" />}
        >
          <Changes before={before} title={title} value={value} />
        </Suspense>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section aria-label={`Text of ${title}`} className="max-h-80 overflow-y-auto" tabIndex={0}>
          {look.texts === 'raw' ? (
            <pre className="whitespace-pre-wrap break-words font-mono text-sm">{value.text}</pre>
          ) : (
            <Markdown headingLevel={3} text={value.text} />
          )}
        </section>
      )}
      <div className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
        {value.text.length < value.length && (
          <span>
            The first {formatNumber(value.text.length)} of {formatCount(value.length, 'character')}.
          </span>
        )}
        {before && <ChangesToggle before={before} isOn={hasChanges} onChange={() => setHasChanges(!hasChanges)} />}
      </div>
    </div>
  )
}

function Changes(props: {
  readonly before: MediaBefore
  readonly value: TextValue
  readonly title: string
}): ReactElement {
  const { before, value, title } = props
  const query = useQuery(mediaValueQuery(before.run, before.key, before.step))
  const step = `step ${formatNumber(before.step)}`
  if (query.error && !query.data) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />
  }
  if (!query.data) return <div aria-label={`Loading the changes of ${title}`} className="skeleton h-16" role="img" />
  const old = query.data.value
  if (old.kind !== 'text') return <p className="text-muted">At {step} something else than a text was logged.</p>
  return <ChangesBox after={value.text} before={old.text} name={title} since={step} />
}
