import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { pointerShare } from '../../view/browser/pointer-share.ts'
import { panBy, type Zoom, zoomAt, zoomByKey, zoomTransform } from '../../view/media/compared-media.ts'
import type { LayerView } from '../../view/media/layer-view.ts'
import { ImageLayers } from '../media/image-layers.tsx'

/** A second picture over the first. */
export interface PictureOver {
  readonly image: ImageItem
  /** 0…1; the second one over the whole first. */
  readonly opacity?: number
  /** 0…1: from here on to the right the second is shown; the divider can be dragged. */
  readonly from?: number
  readonly onMove?: (from: number) => void
}

/** A picture in a frame that a part of it can fill: by wheel with Ctrl, by dragging, or by arrows, +, − and 0. */
export function PictureFrame(props: {
  readonly image: ImageItem
  readonly over?: PictureOver
  readonly label: string
  readonly layers: LayerView
  readonly zoom: Zoom
  readonly onZoom: (zoom: Zoom) => void
  /** Instead of the picture, at its size. */
  readonly children?: ReactNode
}): ReactElement {
  const { image, over, label, layers, zoom, onZoom } = props
  const frame = useRef<HTMLDivElement>(null)
  const latest = useRef({ zoom, onZoom })
  latest.current = { zoom, onZoom }
  const drag = useRef<{ readonly x: number; readonly y: number; readonly isDivider: boolean }>(undefined)
  useEffect(() => {
    // React listens to wheels passively, where they cannot be kept from the page.
    const element = frame.current
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.altKey) return
      event.preventDefault()
      const box = element!.getBoundingClientRect()
      const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
      latest.current.onZoom(zoomAt(latest.current.zoom, event.deltaY < 0 ? 1.2 : 1 / 1.2, at))
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])
  const ratio = ratioOf(image)
  const transform = { transform: zoomTransform(zoom), transformOrigin: '0 0' }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a figure that keys move.
    <div
      aria-label={`${label}. Arrows move, plus and minus enlarge, 0 shows the whole.`}
      className="relative mx-auto touch-none select-none overflow-hidden rounded border border-line bg-hover"
      onKeyDown={(event) => {
        const next = zoomByKey(zoom, event.key)
        if (!next || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        event.stopPropagation()
        onZoom(next)
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        const box = event.currentTarget.getBoundingClientRect()
        const isDivider = over?.from !== undefined && Math.abs(event.clientX - box.left - over.from * box.width) < 14
        drag.current = { x: event.clientX, y: event.clientY, isDivider }
      }}
      onPointerMove={(event) => {
        const from = drag.current
        if (!from) return
        if (from.isDivider) {
          over?.onMove?.(pointerShare(event))
          return
        }
        const box = event.currentTarget.getBoundingClientRect()
        drag.current = { x: event.clientX, y: event.clientY, isDivider: false }
        onZoom(panBy(zoom, (event.clientX - from.x) / box.width, (event.clientY - from.y) / box.height))
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
      ref={frame}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move and enlarge what is in it.
      tabIndex={0}
      style={{ aspectRatio: ratio, width: `min(100%, calc((100vh - 280px) * ${ratio}))` }}
    >
      <div className="absolute inset-0" style={transform}>
        {props.children ?? <Picture frameRatio={ratio} image={image} layers={layers} />}
      </div>
      {over && (
        <div
          className="absolute inset-0"
          style={{
            opacity: over.opacity ?? 1,
            ...(over.from === undefined ? {} : { clipPath: `inset(0 0 0 ${over.from * 100}%)` }),
          }}
        >
          <div className="absolute inset-0" style={transform}>
            <Picture frameRatio={ratio} image={over.image} layers={layers} />
          </div>
        </div>
      )}
      {over?.from !== undefined && (
        <div
          aria-hidden="true"
          className="-ml-2 absolute inset-y-0 flex w-4 cursor-ew-resize justify-center"
          style={{ left: `${over.from * 100}%` }}
        >
          <span className="w-0.5 bg-white shadow-[0_0_0_1px_#000]" />
        </div>
      )}
    </div>
  )
}

function Picture(props: {
  readonly image: ImageItem
  readonly layers: LayerView
  readonly frameRatio: number
}): ReactElement {
  const { image, layers, frameRatio } = props
  const relative = ratioOf(image) / frameRatio
  return (
    <div
      className="absolute inset-0 m-auto"
      style={{ width: `${Math.min(1, relative) * 100}%`, height: `${Math.min(1, 1 / relative) * 100}%` }}
    >
      <img
        alt={image.caption ?? image.name}
        className="absolute inset-0 h-full w-full [image-rendering:pixelated]"
        draggable={false}
        src={image.url}
      />
      <ImageLayers image={image} view={layers} />
    </div>
  )
}

function ratioOf({ width, height }: ImageItem): number {
  return width !== undefined && height !== undefined && height > 0 ? width / height : 1
}
