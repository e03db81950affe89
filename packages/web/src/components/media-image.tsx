import type { ImageItem } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { usePatientSource } from '../hooks/use-patient-source.ts'
import { classColor } from '../view/palette.ts'
import { MaskOverlay } from './mask-overlay.tsx'

/** Pictures at least this high name their boxes. */
const namedFrom = 200

/** A picture that was logged, with boxes and masks on it, as large as its place allows. Small ones are enlarged pixel by pixel. */
export function MediaImage(props: {
  readonly image: ImageItem
  /** Height in pixels; the width follows. */
  readonly fit: number
  /** Layers of boxes and masks that are left out. */
  readonly hiddenLayers?: readonly string[]
}): ReactElement {
  const { image, fit, hiddenLayers = [] } = props
  const source = usePatientSource(image.url)
  const isEnlarged = image.height !== undefined && image.height < fit
  const masks = image.masks?.filter(({ name }) => !hiddenLayers.includes(name)) ?? []
  const boxes = (image.boxes ?? [])
    .filter(({ name }) => !hiddenLayers.includes(name))
    .flatMap((layer) => layer.boxes.map((box) => ({ ...box, title: `${layer.name}: ${box.label}` })))
  const ratio = image.width !== undefined && image.height !== undefined ? image.width / image.height : undefined
  if (source.isGone) return <span className="text-muted">{image.name} is not on the server</span>
  return (
    <span className="relative inline-block max-w-full bg-hover align-top">
      <img
        alt={image.caption ?? image.name}
        className={`block max-w-full ${isEnlarged ? '[image-rendering:pixelated]' : ''}`}
        decoding="async"
        loading="lazy"
        onError={source.onError}
        src={source.src}
        style={ratio === undefined ? { maxHeight: fit } : { height: 'auto', width: fit * ratio, aspectRatio: ratio }}
      />
      {masks.map((mask) => (
        <MaskOverlay key={mask.name} mask={mask} />
      ))}
      {boxes.length > 0 && (
        <svg
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 h-full w-full overflow-visible"
          preserveAspectRatio="none"
          viewBox="0 0 1 1"
        >
          {boxes.map((box, index) => (
            // Boxes have no names of their own, and their order is the one that was logged.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <g fill="none" key={index}>
              {/* A pale edge keeps every colour apart from every picture. */}
              {['#ffffff', classColor(box.classId)].map((color, layer) => (
                <rect
                  height={box.height}
                  key={color}
                  stroke={color}
                  strokeOpacity={layer === 0 ? 0.75 : 1}
                  strokeWidth={layer === 0 ? 4 : 2}
                  vectorEffect="non-scaling-stroke"
                  width={box.width}
                  x={box.left}
                  y={box.top}
                />
              ))}
              <title>{box.title}</title>
            </g>
          ))}
        </svg>
      )}
      {fit >= namedFrom &&
        boxes.map((box, index) => (
          <span
            className="pointer-events-none absolute -translate-y-full truncate rounded-sm px-1 text-white text-xs"
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            style={{ left: `${box.left * 100}%`, top: `${box.top * 100}%`, backgroundColor: classColor(box.classId) }}
          >
            {box.label}
          </span>
        ))}
    </span>
  )
}
