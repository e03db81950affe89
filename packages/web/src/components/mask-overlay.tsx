import type { ImageMaskLayer } from '@lossline/protocol'
import { type ReactElement, useEffect, useRef } from 'react'
import { classColor } from '../view/palette.ts'

const opacity = 115

/** A mask in colours: its pixels are class ids, nearly black as they are. Class 0 is nothing by custom. */
export function MaskOverlay({ mask }: { readonly mask: ImageMaskLayer }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = new Image()
    let isGone = false
    image.onload = () => {
      if (!isGone && canvas.current) paint(canvas.current, image)
    }
    image.src = mask.url
    return () => {
      isGone = true
    }
  }, [mask.url])
  const names = Object.values(mask.labels).join(', ')
  return (
    <canvas
      aria-label={`Mask ${mask.name}${names === '' ? '' : `: ${names}`}`}
      className="pointer-events-none absolute inset-0 h-full w-full [image-rendering:pixelated]"
      ref={canvas}
      role="img"
    />
  )
}

function paint(canvas: HTMLCanvasElement, image: HTMLImageElement): void {
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const pen = canvas.getContext('2d')
  if (!pen || canvas.width === 0) return
  pen.drawImage(image, 0, 0)
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < pixels.data.length; at += 4) {
    const classId = pixels.data[at] as number
    const color = classColor(classId)
    pixels.data[at] = Number.parseInt(color.slice(1, 3), 16)
    pixels.data[at + 1] = Number.parseInt(color.slice(3, 5), 16)
    pixels.data[at + 2] = Number.parseInt(color.slice(5, 7), 16)
    pixels.data[at + 3] = classId === 0 ? 0 : opacity
  }
  pen.putImageData(pixels, 0, 0)
}
