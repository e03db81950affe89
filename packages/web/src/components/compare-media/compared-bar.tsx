import { type ReactElement, useState } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { comparedTitles } from '../../view/media/compared-media.ts'
import { formatCount } from '../../view/text/format.ts'
import { MediaComparison } from './media-comparison.tsx'

/** What was chosen to be compared, until somebody compares or forgets it. */
export function ComparedBar(): ReactElement | null {
  const { comparedMedia } = useServices()
  const items = useValue(comparedMedia)
  const [isOpen, setIsOpen] = useState(false)
  if (items.length === 0) return null
  return (
    <>
      <section
        aria-label="Media to compare"
        className="fixed bottom-4 left-1/2 z-30 max-sm:bottom-20 flex max-w-[calc(100vw-32px)] -translate-x-1/2 items-center gap-3 rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-pop"
      >
        <span className="min-w-0 truncate" title={comparedTitles(items).join(', ')}>
          {formatCount(items.length, 'item')} to compare
        </span>
        <button className="button" disabled={items.length < 2} onClick={() => setIsOpen(true)} type="button">
          Compare
        </button>
        <button className="link-text" onClick={() => comparedMedia.set([])} type="button">
          Clear
        </button>
      </section>
      {isOpen && items.length > 1 && <MediaComparison items={items} onClose={() => setIsOpen(false)} />}
    </>
  )
}
