import type { ImageItem } from '@lossline/protocol'
import { type ReactElement, useState } from 'react'
import { classColor } from '../view/palette.ts'
import { MediaImage } from './media-image.tsx'

/** A picture by itself, `fit` pixels high where the screen is, with its layers to switch and what is known of it. */
export function PictureDetail({ image, fit }: { readonly image: ImageItem; readonly fit: number }): ReactElement {
  const [hidden, setHidden] = useState<readonly string[]>([])
  const layers = [...(image.boxes ?? []), ...(image.masks ?? [])].map(({ name }) => name)
  const classes = new Map<number, string>()
  for (const { labels } of image.masks ?? []) {
    for (const [id, label] of Object.entries(labels)) classes.set(Number(id), label)
  }
  const toggle = (name: string): void =>
    setHidden(hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name])
  return (
    <figure>
      <MediaImage fit={Math.min(fit, innerHeight - 240)} hiddenLayers={hidden} image={image} />
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-2 text-muted">
        {image.width !== undefined && image.height !== undefined && (
          <span>
            {image.width} × {image.height} pixels
          </span>
        )}
        <a className="link-text" download={image.name} href={image.url}>
          Download
        </a>
        {[...new Set(layers)].map((name) => (
          <label className="flex items-center gap-1" key={name}>
            <input
              checked={!hidden.includes(name)}
              className="accent-accent"
              onChange={() => toggle(name)}
              type="checkbox"
            />
            {name}
          </label>
        ))}
        {[...classes].map(([id, label]) => (
          <span className="flex items-center gap-1" key={id}>
            <span aria-hidden="true" className="h-3 w-3 rounded-sm" style={{ backgroundColor: classColor(id) }} />
            {label}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
