import type { ImageItem } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { colorOfClass, type LayerView, shownBoxes, textColorOn } from '../../view/media/layer-view.ts'
import { MaskOverlay } from './mask-overlay.tsx'

/** Masks and boxes over a picture that fills the element around it. */
export function ImageLayers(props: {
  readonly image: ImageItem
  readonly view: LayerView
  /** Whether boxes have room for their names. */
  readonly hasNames?: boolean
}): ReactElement {
  const { image, view, hasNames = false } = props
  const masks = image.masks?.filter(({ name }) => !view.hiddenLayers.has(name)) ?? []
  const boxes = shownBoxes(image, view)
  return (
    <>
      {masks.map((mask) => (
        <MaskOverlay key={mask.name} mask={mask} view={view} />
      ))}
      {boxes.length > 0 && (
        <svg
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 h-full w-full overflow-visible"
          opacity={view.boxOpacity}
          preserveAspectRatio="none"
          viewBox="0 0 1 1"
        >
          {boxes.map((box, index) => (
            // Boxes have no names of their own, and their order is the one that was logged.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <g fill="none" key={index}>
              {/* A pale edge keeps every colour apart from every picture. */}
              {['#ffffff', colorOfClass(view, box.classId)].map((color, layer) => (
                <rect
                  height={box.height}
                  // biome-ignore lint/suspicious/noArrayIndexKey: the edge may have the colour of the class.
                  key={layer}
                  stroke={color}
                  strokeOpacity={layer === 0 ? 0.75 : 1}
                  strokeWidth={layer === 0 ? 4 : 2}
                  vectorEffect="non-scaling-stroke"
                  width={box.width}
                  x={box.left}
                  y={box.top}
                />
              ))}
            </g>
          ))}
        </svg>
      )}
      {hasNames &&
        boxes.map((box, index) => (
          <span
            className="pointer-events-none absolute -translate-y-full truncate rounded-sm px-1 text-xs"
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            style={{
              left: `${box.left * 100}%`,
              top: `${box.top * 100}%`,
              backgroundColor: colorOfClass(view, box.classId),
              color: textColorOn(colorOfClass(view, box.classId)),
              opacity: view.boxOpacity,
            }}
          >
            {box.label}
          </span>
        ))}
    </>
  )
}
