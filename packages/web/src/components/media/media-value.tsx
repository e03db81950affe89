import type { MediaValue } from '@lossline/protocol'
import { lazy, type ReactElement, Suspense } from 'react'
import { HistogramBars } from '../histogram/histogram-bars.tsx'
import { MediaFile } from './media-file.tsx'
import { MediaPictures } from './media-pictures.tsx'

const LoggedText = lazy(async () => ({ default: (await import('./logged-text.tsx')).LoggedText }))

/** What a key holds at a step: pictures, sounds, films, pages, a histogram, or files to download. */
export function MediaValueView(props: {
  readonly value: MediaValue
  readonly title: string
  /** Height of pictures in pixels, or `exact`. */
  readonly fit: number | 'exact'
  /** Only this one of the list. */
  readonly index?: number | undefined
}): ReactElement | null {
  const { value, title, fit, index } = props
  const isWide = value.kind === 'html' || value.kind === 'audio' || value.kind === 'file'
  switch (value.kind) {
    case 'image':
      return (
        <MediaPictures
          firstIndex={index ?? 0}
          fit={fit}
          images={index === undefined ? value.items : value.items.slice(index, index + 1)}
          title={title}
        />
      )
    case 'histogram':
      return (
        <div className="h-44">
          <HistogramBars counts={value.counts} edges={value.edges} label={title} />
        </div>
      )
    case 'table':
      return <p className="text-muted">A table: see the Tables tab.</p>
    case 'text':
      return (
        <Suspense fallback={<div aria-label={`Loading ${title}`} className="skeleton h-16" role="img" />}>
          <LoggedText title={title} value={value} />
        </Suspense>
      )
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return (
        <ul className="flex flex-wrap gap-3">
          {value.items.map((item, place) => {
            const isLeftOut = index !== undefined && index !== place
            return (
              !isLeftOut && (
                // The same file may be in a list twice.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <li className={`min-w-0 max-w-full ${isWide ? 'w-full' : ''}`} key={place}>
                  <MediaFile index={place} item={item} kind={value.kind} />
                </li>
              )
            )
          })}
        </ul>
      )
  }
}
