import { isObject, isSameJson, type Json, type JsonObject, objectAt, withKeys, withObject } from './json.ts'
import { ownKey, writeSettings } from './panel-settings.ts'
import { readPanel, readSection, readWorkspace } from './read-workspace.ts'
import { writeViewColors } from './run-colors.ts'
import type { LocateKey } from './run-set-query.ts'
import { isSameRunSets, writeRunSets } from './run-sets.ts'
import { readViewParams, writeViewParams } from './view-params.ts'
import type { Workspace, WorkspacePanel, WorkspaceSection } from './workspace.ts'

/** The text to save. @param locate - As {@link writeWorkspace}. */
export function stringifyWorkspace(workspace: Workspace, locate?: LocateKey): string {
  return JSON.stringify(writeWorkspace(workspace, locate))
}

/**
 * W&B's spec of a workspace: the JSON that it came from, with what was changed.
 *
 * @param locate - Where names without a namespace are. Default: in the summary.
 */
export function writeWorkspace(workspace: Workspace, locate: LocateKey = () => 'summary'): JsonObject {
  const { source, sections } = workspace
  const before = readWorkspace(source)
  return withObject(source, 'section', (section) => {
    let next = section
    if (workspace.isAutomatic !== before.isAutomatic) next = writeIsAutomatic(next, workspace.isAutomatic)
    next = withObject(next, 'panelBankConfig', (bank) => {
      const settled = withObject(bank, 'settings', (settings) =>
        withKeys(settings, {
          ...changed('autoOrganizePrefix', workspace.sectionBy, before.sectionBy, { first: 1, last: 2 }),
          ...(workspace.isSorted === before.isSorted ? {} : { sortAlphabetically: workspace.isSorted }),
        }),
      )
      return withList(settled, 'sections', sections.map(writeSection))
    })
    next = writeViewColors(next, workspace)
    const isSameView = isSameJson(workspace.params, before.params)
    if (!isSameView || !isSameRunSets(workspace.runSets, before.runSets)) {
      next = writeRunSets(next, workspace.runSets, locate)
      if (!isSameView) next = writeViewParams(next, workspace.params)
      // What is known of runs stands in their sets now.
      if (!isSameView || objectAt(next, ownKey).params !== undefined) {
        next = withObject(next, ownKey, (own) =>
          withKeys(own, { params: workspace.params, told: readViewParams(next) }),
        )
      }
    }
    return next
  })
}

export function writeSection(section: WorkspaceSection): Json {
  const { source = {} } = section
  // Nobody could put anything into it.
  if (!isObject(source)) return source
  const before = readSection(source)
  let next = withKeys(source, {
    ...(section.name === before.name ? {} : { name: section.name }),
    ...(section.isOpen === before.isOpen ? {} : { isOpen: section.isOpen }),
    ...(section.isPinned === before.isPinned ? {} : { pinned: section.isPinned }),
    ...changed('sorted', section.order, before.order, { manual: 0, alphabetical: 1 }),
  })
  if (section.columns !== before.columns) {
    next = withObject(next, 'flowConfig', (flow) => withKeys(flow, { columnsPerPage: section.columns }))
  }
  if (section.panelHeight !== before.panelHeight) {
    next = withObject(next, ownKey, (own) => withKeys(own, { panelHeight: section.panelHeight }))
  }
  next = withObject(next, 'localPanelSettings', (settings) => writeSettings(section.settings, settings))
  // W&B's library wants the list, also where it is empty.
  const panels = section.panels.map(writePanel)
  return section.source === undefined ? withKeys(next, { panels }) : withList(next, 'panels', panels)
}

export function writePanel(panel: WorkspacePanel): Json {
  const { source = {} } = panel
  if (!isObject(source)) return source
  const before = readPanel(source, '')
  return withKeys(source, {
    // One that was read keeps what it has, also if that is none, or another's.
    ...(panel.source === undefined ? { __id__: panel.id } : {}),
    ...(panel.kind === before.kind ? {} : { viewType: panel.kind }),
    ...(isSameJson(panel.config, before.config) ? {} : { config: panel.config }),
    ...writeIsAuto(panel, before),
  })
}

/** W&B: `false` is a panel that somebody changed, absent one that a program made. */
function writeIsAuto(panel: WorkspacePanel, before: WorkspacePanel): { readonly isAuto?: boolean } {
  return panel.source === undefined || panel.isAutomatic !== before.isAutomatic ? { isAuto: panel.isAutomatic } : {}
}

/** The newer block is there in what W&B's own page has saved, and counts more. */
function writeIsAutomatic(section: JsonObject, shouldAutoGeneratePanels: boolean): JsonObject {
  const next = withObject(section, 'settings', (settings) => withKeys(settings, { shouldAutoGeneratePanels }))
  return withObject(next, 'workspaceSettings', (modern) =>
    Object.keys(modern).some((key) => key !== 'ref') ? withKeys(modern, { shouldAutoGeneratePanels }) : modern,
  )
}

/** Sets a list, but leaves what stands there if there is nothing to put. */
function withList(parent: JsonObject, key: string, items: readonly Json[]): JsonObject {
  return items.length === 0 && !Array.isArray(parent[key]) ? parent : withKeys(parent, { [key]: items })
}

function changed<T extends string>(
  key: string,
  value: T,
  before: T,
  numbers: Readonly<Record<T, number>>,
): Readonly<Record<string, number>> {
  return value === before ? {} : { [key]: numbers[value] }
}
