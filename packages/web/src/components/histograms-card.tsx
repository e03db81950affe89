import type { MediaKey } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { histogramsQuery, type RunAddress } from '../api/media-queries.ts'
import { useSeen } from '../hooks/use-seen.ts'
import { formatCount } from '../view/format.ts'
import { keyTitle } from '../view/sections.ts'
import { HistogramHeat } from './histogram-heat.tsx'

/** Histograms of one key over the steps. */
export function HistogramsCard(props: {
  readonly run: RunAddress
  readonly media: MediaKey
  /** Instead of the key: of which run they are, where runs are beside each other. */
  readonly heading?: ReactNode
  /** What it is called. Default: the key. */
  readonly label?: string
}): ReactElement {
  const { run, media } = props
  const card = useRef<HTMLElement>(null)
  const isSeen = useSeen(card)
  const query = useQuery({
    ...histogramsQuery(run, media.key, media.steps.at(-1) ?? 0),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  const title = keyTitle(media.key)
  const shownCount = query.data?.steps.length ?? 0
  return (
    <section
      aria-label={props.label ?? title}
      className="flex h-60 min-w-0 flex-col rounded-lg border border-line bg-panel"
      ref={card}
    >
      <header className="flex items-baseline gap-2 px-3 pt-2">
        <h3 className="truncate font-medium" title={title}>
          {props.heading ?? title}
        </h3>
        <span className="shrink-0 text-muted text-sm">
          {query.data && shownCount < media.steps.length
            ? `${shownCount} of ${formatCount(media.steps.length, 'step')}`
            : formatCount(media.steps.length, 'step')}
        </span>
      </header>
      <div className="min-h-0 flex-1 p-3">
        {query.data && <HistogramHeat histograms={query.data} label={title} />}
        {query.isPending && <div aria-label={`Loading ${title}`} className="skeleton h-40" role="img" />}
        {query.error && !query.data && (
          <p role="alert">
            {query.error.message}{' '}
            <button className="link-text" onClick={() => void query.refetch()} type="button">
              Retry
            </button>
          </p>
        )}
      </div>
    </section>
  )
}
