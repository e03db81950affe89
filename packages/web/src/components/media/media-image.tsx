import type { ImageItem } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { usePatientSource } from '../../hooks/use-patient-source.ts'
import { type LayerView, plainLayers } from '../../view/media/layer-view.ts'
import { thumbnailUrl } from '../../view/media/thumbnail-url.ts'
import { ImageLayers } from './image-layers.tsx'

/** Pictures at least this high name their boxes. */
const namedFrom = 200

/** A picture that was logged, with boxes and masks on it, as large as its place allows. Small ones are enlarged pixel by pixel. */
export function MediaImage(props: {
  readonly image: ImageItem
  /** Height in pixels, the width follows; `exact`: a pixel of the picture is one of the page. */
  readonly fit: number | 'exact'
  /** Of the boxes and masks. Default: all of them. */
  readonly layers?: LayerView
  /** The file that was logged, where a thumbnail would do otherwise. */
  readonly isOriginal?: boolean
}): ReactElement {
  const { image, layers = plainLayers, isOriginal = props.fit === 'exact' } = props
  const fit = props.fit === 'exact' ? (image.height ?? 256) : props.fit
  const source = usePatientSource(isOriginal ? image.url : thumbnailUrl(image, fit, devicePixelRatio))
  const isEnlarged = image.height !== undefined && image.height < fit
  const ratio = image.width !== undefined && image.height !== undefined ? image.width / image.height : undefined
  if (source.isGone) return <span className="text-muted">{image.name} is not on the server</span>
  return (
    <span className={`relative inline-block bg-hover align-top ${props.fit === 'exact' ? '' : 'max-w-full'}`}>
      <img
        alt={image.caption ?? image.name}
        className={`block ${props.fit === 'exact' ? 'max-w-none' : 'max-w-full'} ${isEnlarged ? '[image-rendering:pixelated]' : ''}`}
        decoding="async"
        loading="lazy"
        onError={source.onError}
        src={source.src}
        style={ratio === undefined ? { maxHeight: fit } : { height: 'auto', width: fit * ratio, aspectRatio: ratio }}
      />
      <ImageLayers hasNames={fit >= namedFrom} image={image} view={layers} />
    </span>
  )
}
