import { runSetKeys, type SearchParams, viewKeys } from '../address/url-state.ts'
import { booleanAt, isObject, type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from './json.ts'
import { keptParams, textsOf } from './kept-params.ts'
import { ownKey, readSettings } from './panel-settings.ts'
import { readViewColors } from './run-colors.ts'
import { readRunSets } from './run-sets.ts'
import { readViewParams } from './view-params.ts'
import { emptyWorkspace, type Workspace, type WorkspacePanel, type WorkspaceSection } from './workspace.ts'

/** A workspace as it was saved, or why it cannot be read. */
export interface ReadWorkspace {
  readonly workspace: Workspace
  /** The workspace is an empty one then. */
  readonly problem: string | undefined
}

/** Reads the text of a saved view. Never throws: what cannot be read is kept, and said. */
export function parseWorkspace(text: string): ReadWorkspace {
  try {
    const spec = JSON.parse(text) as Json
    if (isObject(spec)) return { workspace: readWorkspace(spec), problem: undefined }
    return { workspace: emptyWorkspace, problem: 'It does not hold a workspace.' }
  } catch (error) {
    return { workspace: emptyWorkspace, problem: `It is not JSON: ${(error as Error).message}.` }
  }
}

/** Reads W&B's spec of a workspace. */
export function readWorkspace(spec: JsonObject): Workspace {
  const section = objectAt(spec, 'section')
  const bank = objectAt(section, 'panelBankConfig')
  const bankSettings = objectAt(bank, 'settings')
  return {
    isAutomatic: readIsAutomatic(section),
    sectionBy: numberAt(bankSettings, 'autoOrganizePrefix') === 2 ? 'last' : 'first',
    isSorted: booleanAt(bankSettings, 'sortAlphabetically') ?? false,
    params: readParams(section),
    runSets: readRunSets(section),
    ...readViewColors(section),
    sections: withUniqueIds(listAt(bank, 'sections').map(readSection)),
    source: spec,
  }
}

export function readSection(json: Json): WorkspaceSection {
  const source = isObject(json) ? json : {}
  const flow = objectAt(source, 'flowConfig')
  return {
    name: textAt(source, 'name') ?? 'Unnamed',
    isOpen: booleanAt(source, 'isOpen') ?? false,
    isPinned: booleanAt(source, 'pinned') ?? false,
    columns: inRange(numberAt(flow, 'columnsPerPage'), 1, 12),
    panelHeight: inRange(numberAt(objectAt(source, ownKey), 'panelHeight'), 120, 2000),
    order: numberAt(source, 'sorted') === 1 ? 'alphabetical' : 'manual',
    settings: readSettings(objectAt(source, 'localPanelSettings')),
    panels: listAt(source, 'panels').map((panel) => readPanel(panel, 'panel')),
    source: json,
  }
}

/** @param fallbackId - Of a panel that has none. */
export function readPanel(json: Json, fallbackId: string): WorkspacePanel {
  const source = isObject(json) ? json : {}
  const kind = textAt(source, 'viewType') ?? ''
  const { config } = source
  return {
    id: textAt(source, '__id__') || fallbackId,
    kind,
    config: isObject(config) ? config : {},
    isAutomatic: source.isAuto === true,
    problem: problemOf(json, kind),
    source: json,
  }
}

function problemOf(json: Json, kind: string): string | undefined {
  if (!isObject(json)) return 'Where the panel should be there is none.'
  if (kind === '') return 'It does not say of which kind it is.'
  return json.config === undefined || isObject(json.config) ? undefined : 'Its settings cannot be read.'
}

/** Edits and the page know panels by their ids. */
function withUniqueIds(sections: readonly WorkspaceSection[]): readonly WorkspaceSection[] {
  const counts = new Map<string, number>()
  const toUnique = (panel: WorkspacePanel): WorkspacePanel => {
    const count = (counts.get(panel.id) ?? 0) + 1
    counts.set(panel.id, count)
    return count === 1 ? panel : { ...panel, id: `${panel.id} ${count}` }
  }
  return sections.map((section) => ({ ...section, panels: section.panels.map(toUnique) }))
}

/** W&B's own programs have moved it: where the new block holds anything, it counts. */
function readIsAutomatic(section: JsonObject): boolean {
  const modern = objectAt(section, 'workspaceSettings')
  const isModern = Object.keys(modern).some((key) => key !== 'ref')
  return booleanAt(isModern ? modern : objectAt(section, 'settings'), 'shouldAutoGeneratePanels') ?? true
}

function readParams(section: JsonObject): SearchParams {
  const own = objectAt(section, ownKey)
  const params = textsOf(own.params)
  return keptParams(params && { params, told: textsOf(own.told) }, readViewParams(section), viewParamKeys)
}

const viewParamKeys: readonly string[] = viewKeys.filter((key) => !(runSetKeys as readonly string[]).includes(key))

function inRange(value: number | undefined, low: number, high: number): number | undefined {
  return value !== undefined && value >= low && value <= high ? Math.round(value) : undefined
}
