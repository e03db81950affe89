import type { ReactElement } from 'react'
import type { SharedLook } from '../../hooks/media/use-media-look.ts'
import type { LayerChoices } from '../../view/media/layer-view.ts'
import { LayerControls } from './layer-controls.tsx'

/** What is shown of boxes, masks and texts, for all media of a panel or page; nothing where there are none of them. */
export function MediaLookControls(props: {
  readonly shared: SharedLook
  readonly choices: LayerChoices
  readonly hasTexts: boolean
}): ReactElement | null {
  const { shared, choices, hasTexts } = props
  const { look, change } = shared
  if (choices.layers.length === 0 && !hasTexts) return null
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 text-sm">
      {choices.layers.length > 0 && (
        // The pictures need the room more than what is seldom changed.
        <details className="min-w-0">
          <summary className="min-h-6 w-fit rounded text-muted leading-6 hover:text-text">Boxes and masks</summary>
          <LayerControls choices={choices} onChange={(layers) => change({ layers })} view={look.layers} />
        </details>
      )}
      {hasTexts && (
        <button
          className="link-text"
          onClick={() => change({ texts: look.texts === 'raw' ? 'markdown' : 'raw' })}
          type="button"
        >
          {look.texts === 'raw' ? 'Show texts as Markdown' : 'Show texts raw'}
        </button>
      )}
    </div>
  )
}
