import type { ImageItem, MediaItem } from '@lossline/protocol'
import { GitCompare } from 'lucide-react'
import type { ReactElement } from 'react'
import { useCompared } from '../../hooks/media/use-compared-media.ts'
import type { ComparedItem } from '../../view/media/compared-media.ts'

/** Takes an item among those that are compared; nothing where that is not offered. */
export function CompareToggle(props: {
  readonly kind: ComparedItem['kind']
  readonly item: ImageItem | MediaItem
  readonly index: number
  readonly className?: string
}): ReactElement | null {
  const { kind, item, index, className = '' } = props
  const compared = useCompared(kind, item, index)
  if (compared === undefined) return null
  return (
    <button
      aria-label={`Compare ${item.caption ?? item.name}`}
      aria-pressed={compared.isChosen}
      className={`icon-button ${compared.isChosen ? 'bg-accent text-on-accent hover:bg-accent' : 'bg-panel'} ${className}`}
      onClick={compared.toggle}
      title={compared.isChosen ? 'Leave out of the comparison' : 'Compare with others'}
      type="button"
    >
      <GitCompare size={14} />
    </button>
  )
}
