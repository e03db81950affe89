import type { Smoothing } from '@lossline/protocol'
import type { SearchParams, XChoice } from '../address/url-state.ts'
import type { YScale } from '../chart/y-scale.ts'
import { type RunsTableSettings, usualRunsTable } from '../runs/column-settings.ts'
import { ownColoring, type RunColoring } from '../runs/run-coloring.ts'
import type { Json, JsonObject } from './json.ts'

/**
 * What people have arranged in a workspace. It is read from W&B's JSON and written back to it: every element keeps the JSON that
 * it came from as its `source`, and of that only what was changed is written anew. So nothing is lost that we do not know.
 */
export interface Workspace {
  /** Panels and sections for what runs log come by themselves. */
  readonly isAutomatic: boolean
  /** How metrics are put into sections: by the first part of their name, or by all but the last. */
  readonly sectionBy: 'first' | 'last'
  /** All sections show their panels by title. */
  readonly isSorted: boolean
  /** What stands in the address of a page that shows it, of its charts: axes, smoothing. */
  readonly params: SearchParams
  /** Whose runs are drawn; at least one. */
  readonly runSets: readonly WorkspaceRunSet[]
  /** Colours that somebody gave runs in this view, by their keys. */
  readonly runColors: ReadonlyMap<string, string>
  /** Keys of runs that have the looks 1, 2, 3… in this view, so that they can be told apart. */
  readonly separated: readonly string[]
  /** From top to bottom. */
  readonly sections: readonly WorkspaceSection[]
  /** A whole spec. */
  readonly source: JsonObject
}

/** Runs that belong together in a view: which there are, in which order, which of them are drawn. */
export interface WorkspaceRunSet {
  /** Unique in a workspace. */
  readonly id: string
  readonly name: string
  /** False: none of its runs is drawn. */
  readonly isEnabled: boolean
  /** Where its runs are; undefined: in the project of the view. */
  readonly project: { readonly entity: string; readonly project: string } | undefined
  /** What stands in the address of a page that shows it: filter, order, groups, columns, baseline, pins, eyes. */
  readonly params: SearchParams
  /** By what its runs get their colours. */
  readonly coloring: RunColoring
  /** How the table of its runs is shown. */
  readonly table: RunsTableSettings
  /** False: some of its filter has no words here, so that it has more runs than in W&B. */
  readonly isFilterWhole: boolean
  /** Undefined: it is new. */
  readonly source: Json | undefined
}

/** Panels under a heading. */
export interface WorkspaceSection {
  readonly name: string
  readonly isOpen: boolean
  /** Above all others. */
  readonly isPinned: boolean
  /** Undefined: as many as fit. */
  readonly columns: number | undefined
  /** CSS pixels. Undefined: the page's own. */
  readonly panelHeight: number | undefined
  readonly order: 'manual' | 'alphabetical'
  /** For all its panels, before what the workspace says. */
  readonly settings: PanelSettings
  readonly panels: readonly WorkspacePanel[]
  /** Undefined: it is new. */
  readonly source: Json | undefined
}

/** A panel that somebody made or changed, or one that came by itself and whose place was chosen. */
export interface WorkspacePanel {
  /** Unique in a workspace; begins with `auto:` if it stands for one that comes by itself. */
  readonly id: string
  /** W&B's word for its kind; '' where it says none. */
  readonly kind: string
  readonly config: JsonObject
  /** Nobody has changed it. */
  readonly isAutomatic: boolean
  /** Why it cannot be shown. */
  readonly problem: string | undefined
  /** Undefined: it is new. */
  readonly source: Json | undefined
}

/** What can be said for a workspace, a section or a panel; undefined: what is above it says so. */
export interface PanelSettings {
  readonly x?: XChoice | undefined
  readonly xMin?: number | undefined
  readonly xMax?: number | undefined
  readonly smoothing?: Smoothing | undefined
  readonly isLogX?: boolean | undefined
  readonly yScale?: YScale | undefined
  readonly ignoresOutliers?: boolean | undefined
  readonly showsMarks?: boolean | undefined
  readonly showsBest?: boolean | undefined
  readonly breaksGaps?: boolean | undefined
  readonly joinsAsLogged?: boolean | undefined
  readonly showsOriginal?: boolean | undefined
  readonly drawsEveryStroke?: boolean | undefined
  readonly sharesYRange?: boolean | undefined
}

/** A set of all runs of the project. */
export function createRunSet(id: string, name: string, changes: Partial<WorkspaceRunSet> = {}): WorkspaceRunSet {
  return {
    id,
    name,
    isEnabled: true,
    project: undefined,
    params: {},
    coloring: ownColoring,
    table: usualRunsTable,
    isFilterWhole: true,
    source: undefined,
    ...changes,
  }
}

/** One that nobody has arranged: everything comes by itself. */
export const emptyWorkspace: Workspace = {
  isAutomatic: true,
  sectionBy: 'first',
  isSorted: false,
  params: {},
  runSets: [createRunSet('set-1', 'Run set')],
  runColors: new Map(),
  separated: [],
  sections: [],
  // W&B's library reads no spec without these.
  source: { section: { panelBankConfig: {}, panelBankSectionConfig: {}, customRunColors: {} } },
}

/** W&B's name for the section whose panels are not shown. */
export const hiddenSectionName = 'Hidden Panels'
/** Where pinned panels are. */
export const pinnedSectionName = 'Pinned'

/** A section that somebody makes. */
export function createSection(name: string, changes: Partial<WorkspaceSection> = {}): WorkspaceSection {
  return {
    name,
    isOpen: true,
    isPinned: false,
    columns: undefined,
    panelHeight: undefined,
    order: 'manual',
    settings: {},
    panels: [],
    source: undefined,
    ...changes,
  }
}

/** A panel that somebody makes. */
export function createPanel(
  id: string,
  kind: string,
  config: JsonObject,
  changes: Partial<WorkspacePanel> = {},
): WorkspacePanel {
  return { id, kind, config, isAutomatic: false, problem: undefined, source: undefined, ...changes }
}
