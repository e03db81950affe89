import { type ReactElement, type ReactNode, Suspense, useMemo } from 'react'
import { TableViewContext } from '../../hooks/workspace/use-table-view.ts'
import { linePanel, withLineSettings } from '../../view/panels/line-panel.ts'
import { readPanelRunSet } from '../../view/panels/panel-run-set.ts'
import { findPanelKind } from '../../view/panels/registry.ts'
import type { DrawnRunSet } from '../../view/runs/drawn-sets.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { cascade } from '../../view/workspace/panel-settings.ts'
import type { ShownPanel } from '../../view/workspace/show-workspace.ts'
import type { PanelSettings } from '../../view/workspace/workspace.ts'
import { PanelBoundary } from '../workspace/panel-boundary.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage } from './panel-message.tsx'
import type { PanelContext } from './panel-props.ts'
import { findPanelComponent } from './registry.ts'

/** A panel of any kind. One that fails, or that nobody knows here, says so alone. */
export function WorkspacePanel({
  panel,
  section,
  sectionName,
  context,
  menu,
}: {
  readonly panel: ShownPanel
  /** Settings of its section. */
  readonly section: PanelSettings
  /** Undefined: it is in none yet. */
  readonly sectionName?: string
  readonly context: PanelContext
  readonly menu: ReactNode
}): ReactElement {
  const { kind, config, problem } = panel
  const { repairs } = context
  const known = findPanelKind(kind)
  const Component = findPanelComponent(kind)
  const parsed = useMemo(() => known?.parse(config), [known, config])
  const own = useMemo(() => (kind === linePanel.kind ? linePanel.parse(config).settings : {}), [kind, config])
  const effective = useMemo((): PanelContext => {
    const { store, changePanel } = context
    const said = { ...own, ...section }
    const set = runSetOf(context, config)
    const ofSet = set ? ofRunSet(context, set) : context
    const view = cascade(ofSet.view, section, own)
    const { yRanges: ranges } = context
    const isSharing = view.sharesYRange && ranges !== undefined && sectionName !== undefined
    return {
      ...ofSet,
      view,
      // Those of a logarithmic axis begin above 0.
      yShare: isSharing ? { ranges, group: `${view.yScale} ${sectionName}`, panelId: panel.id } : undefined,
      xEnds: { xMin: own.xMin ?? section.xMin, xMax: own.xMax ?? section.xMax },
      applySettings(settings) {
        // What the panel or its section says would hide a change of the view.
        const isSaidHere = Object.keys(settings).some((key) => said[key as keyof PanelSettings] !== undefined)
        if (!isSaidHere || !changePanel) return store.update(settings)
        changePanel(panel.id, (json) => withLineSettings(json, { ...own, ...settings }))
      },
    }
  }, [context, section, sectionName, own, config, panel.id])
  const { store } = context
  const isTable = context.view.tables.includes(panel.id)
  const tableView = useMemo(() => {
    const toggle = (): void => {
      const others = store.get().tables.filter((id) => id !== panel.id)
      store.update({ tables: isTable ? others : [...others, panel.id] })
    }
    return { isTable, toggle }
  }, [store, isTable, panel.id])
  if (problem !== undefined || !known || !Component) {
    return <PanelPlaceholder menu={menu} panel={panel} />
  }
  const set = runSetOf(context, config)
  if (set?.runs.length === 0) {
    const text = `No run of the set ${set.name} is drawn.`
    return (
      <PanelFrame menu={menu} summary={text} title={panel.title}>
        <PanelMessage>{text}</PanelMessage>
      </PanelFrame>
    )
  }
  return (
    <PanelBoundary
      onEdit={repairs && (() => repairs.edit(panel.id))}
      onRemove={repairs && (() => repairs.remove(panel.id))}
    >
      <Suspense fallback={<div aria-label={`Loading ${panel.title}`} className="skeleton h-full" role="img" />}>
        <TableViewContext value={tableView}>
          <Component config={parsed} context={effective} menu={menu} panel={panel} />
        </TableViewContext>
      </Suspense>
    </PanelBoundary>
  )
}

/** The set that a panel is about alone; undefined: it is about all, or about one that is gone. */
function runSetOf({ runSets }: PanelContext, config: JsonObject): DrawnRunSet | undefined {
  const id = readPanelRunSet(config)
  return id === undefined ? undefined : runSets?.find((one) => one.id === id)
}

function ofRunSet(context: PanelContext, set: DrawnRunSet): PanelContext {
  return {
    ...context,
    runs: set.runs,
    runSets: undefined,
    query: set.query,
    queryAt: set.at,
    view: { ...context.view, groupBy: set.groupBy },
  }
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
