import type { ImageItem, MediaItem } from '@lossline/protocol'
import { createContext, useContext } from 'react'
import type { RunAddress } from '../../api/media-queries.ts'
import { useServices } from '../../services.ts'
import { type ComparedItem, isSameItem, type MediaOrigin, toggleCompared } from '../../view/media/compared-media.ts'
import { useValue } from '../use-store.ts'

/** Where the media below were logged; undefined: they cannot be compared. */
export const MediaOriginContext = createContext<MediaOrigin | undefined>(undefined)

/** What a run had logged under the same key at the step before; undefined: nothing, or it is not known. */
export const MediaBeforeContext = createContext<MediaBefore | undefined>(undefined)

/** Where the value before is found. */
export interface MediaBefore {
  readonly run: RunAddress
  /** Encoded, as the server has it. */
  readonly key: string
  readonly step: number
}

/** Whether an item is among those that are compared, and how to change that. Undefined where nothing is compared. */
export function useCompared(
  kind: ComparedItem['kind'],
  item: ImageItem | MediaItem,
  index: number,
): { readonly isChosen: boolean; readonly toggle: () => void } | undefined {
  const { comparedMedia, embed } = useServices()
  const origin = useContext(MediaOriginContext)
  const items = useValue(comparedMedia)
  // In a notebook there is nothing around the page that would offer the comparison.
  if (origin === undefined || embed !== undefined) return undefined
  // A picture comes with the kind `image`, and only then.
  const compared = { ...origin, index, kind, item } as ComparedItem
  return {
    isChosen: items.some((other) => isSameItem(other, compared)),
    toggle: () => comparedMedia.set(toggleCompared(items, compared)),
  }
}
