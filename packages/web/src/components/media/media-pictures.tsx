import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useState } from 'react'
import { useMediaLook } from '../../hooks/media/use-media-look.ts'
import { type LayerView, shownBoxes } from '../../view/media/layer-view.ts'
import { CompareToggle } from '../compare-media/compare-toggle.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { MediaImage } from './media-image.tsx'
import { PictureDetail } from './picture-detail.tsx'

/** Each label once: boxes of large pictures have their names on them, which the button around must say too. */
function labelsOn(image: ImageItem, layers: LayerView): readonly string[] {
  return [...new Set(shownBoxes(image, layers).map(({ label }) => label))]
}

/** Pictures beside each other with their captions; each opens large. */
export function MediaPictures(props: {
  readonly images: readonly ImageItem[]
  readonly title: string
  /** Height in pixels, or `exact`. */
  readonly fit: number | 'exact'
  /** Place of the first one in the list that was logged. Default 0. */
  readonly firstIndex?: number
}): ReactElement {
  const { images, title, fit, firstIndex = 0 } = props
  const { look } = useMediaLook()
  const [open, setOpen] = useState<number>()
  const large = open === undefined ? undefined : images[open]
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {images.map((image, index) => (
          // The same picture may be in a list twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li className="min-w-0" key={index}>
            <figure className="group/picture relative">
              <button
                aria-label={`Enlarge ${[image.caption ?? image.name, ...labelsOn(image, look.layers)].join(', ')}`}
                className="block max-w-full cursor-zoom-in"
                onClick={() => setOpen(index)}
                type="button"
              >
                <MediaImage fit={fit} image={image} layers={look.layers} />
              </button>
              <CompareToggle
                className="absolute top-1 left-1 opacity-0 focus-visible:opacity-100 group-hover/picture:opacity-100 aria-pressed:opacity-100 pointer-coarse:opacity-100"
                index={firstIndex + index}
                item={image}
                kind="image"
              />
              {image.caption !== undefined && (
                <figcaption className="max-w-48 break-words pt-0.5 text-muted text-sm">{image.caption}</figcaption>
              )}
            </figure>
          </li>
        ))}
      </ul>
      {large && (
        <Dialog isWide onClose={() => setOpen(undefined)} title={large.caption ?? title}>
          <PictureDetail fit={512} image={large} />
        </Dialog>
      )}
    </>
  )
}
