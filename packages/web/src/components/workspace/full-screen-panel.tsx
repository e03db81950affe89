import { ChevronLeft, ChevronRight, Minimize2, Settings2 } from 'lucide-react'
import { type ReactElement, useEffect, useRef } from 'react'
import { useShortcut } from '../../hooks/use-store.ts'
import type { FullScreenPanel as Found } from '../../view/workspace/full-screen.ts'
import type { PanelContext } from '../panels/panel-props.ts'
import { WorkspacePanel } from '../panels/workspace-panel.tsx'

/** One panel as large as there is room, with the runs still beside it. */
export function FullScreenPanel(props: {
  readonly found: Found
  readonly context: PanelContext
  readonly onOpen: (panelId: string) => void
  readonly onClose: () => void
  readonly onEdit: (panelId: string) => void
}): ReactElement {
  const { found, context, onOpen, onClose, onEdit } = props
  const { panel, section, previousId, nextId } = found
  const whole = useRef<HTMLElement>(null)
  useShortcut('escape', onClose)
  // So that arrow keys mean panels at once.
  useEffect(() => whole.current?.focus(), [])
  return (
    <section
      aria-label={`${panel.title} in full screen`}
      className="flex min-h-0 flex-1 flex-col px-3 pb-3"
      ref={whole}
      onKeyDown={(event) => {
        // Sliders and fields have arrows of their own.
        if (event.target !== event.currentTarget) return
        const id = event.key === 'ArrowLeft' ? previousId : event.key === 'ArrowRight' ? nextId : undefined
        if (id !== undefined) onOpen(id)
      }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from panel to panel here.
      tabIndex={0}
    >
      <div className="flex h-10 items-center gap-1">
        <button
          aria-label="Previous panel"
          className="icon-button"
          disabled={previousId === undefined}
          onClick={() => previousId !== undefined && onOpen(previousId)}
          title="Previous panel (←)"
          type="button"
        >
          <ChevronLeft size={16} />
        </button>
        <button
          aria-label="Next panel"
          className="icon-button"
          disabled={nextId === undefined}
          onClick={() => nextId !== undefined && onOpen(nextId)}
          title="Next panel (→)"
          type="button"
        >
          <ChevronRight size={16} />
        </button>
        <h2 className="text-muted">{section.name}</h2>
        <button className="button ml-auto max-sm:hidden" onClick={() => onEdit(panel.id)} type="button">
          <Settings2 size={14} /> Settings
        </button>
        <button className="button max-sm:ml-auto" onClick={onClose} title="Leave full screen (Esc)" type="button">
          <Minimize2 size={14} /> Leave full screen
        </button>
      </div>
      <div className="min-h-0 flex-1">
        <WorkspacePanel
          context={{ ...context, hasLegend: true, isFullScreen: true }}
          key={panel.id}
          menu={undefined}
          panel={panel}
          section={section.settings}
          sectionName={section.name}
        />
      </div>
    </section>
  )
}
