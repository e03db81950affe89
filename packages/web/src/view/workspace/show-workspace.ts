import type { SingleValue } from '../chart/single-values.ts'
import { compareNatural } from '../text/natural-order.ts'
import { automaticConfig, automaticId, byMetricName, lineKind, standsFor } from './automatic-panels.ts'
import type { OfferedPanel, PanelInfo, Section } from './sections.ts'
import { hiddenSectionName, type PanelSettings, type Workspace, type WorkspacePanel } from './workspace.ts'

/** A panel as a page shows it. */
export interface ShownPanel {
  readonly id: string
  readonly kind: string
  readonly config: WorkspacePanel['config']
  readonly title: string
  /** Comes by itself, and nobody has changed it. */
  readonly isAutomatic: boolean
  readonly problem: string | undefined
}

/** A section as a page shows it. */
export interface ShownSection {
  readonly name: string
  readonly isOpen: boolean
  readonly isPinned: boolean
  readonly columns: number | undefined
  readonly panelHeight: number | undefined
  readonly order: 'manual' | 'alphabetical'
  readonly settings: PanelSettings
  readonly panels: readonly ShownPanel[]
  /** What is a number and no line, of sections that come by themselves. */
  readonly values: readonly SingleValue[]
  /** Most runs that any of its metrics has data of. */
  readonly runCount: number
  /** Metrics of `history` that belong to it, as the server names them. */
  readonly metricKeys: readonly string[]
}

/** What a panel is called where nobody named it. */
export type TitleOf = (panel: Pick<WorkspacePanel, 'kind' | 'config'>) => string

/**
 * Puts together what people arranged and what comes by itself. A panel that was arranged takes the place of the one that it
 * stands for; a section that was arranged has its own panels first, then those of the section of its name that are in no other.
 * New sections come where they would be if nobody had arranged anything.
 */
export function showWorkspace(
  workspace: Workspace,
  automatic: readonly Section[],
  titleOf: TitleOf,
): readonly ShownSection[] {
  const infos = automatic.flatMap((section) => section.panels)
  const metrics = byMetricName(infos)
  const ids = new Set([...infos.map(automaticId), ...automatic.flatMap(({ offered }) => offered.map(({ id }) => id))])
  const placed = new Set(
    workspace.sections.flatMap(({ panels }) => panels.flatMap((panel) => standsFor(panel, metrics) ?? [])),
  )
  const offered = workspace.isAutomatic ? automatic : []
  const byName = new Map(offered.map((section) => [section.name, section]))
  const toNew = (section: Section | undefined): readonly ShownPanel[] =>
    section === undefined
      ? []
      : [...section.panels.map(toAutomaticPanel), ...section.offered.map(toOfferedPanel)].filter(
          ({ id }) => !placed.has(id),
        )

  const arranged = workspace.sections
    .filter(({ name }) => name !== hiddenSectionName)
    .map((section): ShownSection => {
      const { source: _, panels, ...rest } = section
      const of = byName.get(section.name)
      // What came by itself in a project that logs other metrics.
      const own = panels.filter((panel) => !panel.isAutomatic || ids.has(panel.id) || !panel.id.startsWith('auto:'))
      const all = [...own.map((panel) => toShownPanel(panel, titleOf)), ...toNew(of)]
      const isSorted = workspace.isSorted || section.order === 'alphabetical'
      return {
        ...rest,
        panels: isSorted ? all.toSorted((a, b) => compareNatural(a.title, b.title)) : all,
        values: of?.values ?? [],
        runCount: of?.runCount ?? 0,
        metricKeys: of?.metricKeys ?? [],
      }
    })
  const shown = withNewSections(arranged, offered, toNew)
  return [...shown.filter(({ isPinned }) => isPinned), ...shown.filter(({ isPinned }) => !isPinned)]
}

/** Panels that were put away. */
export function hiddenPanels(workspace: Workspace, titleOf: TitleOf): readonly ShownPanel[] {
  return workspace.sections
    .filter(({ name }) => name === hiddenSectionName)
    .flatMap(({ panels }) => panels.map((panel) => toShownPanel(panel, titleOf)))
}

function withNewSections(
  arranged: readonly ShownSection[],
  offered: readonly Section[],
  toNew: (section: Section) => readonly ShownPanel[],
): readonly ShownSection[] {
  const list = [...arranged]
  const isThere = new Set(arranged.map(({ name }) => name))
  const ranks = new Map(offered.map(({ name }, rank) => [name, rank]))
  for (const [rank, section] of offered.entries()) {
    if (isThere.has(section.name)) continue
    const panels = toNew(section)
    // All of it was put elsewhere.
    const hasPanels = section.panels.length > 0 || section.offered.length > 0
    if (panels.length === 0 && section.values.length === 0 && hasPanels) continue
    const last = list.findLastIndex(({ name }) => (ranks.get(name) ?? rank) < rank)
    const next = list.findIndex(({ name }) => (ranks.get(name) ?? rank) > rank)
    list.splice(last >= 0 ? last + 1 : next >= 0 ? next : list.length, 0, toShownSection(section, panels))
  }
  return list
}

function toShownSection(section: Section, panels: readonly ShownPanel[]): ShownSection {
  const { name, values, runCount, metricKeys, isOpenByDefault } = section
  return {
    name,
    isOpen: isOpenByDefault,
    isPinned: false,
    columns: undefined,
    panelHeight: undefined,
    order: 'manual',
    settings: {},
    panels,
    values,
    runCount,
    metricKeys,
  }
}

/** One for each metric, so that it stays the same while the metric does. */
const automaticPanels = new WeakMap<PanelInfo, ShownPanel>()

function toAutomaticPanel(info: PanelInfo): ShownPanel {
  const known = automaticPanels.get(info)
  if (known) return known
  const panel = {
    id: automaticId(info),
    kind: lineKind,
    config: automaticConfig(info),
    title: info.title,
    isAutomatic: true,
    problem: undefined,
  }
  automaticPanels.set(info, panel)
  return panel
}

function toOfferedPanel({ id, kind, config, title }: OfferedPanel): ShownPanel {
  return { id, kind, config, title, isAutomatic: true, problem: undefined }
}

function toShownPanel(panel: WorkspacePanel, titleOf: TitleOf): ShownPanel {
  const { id, kind, config, isAutomatic, problem } = panel
  return { id, kind, config, title: titleOf(panel), isAutomatic, problem }
}
