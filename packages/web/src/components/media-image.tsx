import type { ImageItem } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useTheme } from '../hooks/use-store.ts'
import { hues } from '../view/palette.ts'
import { MaskOverlay } from './mask-overlay.tsx'

/** A picture that was logged, with boxes and masks on it, as large as its place allows. Small ones are enlarged pixel by pixel. */
export function MediaImage({
  image,
  fit,
}: {
  readonly image: ImageItem
  /** Height in pixels; the width follows. */
  readonly fit: number
}): ReactElement {
  const theme = useTheme()
  const isEnlarged = image.height !== undefined && image.height < fit
  const boxes = image.boxes?.flatMap((layer) => layer.boxes.map((box) => ({ ...box, layer: layer.name }))) ?? []
  const ratio = image.width !== undefined && image.height !== undefined ? image.width / image.height : undefined
  return (
    <span className="relative inline-block max-w-full bg-hover align-top">
      <img
        alt={image.caption ?? image.name}
        className={`block max-w-full ${isEnlarged ? '[image-rendering:pixelated]' : ''}`}
        decoding="async"
        loading="lazy"
        src={image.url}
        style={ratio === undefined ? { maxHeight: fit } : { height: 'auto', width: fit * ratio, aspectRatio: ratio }}
      />
      {image.masks?.map((mask) => (
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
            <rect
              fill="none"
              height={box.height}
              // Boxes have no names of their own, and their order is the one that was logged.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              stroke={(hues[box.classId % hues.length] ?? hues[0])?.[theme]}
              strokeWidth={2}
              vectorEffect="non-scaling-stroke"
              width={box.width}
              x={box.left}
              y={box.top}
            >
              <title>{`${box.layer}: ${box.label}`}</title>
            </rect>
          ))}
        </svg>
      )}
      {fit >= 200 &&
        boxes.map((box, index) => (
          <span
            className="pointer-events-none absolute -translate-y-full truncate rounded-sm px-1 text-white text-xs"
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            style={{
              left: `${box.left * 100}%`,
              top: `${box.top * 100}%`,
              backgroundColor: (hues[box.classId % hues.length] ?? hues[0])?.light,
            }}
          >
            {box.label}
          </span>
        ))}
    </span>
  )
}
