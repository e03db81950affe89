import { ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactElement } from 'react'
import { zoomLineage } from '../../view/artifacts/lineage-fit.ts'
import { IconButton } from '../controls/icon-button.tsx'

/** How large a graph is drawn. */
export function LineageZoom(props: {
  /** What is drawn now. */
  readonly scale: number
  readonly isWhole: boolean
  readonly onZoom: (zoom: number | 'whole' | undefined) => void
}): ReactElement {
  const { scale, isWhole, onZoom } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups three buttons.
    <div
      aria-label="Size of the graph"
      className="absolute right-4 bottom-4 flex items-center gap-1 rounded-md border border-line bg-panel p-1"
      role="group"
    >
      <IconButton label="Smaller" onClick={() => onZoom(zoomLineage(scale, false))}>
        <ZoomOut size={16} />
      </IconButton>
      <output aria-label="Scale" className="w-11 text-center text-muted text-sm tabular-nums">
        {Math.round(scale * 100)} %
      </output>
      <IconButton label="Larger" onClick={() => onZoom(zoomLineage(scale, true))}>
        <ZoomIn size={16} />
      </IconButton>
      <button
        aria-pressed={isWhole}
        className="button"
        onClick={() => onZoom(isWhole ? undefined : 'whole')}
        title={isWhole ? 'Draw it large enough to be read' : 'Bring the whole graph in sight'}
        type="button"
      >
        Fit
      </button>
    </div>
  )
}
