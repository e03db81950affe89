import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import { type PictureMode, pictureModes, wholePicture } from '../../view/media/compared-media.ts'
import { layerChoices, plainLayers } from '../../view/media/layer-view.ts'
import { LayerControls } from '../media/layer-controls.tsx'
import { PictureDifference } from './picture-difference.tsx'
import { PictureFrame } from './picture-frame.tsx'

const modeLabels: Readonly<Record<PictureMode, string>> = {
  side: 'Side by side',
  swipe: 'Swipe',
  onion: 'Onion skin',
  difference: 'Difference',
}

/** Pictures beside or over each other; what is enlarged in one is enlarged in all. */
export function PictureComparison(props: {
  readonly images: readonly ImageItem[]
  readonly titles: readonly string[]
}): ReactElement {
  const { images, titles } = props
  const [wanted, setWanted] = useState<PictureMode>('side')
  const [zoom, setZoom] = useState(wholePicture)
  const [layers, setLayers] = useState(plainLayers)
  const [share, setShare] = useState(0.5)
  const choices = useMemo(() => layerChoices(images), [images])
  const modes = pictureModes(images.length)
  const mode = modes.includes(wanted) ? wanted : 'side'
  const [first, second] = images
  const frame = { zoom, onZoom: setZoom, layers }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        {modes.length > 1 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups buttons.
          <div aria-label="Way of comparing" className="flex flex-wrap gap-1" role="group">
            {modes.map((one) => (
              <button
                aria-pressed={one === mode}
                className="button"
                key={one}
                onClick={() => setWanted(one)}
                type="button"
              >
                {modeLabels[one]}
              </button>
            ))}
          </div>
        )}
        {(mode === 'swipe' || mode === 'onion') && (
          <label className="flex items-center gap-2">
            {mode === 'swipe' ? 'Divider' : `How much of ${titles[1]}`}
            <input
              className="w-40 accent-accent"
              max={1}
              min={0}
              onChange={({ target }) => setShare(Number(target.value))}
              step={0.01}
              type="range"
              value={share}
            />
          </label>
        )}
        <button
          className="button ml-auto"
          disabled={zoom.scale === 1}
          onClick={() => setZoom(wholePicture)}
          title="The whole picture (0)"
          type="button"
        >
          Whole picture
        </button>
      </div>
      <LayerControls choices={choices} onChange={setLayers} view={layers} />
      {mode === 'side' && (
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(220px,100%),1fr))] gap-3">
          {images.map((image, index) => (
            <li className="min-w-0" key={titles[index]}>
              <p className="truncate pb-1">{titles[index]}</p>
              <PictureFrame {...frame} image={image} label={titles[index]!} />
              {image.caption !== undefined && <p className="pt-1 text-muted text-sm">{image.caption}</p>}
            </li>
          ))}
        </ul>
      )}
      {mode !== 'side' && first && second && (
        <>
          <p className="text-center">
            {titles[0]} <span className="text-muted">{mode === 'swipe' ? '|' : 'and'}</span> {titles[1]}
          </p>
          {mode === 'difference' ? (
            <PictureDifference {...frame} images={[first, second]} label={`${titles[0]} and ${titles[1]}`} />
          ) : (
            <PictureFrame
              {...frame}
              image={first}
              label={`${titles[0]} and ${titles[1]}`}
              over={{ image: second, ...(mode === 'swipe' ? { from: share, onMove: setShare } : { opacity: share }) }}
            />
          )}
        </>
      )}
    </div>
  )
}
