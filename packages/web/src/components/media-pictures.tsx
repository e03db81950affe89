import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useState } from 'react'
import type { MediaSize } from '../view/media-state.ts'
import { Dialog } from './dialog.tsx'
import { MediaImage } from './media-image.tsx'
import { PictureDetail } from './picture-detail.tsx'

const heights: Readonly<Record<MediaSize, number>> = { s: 64, m: 128, l: 256 }

/** Pictures beside each other with their captions; each opens large. */
export function MediaPictures(props: {
  readonly images: readonly ImageItem[]
  readonly title: string
  readonly size: MediaSize
}): ReactElement {
  const { images, title, size } = props
  const [open, setOpen] = useState<number>()
  const large = open === undefined ? undefined : images[open]
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {images.map((image, index) => (
          // The same picture may be in a list twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <figure>
              <button
                aria-label={`Enlarge ${image.caption ?? image.name}`}
                className="block cursor-zoom-in"
                onClick={() => setOpen(index)}
                type="button"
              >
                <MediaImage fit={heights[size]} image={image} />
              </button>
              {image.caption !== undefined && (
                <figcaption className="max-w-48 break-words pt-0.5 text-muted text-sm">{image.caption}</figcaption>
              )}
            </figure>
          </li>
        ))}
      </ul>
      {large && (
        <Dialog onClose={() => setOpen(undefined)} title={large.caption ?? title}>
          <PictureDetail fit={512} image={large} />
        </Dialog>
      )}
    </>
  )
}
