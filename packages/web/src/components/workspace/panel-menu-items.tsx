import {
  ArrowLeft,
  ArrowRight,
  Copy,
  EyeOff,
  FolderInput,
  Link2,
  RotateCcw,
  Ruler,
  Settings2,
  Trash2,
} from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { usePanelMetrics } from '../../hooks/runs/use-panel-metric.ts'
import { useServices } from '../../services.ts'
import { copyText } from '../../view/browser/clipboard.ts'
import { panelMetrics } from '../../view/panels/registry.ts'
import { duplicatePanel, movePanel, removePanel, resetPanel } from '../../view/workspace/edit-panels.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import type { TitledMetric } from '../metrics/metric-title.tsx'
import { MenuItem } from '../shell/menu-item.tsx'
import type { PanelMenuProps } from './panel-menu.tsx'

/** The menu of a panel. */
export function PanelMenuItems(
  props: PanelMenuProps & { readonly close: () => void; readonly onAbout: (metrics: readonly TitledMetric[]) => void },
): ReactElement {
  const { panel, section, edits, close, onAbout, onSeek } = props
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
        onClick={doing(() => {
          const copyId = createPanelId()
          edits.edit('Duplicate panel', (arranged) => duplicatePanel(arranged, panel.id, copyId))
          onSeek({ panelId: copyId })
        })}
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
            props.onSeek({ panelId: panel.id })
          }}
        >
          {name}
        </MenuItem>
      ))}
      {others.length === 0 && <p className="px-2.5 py-1">There is no other section.</p>}
    </>
  )
}
