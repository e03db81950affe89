import type { RunSummary } from '@lossline/protocol'
import { X } from 'lucide-react'
import type { CSSProperties, ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useKeptWidth } from '../../hooks/use-kept-width.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { WorkspaceEdits } from '../../hooks/workspace/use-workspace-edits.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { ResizeHandle } from '../shell/resize-handle.tsx'
import { PanelSettingsForm } from './panel-settings-form.tsx'
import { SectionSettings } from './section-settings.tsx'
import { WorkspaceSettings } from './workspace-settings.tsx'

const initialWidth = 320

/** What the drawer is about. */
export type SettingsTarget =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'panel'; readonly id: string }

/** What the forms in it need. */
export interface SettingsContext {
  /** What the whole is called. */
  readonly title: string
  readonly address: ProjectAddress
  readonly workspace: Workspace
  readonly shown: readonly ShownSection[]
  readonly view: ViewState
  readonly store: ViewStore
  readonly xKeys: readonly string[]
  readonly metrics: MetricsByName
  /** That are drawn. */
  readonly runs: readonly RunSummary[]
  readonly edits: WorkspaceEdits
}

/** Settings of the workspace, a section or a panel, beside what they are about. They act at once. */
export function SettingsDrawer(props: {
  readonly target: SettingsTarget
  readonly context: SettingsContext
  readonly onClose: () => void
}): ReactElement {
  const { target, context, onClose } = props
  const [width, setWidth] = useKeptWidth('settings', initialWidth)
  useShortcut('escape', onClose)
  const section =
    target.kind === 'section'
      ? context.shown.find(({ name }) => name === target.name)
      : target.kind === 'panel'
        ? context.shown.find(({ panels }) => panels.some(({ id }) => id === target.id))
        : undefined
  const panel = target.kind === 'panel' ? section?.panels.find(({ id }) => id === target.id) : undefined
  const title = panel?.title ?? (target.kind === 'section' ? section?.name : undefined) ?? context.title
  return (
    <aside
      aria-label={`Settings of ${title}`}
      className="relative w-80 shrink-0 border-line print:hidden border-l bg-panel max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-30 max-md:shadow-pop lg:w-(--drawer-width)"
      style={{ '--drawer-width': `${width}px` } as CSSProperties}
    >
      <ResizeHandle
        initial={initialWidth}
        label="the settings"
        least={260}
        most={640}
        onResize={setWidth}
        side="left"
        width={width}
      />
      {/* What only screen readers see is placed in it too, or it would make the document as long as the form. */}
      <div className="relative h-full overflow-y-auto px-4 pb-4">
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
      </div>
    </aside>
  )
}
