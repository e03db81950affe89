import { EllipsisVertical, Maximize2, Pin, PinOff } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useKeyText } from '../../hooks/use-key-text.ts'
import type { GridPlace } from '../../hooks/workspace/use-panel-focus.ts'
import type { WorkspaceEdits } from '../../hooks/workspace/use-workspace-edits.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { movePanel, pinPanel } from '../../view/workspace/edit-panels.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MetricDialog } from '../metrics/lazy-metric-dialog.ts'
import type { TitledMetric } from '../metrics/metric-title.tsx'
import { DragHandle } from './drag.tsx'

const PanelMenuItems = lazy(() =>
  import('./panel-menu-items.tsx').then((module) => ({ default: module.PanelMenuItems })),
)

/** What can be done with a panel. */
export interface PanelMenuProps {
  readonly address: ProjectAddress
  readonly metrics: MetricsByName
  readonly panel: ShownPanel
  readonly section: ShownSection
  readonly sectionNames: readonly string[]
  readonly edits: WorkspaceEdits
  readonly onEdit: (panelId: string) => void
  readonly onFullScreen: (panelId: string) => void
  /** The panel is somewhere else now, or there is another one. */
  readonly onSeek: (place: GridPlace) => void
}

/** Buttons in the heading of a panel: pin, and a menu with the rest. */
export function PanelMenu(props: PanelMenuProps): ReactElement {
  const { panel, section, edits } = props
  const [about, setAbout] = useState<readonly TitledMetric[]>()
  const isPinned = section.isPinned
  const keyText = useKeyText('full-screen-panel')
  const pin = (): void => {
    edits.edit(isPinned ? 'Unpin panel' : 'Pin panel', (arranged) =>
      pinPanel(arranged, panel.id, !isPinned, edits.homeOf(panel)),
    )
    props.onSeek({ panelId: panel.id })
  }
  const label = isPinned ? 'Unpin panel' : 'Pin panel'
  return (
    <>
      <DragHandle
        id={panel.id}
        kind="panel"
        label={panel.title}
        onStep={(direction) =>
          edits.edit('Move panel', (arranged) => {
            const to = section.panels.findIndex(({ id }) => id === panel.id) + direction
            return movePanel(arranged, panel.id, { section: section.name, index: Math.max(0, to) })
          })
        }
      />
      <button aria-label={label} className="icon-button max-sm:hidden" onClick={pin} title={label} type="button">
        {isPinned ? <PinOff size={14} /> : <Pin size={14} />}
      </button>
      <button
        aria-label={`${panel.title} in full screen`}
        className="icon-button"
        onClick={() => props.onFullScreen(panel.id)}
        title={keyText === undefined ? 'Full screen' : `Full screen (${keyText})`}
        type="button"
      >
        <Maximize2 size={14} />
      </button>
      <PopoverButton className="icon-button" face={<EllipsisVertical size={15} />} label={`More for ${panel.title}`}>
        {(close) => (
          <Suspense>
            <PanelMenuItems {...props} close={close} onAbout={setAbout} />
          </Suspense>
        )}
      </PopoverButton>
      {about && (
        <Suspense>
          <MetricDialog address={props.address} metrics={about} onClose={() => setAbout(undefined)} />
        </Suspense>
      )}
    </>
  )
}
