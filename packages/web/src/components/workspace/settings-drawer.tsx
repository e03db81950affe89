import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { WorkspaceEdits } from '../../hooks/use-workspace-edits.ts'
import type { ViewState } from '../../view/url-state.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { PanelSettingsForm } from './panel-settings-form.tsx'
import { SectionSettings } from './section-settings.tsx'
import { WorkspaceSettings } from './workspace-settings.tsx'

/** What the drawer is about. */
export type SettingsTarget =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'panel'; readonly id: string }

/** What the forms in it need. */
export interface SettingsContext {
  readonly workspace: Workspace
  readonly shown: readonly ShownSection[]
  readonly view: ViewState
  readonly xKeys: readonly string[]
  readonly metrics: MetricsByName
  readonly edits: WorkspaceEdits
}

/** Settings of the workspace, a section or a panel, beside what they are about. They act at once. */
export function SettingsDrawer(props: {
  readonly target: SettingsTarget
  readonly context: SettingsContext
  readonly onClose: () => void
}): ReactElement {
  const { target, context, onClose } = props
  const section =
    target.kind === 'section'
      ? context.shown.find(({ name }) => name === target.name)
      : target.kind === 'panel'
        ? context.shown.find(({ panels }) => panels.some(({ id }) => id === target.id))
        : undefined
  const panel = target.kind === 'panel' ? section?.panels.find(({ id }) => id === target.id) : undefined
  const title = panel?.title ?? (target.kind === 'section' ? section?.name : undefined) ?? 'Workspace'
  return (
    <aside
      aria-label={`Settings of ${title}`}
      className="w-80 shrink-0 overflow-y-auto border-line border-l bg-panel px-4 pb-4 max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-30 max-md:shadow-pop"
    >
      <header className="sticky top-0 z-10 flex items-center gap-2 bg-panel py-2">
        <h2 className="min-w-0 truncate font-semibold text-lg">{title}</h2>
        <button
          aria-label="Close the settings"
          className="icon-button ml-auto"
          onClick={onClose}
          title="Close"
          type="button"
        >
          <X size={16} />
        </button>
      </header>
      {panel && section ? (
        <PanelSettingsForm context={context} panel={panel} section={section} />
      ) : target.kind === 'section' && section ? (
        <SectionSettings context={context} section={section} />
      ) : (
        <WorkspaceSettings context={context} />
      )}
    </aside>
  )
}
