import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { useMediaLook } from '../../hooks/media/use-media-look.ts'
import { layerChoices } from '../../view/media/layer-view.ts'
import { LayerControls } from './layer-controls.tsx'
import { MediaImage } from './media-image.tsx'

/** A picture by itself, `fit` pixels high where the screen is, with its layers to switch and what is known of it. */
export function PictureDetail({ image, fit }: { readonly image: ImageItem; readonly fit: number }): ReactElement {
  const { look, change } = useMediaLook()
  const { layers } = look
  const choices = useMemo(() => layerChoices([image]), [image])
  return (
    <figure>
      <MediaImage fit={Math.min(fit, innerHeight - 240)} image={image} isOriginal layers={layers} />
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-2 text-muted">
        {image.width !== undefined && image.height !== undefined && (
          <span>
            {image.width} × {image.height} pixels
          </span>
        )}
        <a className="link-text" download={image.name} href={image.url}>
          Download
        </a>
        <LayerControls choices={choices} onChange={(next) => change({ layers: next })} view={layers} />
      </figcaption>
    </figure>
  )
}
