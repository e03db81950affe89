import { Plus, Settings2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { useShortcut } from '../../hooks/use-store.ts'
import { ViewControls, type ViewControlsProps } from './view-controls.tsx'

/** What is done with the workspace as a whole: its name, whether it is saved, steps back, new panels, settings. */
export function WorkspaceBar(
  props: Omit<ViewControlsProps, 'children'> & {
    readonly areSettingsOpen: boolean
    readonly onAdd: () => void
    readonly onToggleSettings: () => void
  },
): ReactElement {
  const { onAdd, onToggleSettings } = props
  useShortcut('add-panel', onAdd)
  useShortcut('toggle-settings-drawer', onToggleSettings)
  return (
    <div aria-label="View" className="flex shrink-0 items-center gap-1.5" role="toolbar">
      <ViewControls
        actions={props.actions}
        address={props.address}
        hasWords={props.hasWords}
        isOwn={props.isOwn}
        mayWrite={props.mayWrite}
        menu={props.menu}
        state={props.state}
        store={props.store}
        usualName={props.usualName}
      >
        {/* On the smallest screens panels are looked at, not arranged. */}
        <button
          className={`button max-sm:hidden ${props.hasWords ? '' : 'px-1.5'}`}
          onClick={onAdd}
          title="Add panel (A)"
          type="button"
        >
          <Plus aria-hidden="true" size={15} />
          <span className={props.hasWords ? '' : 'sr-only'}>Add panel</span>
        </button>
      </ViewControls>
      <button
        aria-label="Settings of the view"
        aria-pressed={props.areSettingsOpen}
        className="button px-1.5"
        onClick={onToggleSettings}
        title="Settings of the view (|)"
        type="button"
      >
        <Settings2 size={16} />
      </button>
    </div>
  )
}
