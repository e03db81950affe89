import type { MediaKey, MediaValue } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { mediaValueQuery, type RunAddress } from '../api/media-queries.ts'
import { useSeen } from '../hooks/use-seen.ts'
import { formatNumber } from '../view/format.ts'
import type { MediaSize } from '../view/media-state.ts'
import { stepOf } from '../view/media-steps.ts'
import { keyTitle } from '../view/sections.ts'
import { HistogramBars } from './histogram-bars.tsx'
import { MediaFile } from './media-file.tsx'
import { MediaPictures } from './media-pictures.tsx'

/** One key of a run at a step: pictures, sounds, films, pages, a histogram, or files to download. */
export function MediaCard(props: {
  readonly run: RunAddress
  readonly media: MediaKey
  readonly asked: number | undefined
  readonly size: MediaSize
  /** Instead of the key: of which run it is, where runs are beside each other. */
  readonly heading?: ReactNode
  /** What it is called. Default: the key. */
  readonly label?: string
}): ReactElement {
  const { run, media, asked, size } = props
  const card = useRef<HTMLElement>(null)
  const isSeen = useSeen(card)
  const step = stepOf(media, asked) ?? 0
  const query = useQuery({
    ...mediaValueQuery(run, media.key, step),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  const title = keyTitle(media.key)
  const isWide = props.heading === undefined && (media.kind === 'image' || media.kind === 'html')
  return (
    <section
      aria-label={props.label ?? title}
      className={`flex min-h-56 min-w-0 flex-col rounded-lg border border-line bg-panel ${isWide ? 'col-span-full' : ''}`}
      ref={card}
    >
      <header className="flex items-baseline gap-2 px-3 pt-2">
        <h3 className="min-w-0 truncate font-medium" title={title}>
          {props.heading ?? title}
        </h3>
        <span className="shrink-0 text-muted text-sm">
          step {formatNumber(step)}
          {asked !== undefined && step !== asked && ` (asked ${formatNumber(asked)})`}
        </span>
      </header>
      <div className="min-h-0 flex-1 p-3">
        {query.data && <Value run={run} size={size} title={title} value={query.data.value} />}
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

function Value(props: {
  readonly run: RunAddress
  readonly value: MediaValue
  readonly title: string
  readonly size: MediaSize
}): ReactElement {
  const { value, title, size } = props
  switch (value.kind) {
    case 'image':
      return <MediaPictures images={value.items} size={size} title={title} />
    case 'histogram':
      return (
        <div className="h-44">
          <HistogramBars counts={value.counts} edges={value.edges} label={title} />
        </div>
      )
    case 'table':
      return <p className="text-muted">A table: see the Tables tab.</p>
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return (
        <ul className="flex flex-wrap gap-3">
          {value.items.map((item, index) => (
            // The same file may be in a list twice.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li className={`min-w-0 max-w-full ${value.kind === 'html' ? 'w-full' : ''}`} key={index}>
              <MediaFile item={item} kind={value.kind} />
            </li>
          ))}
        </ul>
      )
  }
}
