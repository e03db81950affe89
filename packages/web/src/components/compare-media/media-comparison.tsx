import type { ReactElement } from 'react'
import { type ComparedItem, comparedTitles } from '../../view/media/compared-media.ts'
import { Dialog } from '../controls/dialog.tsx'
import { FilmComparison } from './film-comparison.tsx'
import { PictureComparison } from './picture-comparison.tsx'
import { SoundComparison } from './sound-comparison.tsx'
import { TextComparison } from './text-comparison.tsx'

/** Two to four items of one kind beside each other. */
export function MediaComparison(props: {
  readonly items: readonly ComparedItem[]
  readonly onClose: () => void
}): ReactElement {
  const { items, onClose } = props
  const names = comparedTitles(items)
  const titles = names.map((title, index) => (names.indexOf(title) === index ? title : `${title} (${index + 1})`))
  return (
    <Dialog isWide onClose={onClose} title="Compare media">
      <Comparison items={items} titles={titles} />
    </Dialog>
  )
}

function Comparison(props: {
  readonly items: readonly ComparedItem[]
  readonly titles: readonly string[]
}): ReactElement {
  const { items, titles } = props
  const pictures = items.flatMap((one) => (one.kind === 'image' ? [one.item] : []))
  if (pictures.length === items.length) return <PictureComparison images={pictures} titles={titles} />
  const files = items.map(({ item }) => item)
  switch (items[0]?.kind) {
    case 'video':
      return <FilmComparison files={files} titles={titles} />
    case 'audio':
      return <SoundComparison files={files} titles={titles} />
    default:
      return <TextComparison files={files} titles={titles} />
  }
}
