import { type ReactElement, type ReactNode, Suspense, useMemo } from 'react'
import { linePanel } from '../../view/panels/line-panel.ts'
import { findPanelKind } from '../../view/panels/registry.ts'
import { cascade } from '../../view/workspace/panel-settings.ts'
import type { ShownPanel } from '../../view/workspace/show-workspace.ts'
import type { PanelSettings } from '../../view/workspace/workspace.ts'
import { PanelBoundary } from '../panel-boundary.tsx'
import { PanelFrame } from './panel-frame.tsx'
import type { PanelContext } from './panel-props.ts'
import { findPanelComponent } from './registry.ts'

/** A panel of any kind. One that fails, or that nobody knows here, says so alone. */
export function WorkspacePanel({
  panel,
  section,
  context,
  menu,
}: {
  readonly panel: ShownPanel
  /** Settings of its section. */
  readonly section: PanelSettings
  readonly context: PanelContext
  readonly menu: ReactNode
}): ReactElement {
  const { kind, config, problem } = panel
  const known = findPanelKind(kind)
  const Component = findPanelComponent(kind)
  const parsed = useMemo(() => known?.parse(config), [known, config])
  const own = useMemo(() => (kind === linePanel.kind ? linePanel.parse(config).settings : {}), [kind, config])
  const effective = useMemo(() => ({ ...context, view: cascade(context.view, section, own) }), [context, section, own])
  if (problem !== undefined || !known || !Component) {
    return <PanelPlaceholder menu={menu} panel={panel} />
  }
  return (
    <PanelBoundary>
      <Suspense fallback={<div aria-label={`Loading ${panel.title}`} className="skeleton h-full" role="img" />}>
        <Component config={parsed} context={effective} menu={menu} panel={panel} />
      </Suspense>
    </PanelBoundary>
  )
}

function PanelPlaceholder({ panel, menu }: { readonly panel: ShownPanel; readonly menu: ReactNode }): ReactElement {
  const text = panel.problem ?? `Panels of the kind “${panel.kind}” cannot be drawn here yet. It is kept as it is.`
  return (
    <PanelFrame menu={menu} summary={text} title={panel.title}>
      <p className="m-3 mt-0 flex h-[calc(100%-12px)] items-center justify-center rounded-md bg-hover p-4 text-center text-muted">
        {panel.problem === undefined ? text : `This panel cannot be read. ${text} It is kept as it is.`}
      </p>
    </PanelFrame>
  )
}
