import {
  ArrowLeft,
  ArrowRight,
  Copy,
  EllipsisVertical,
  EyeOff,
  FolderInput,
  Link2,
  Maximize2,
  Pin,
  PinOff,
  RotateCcw,
  Ruler,
  Settings2,
  Trash2,
} from 'lucide-react'
import { type ReactElement, Suspense, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { usePanelMetrics } from '../../hooks/runs/use-panel-metric.ts'
import { useKeyText } from '../../hooks/use-key-text.ts'
import type { WorkspaceEdits } from '../../hooks/workspace/use-workspace-edits.ts'
import { useServices } from '../../services.ts'
import { copyText } from '../../view/browser/clipboard.ts'
import { panelMetrics } from '../../view/panels/registry.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { duplicatePanel, movePanel, pinPanel, removePanel, resetPanel } from '../../view/workspace/edit-panels.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MetricDialog } from '../metrics/lazy-metric-dialog.ts'
import type { TitledMetric } from '../metrics/metric-title.tsx'
import { MenuItem } from '../shell/menu-item.tsx'
import { DragHandle } from './drag.tsx'

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
}

/** Buttons in the heading of a panel: pin, and a menu with the rest. */
export function PanelMenu(props: PanelMenuProps): ReactElement {
  const { panel, section, edits } = props
  const [about, setAbout] = useState<readonly TitledMetric[]>()
  const isPinned = section.isPinned
  const keyText = useKeyText('full-screen-panel')
  const pin = (): void =>
    edits.edit(isPinned ? 'Unpin panel' : 'Pin panel', (arranged) =>
      pinPanel(arranged, panel.id, !isPinned, edits.homeOf(panel)),
    )
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
        {(close) => <PanelMenuItems {...props} close={close} onAbout={setAbout} />}
      </PopoverButton>
      {about && (
        <Suspense>
          <MetricDialog address={props.address} metrics={about} onClose={() => setAbout(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function PanelMenuItems(
  props: PanelMenuProps & { readonly close: () => void; readonly onAbout: (metrics: readonly TitledMetric[]) => void },
): ReactElement {
  const { panel, section, edits, close, onAbout } = props
  const { toasts } = useServices()
  const described = usePanelMetrics(props.address, panelMetrics(panel), props.metrics)
  const [isMoving, setIsMoving] = useState(false)
  const index = section.panels.findIndex(({ id }) => id === panel.id)
  const doing = (task: () => void) => (): void => {
    close()
    task()
  }
  const move = (to: number): void =>
    edits.edit('Move panel', (arranged) => movePanel(arranged, panel.id, { section: section.name, index: to }))
  const isOfItself = panel.id.startsWith('auto:')
  const copyLink = async (): Promise<void> => {
    const url = new URL(location.href)
    url.searchParams.set('panel', panel.id)
    await copyText(url.href)
    toasts.show('Link copied')
  }
  if (isMoving) return <SectionChoice {...props} />
  return (
    <>
      <MenuItem
        arranges
        icon={<Settings2 size={15} />}
        onClick={doing(() => props.onEdit(panel.id))}
        shortcut="edit-panel"
      >
        Edit panel
      </MenuItem>
      {described.length > 0 && (
        <MenuItem icon={<Ruler size={15} />} onClick={doing(() => onAbout(described))}>
          Description and unit…
        </MenuItem>
      )}
      <MenuItem
        arranges
        icon={<Copy size={15} />}
        onClick={doing(() =>
          edits.edit('Duplicate panel', (arranged) => duplicatePanel(arranged, panel.id, createPanelId())),
        )}
      >
        Duplicate
      </MenuItem>
      {index > 0 && (
        <MenuItem arranges icon={<ArrowLeft size={15} />} onClick={doing(() => move(index - 1))}>
          Move left
        </MenuItem>
      )}
      {index < section.panels.length - 1 && (
        <MenuItem arranges icon={<ArrowRight size={15} />} onClick={doing(() => move(index + 1))}>
          Move right
        </MenuItem>
      )}
      <MenuItem arranges icon={<FolderInput size={15} />} onClick={() => setIsMoving(true)}>
        Move to section…
      </MenuItem>
      <MenuItem icon={<Link2 size={15} />} onClick={doing(() => void copyLink())}>
        Copy link
      </MenuItem>
      {isOfItself && !panel.isAutomatic && (
        <MenuItem
          arranges
          icon={<RotateCcw size={15} />}
          onClick={doing(() => edits.edit('Reset panel', (arranged) => resetPanel(arranged, panel.id)))}
        >
          Reset to automatic
        </MenuItem>
      )}
      <MenuItem
        arranges
        icon={isOfItself ? <EyeOff size={15} /> : <Trash2 size={15} />}
        onClick={doing(() =>
          edits.editWithUndo(
            isOfItself ? 'Hide panel' : 'Remove panel',
            isOfItself ? `${panel.title} is hidden` : `${panel.title} is removed`,
            (arranged) => removePanel(arranged, panel.id),
          ),
        )}
      >
        {isOfItself ? 'Hide' : 'Remove'}
      </MenuItem>
    </>
  )
}

function SectionChoice(props: PanelMenuProps & { readonly close: () => void }): ReactElement {
  const { panel, section, sectionNames, edits, close } = props
  const others = sectionNames.filter((name) => name !== section.name)
  return (
    <>
      <p className="px-2.5 py-1 text-muted">Move to</p>
      {others.map((name) => (
        <MenuItem
          key={name}
          onClick={() => {
            close()
            edits.edit('Move panel', (arranged) =>
              movePanel(arranged, panel.id, { section: name, index: Number.MAX_SAFE_INTEGER }),
            )
          }}
        >
          {name}
        </MenuItem>
      ))}
      {others.length === 0 && <p className="px-2.5 py-1">There is no other section.</p>}
    </>
  )
}
