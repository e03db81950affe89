import type { MediaItem } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Grid3x3, Maximize2, Minus, Plus, RotateCcw } from 'lucide-react'
import { type ReactElement, useRef, useState } from 'react'
import { spaceQuery } from '../../api/space-query.ts'
import { useSpaceView } from '../../hooks/media/use-space-view.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { boundsOf, countParts, type SpaceModel } from '../../view/space/space-model.ts'
import { formatCount } from '../../view/text/format.ts'
import { Dialog } from '../controls/dialog.tsx'

/** An object in space that can be turned. Where it cannot be drawn, it says why; it can be saved in any case. */
export function SpaceViewer(props: { readonly item: MediaItem; readonly isLarge?: boolean }): ReactElement {
  const { item, isLarge = false } = props
  const box = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(box)
  const { data, error } = useQuery({ ...spaceQuery(item.url, item.name), enabled: isSeen })
  const height = isLarge ? 'h-[calc(100vh-200px)]' : 'h-44'
  return (
    <div className="w-full min-w-48" ref={box}>
      {data && boundsOf(data) ? (
        <SpaceView className={height} isLarge={isLarge} item={item} model={data} />
      ) : (
        <p
          className={`flex ${height} items-center justify-center rounded border border-line p-4 text-center text-muted`}
        >
          {error
            ? `It cannot be drawn: ${error.message}`
            : data
              ? 'There is nothing in this file to draw.'
              : 'Loading…'}
        </p>
      )}
    </div>
  )
}

function SpaceView(props: {
  readonly model: SpaceModel
  readonly item: MediaItem
  readonly className: string
  readonly isLarge: boolean
}): ReactElement {
  const { model, item, className, isLarge } = props
  const name = item.caption ?? item.name
  const [isWireFrame, setIsWireFrame] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  const { canvas, problem, handlers, zoom, reset } = useSpaceView(model, isWireFrame)
  const { triangles, points, lines, labels } = countParts(model)
  const counted = [
    ...(triangles > 0 ? [formatCount(triangles, 'triangle')] : []),
    ...(points > 0 ? [formatCount(points, 'point')] : []),
    ...(lines > 0 ? [formatCount(lines, 'line')] : []),
    ...(labels > 0 ? [formatCount(labels, 'label')] : []),
  ].join(', ')
  const parts = model.parts ?? counted
  if (problem !== undefined) {
    return (
      <p
        className={`flex ${className} items-center justify-center rounded border border-line p-4 text-center text-muted`}
      >
        {problem} It holds {parts}.
      </p>
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a figure that keys move. */}
      <div
        aria-label={`${name}: ${parts}. Arrows turn it, with Shift they move it, plus and minus zoom, 0 shows all.`}
        className={`relative ${className} cursor-grab touch-none select-none overflow-hidden rounded border border-line`}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn what is in it.
        tabIndex={0}
        {...handlers}
      >
        <canvas className="absolute inset-0 h-full w-full" ref={canvas} />
      </div>
      <div className="flex flex-wrap items-center gap-1 pt-1 text-muted text-sm">
        <button
          aria-label={`Nearer to ${name}`}
          className="icon-button"
          onClick={() => zoom(0.8)}
          title="Nearer (+)"
          type="button"
        >
          <Plus size={15} />
        </button>
        <button
          aria-label={`Farther from ${name}`}
          className="icon-button"
          onClick={() => zoom(1.25)}
          title="Farther (−)"
          type="button"
        >
          <Minus size={15} />
        </button>
        <button
          aria-label={`Show all of ${name}`}
          className="icon-button"
          onClick={reset}
          title="Show all (0)"
          type="button"
        >
          <RotateCcw size={15} />
        </button>
        {triangles > 0 && (
          <button
            aria-label={`Wire frame of ${name}`}
            aria-pressed={isWireFrame}
            className={`icon-button ${isWireFrame ? 'text-accent' : ''}`}
            onClick={() => setIsWireFrame(!isWireFrame)}
            title="Wire frame"
            type="button"
          >
            <Grid3x3 size={15} />
          </button>
        )}
        {!isLarge && (
          <button
            aria-label={`Enlarge ${name}`}
            className="icon-button"
            onClick={() => setIsOpen(true)}
            title="Enlarge"
            type="button"
          >
            <Maximize2 size={15} />
          </button>
        )}
        <span className="min-w-0 truncate">{parts}</span>
      </div>
      {model.notes.length > 0 && <p className="text-muted text-sm">{model.notes.join(' ')}</p>}
      {isOpen && (
        <Dialog isWide onClose={() => setIsOpen(false)} title={name}>
          <SpaceViewer isLarge item={item} />
        </Dialog>
      )}
    </>
  )
}
