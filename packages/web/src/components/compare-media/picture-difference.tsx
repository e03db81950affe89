import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { pixelDifference, type Zoom } from '../../view/media/compared-media.ts'
import type { LayerView } from '../../view/media/layer-view.ts'
import { PictureFrame } from './picture-frame.tsx'

/** How two pictures of one size differ, pixel by pixel: black where they are the same. */
export function PictureDifference(props: {
  readonly images: readonly [ImageItem, ImageItem]
  readonly label: string
  readonly layers: LayerView
  readonly zoom: Zoom
  readonly onZoom: (zoom: Zoom) => void
}): ReactElement {
  const { images, label, ...frame } = props
  const [gain, setGain] = useState(1)
  const [told, setTold] = useState('')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [first, second] = images
  useEffect(() => {
    let isGone = false
    void Promise.all([readPixels(first.url), readPixels(second.url)]).then(
      ([a, b]) => {
        if (isGone || !canvas.current) return
        if (a.width !== b.width || a.height !== b.height) {
          setTold(`${a.width} × ${a.height} and ${b.width} × ${b.height} pixels cannot be compared one by one.`)
          return
        }
        const { pixels, share, most } = pixelDifference(a.data, b.data, gain)
        paint(canvas.current, a.width, a.height, pixels)
        setTold(
          share === 0
            ? 'Every pixel is the same.'
            : `${(share * 100).toFixed(share < 0.1 ? 2 : 0)} % of the pixels differ, by ${most} of 255 at most.`,
        )
      },
      () => !isGone && setTold('One of the pictures cannot be read.'),
    )
    return () => {
      isGone = true
    }
  }, [first.url, second.url, gain])
  return (
    <>
      <p className="flex flex-wrap items-center gap-3" role="status">
        <span>{told}</span>
        <label className="ml-auto flex items-center gap-2">
          Amplify
          <input
            className="w-32 accent-accent"
            max={16}
            min={1}
            onChange={({ target }) => setGain(Number(target.value))}
            type="range"
            value={gain}
          />
          <span className="w-8">{gain}×</span>
        </label>
      </p>
      <PictureFrame {...frame} image={first} label={`Difference of ${label}`}>
        <canvas
          aria-label={`Difference of ${label}. ${told}`}
          className="absolute inset-0 h-full w-full [image-rendering:pixelated]"
          ref={canvas}
          role="img"
        />
      </PictureFrame>
    </>
  )
}

async function readPixels(url: string): Promise<ImageData> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('This browser draws nothing.')
  pen.drawImage(image, 0, 0)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

function paint(canvas: HTMLCanvasElement, width: number, height: number, pixels: Uint8ClampedArray): void {
  canvas.width = width
  canvas.height = height
  const data = new ImageData(width, height)
  data.data.set(pixels)
  canvas.getContext('2d')?.putImageData(data, 0, 0)
}
