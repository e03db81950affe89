import { guideHref, guidePages } from '../guide/guide-pages.ts'
import type { PickItem } from './pick-item.ts'

/** Pages of the guide that have all words of a text in their title or in what they are about; others are no answer. */
export function findGuideItems(text: string): readonly PickItem[] {
  const words = text.toLowerCase().split(/\s+/)
  return guideItems.filter(({ label, detail }) =>
    words.every((word) => `${label} ${detail}`.toLowerCase().includes(word)),
  )
}

const guideItems: readonly PickItem[] = guidePages.map(({ id, title, about }) => ({
  id: `guide ${id}`,
  label: title,
  detail: about,
  href: guideHref(id),
}))
