import type { ImageMaskLayer } from '@lossline/protocol'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { colorOfClass, type LayerView } from '../../view/media/layer-view.ts'

/** A mask in colours: its pixels are class ids, nearly black as they are. Class 0 is nothing by custom. */
export function MaskOverlay(props: {
  readonly mask: ImageMaskLayer
  readonly view: Pick<LayerView, 'hiddenClasses' | 'classColors' | 'opacity'>
}): ReactElement {
  const { mask, view } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [image, setImage] = useState<HTMLImageElement>()
  useEffect(() => {
    const loading = new Image()
    let isGone = false
    loading.onload = () => {
      if (!isGone) setImage(loading)
    }
    loading.src = mask.url
    return () => {
      isGone = true
    }
  }, [mask.url])
  const { hiddenClasses, classColors } = view
  useEffect(() => {
    if (image && canvas.current) paint(canvas.current, image, { hiddenClasses, classColors })
  }, [image, hiddenClasses, classColors])
  const names = Object.values(mask.labels).join(', ')
  return (
    <canvas
      aria-label={`Mask ${mask.name}${names === '' ? '' : `: ${names}`}`}
      className="pointer-events-none absolute inset-0 h-full w-full [image-rendering:pixelated]"
      ref={canvas}
      role="img"
      style={{ opacity: view.opacity }}
    />
  )
}

function paint(
  canvas: HTMLCanvasElement,
  image: HTMLImageElement,
  view: Pick<LayerView, 'hiddenClasses' | 'classColors'>,
): void {
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const pen = canvas.getContext('2d')
  if (!pen || canvas.width === 0) return
  pen.drawImage(image, 0, 0)
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height)
  const colors = Array.from({ length: 256 }, (_, classId) => {
    const color = colorOfClass(view, classId)
    return [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16)) as [number, number, number]
  })
  for (let at = 0; at < pixels.data.length; at += 4) {
    const classId = pixels.data[at] as number
    const [red, green, blue] = colors[classId] as [number, number, number]
    pixels.data[at] = red
    pixels.data[at + 1] = green
    pixels.data[at + 2] = blue
    pixels.data[at + 3] = classId === 0 || view.hiddenClasses.has(classId) ? 0 : 255
  }
  pen.putImageData(pixels, 0, 0)
}
