import type { ShownPanel, ShownSection } from './show-workspace.ts'
import {
  createPanel,
  createSection,
  hiddenSectionName,
  type Workspace,
  type WorkspacePanel,
  type WorkspaceSection,
} from './workspace.ts'

/** What is changed: what people have arranged so far, and all that a page shows of it. */
export interface Arranged {
  readonly workspace: Workspace
  readonly shown: readonly ShownSection[]
}

/** The workspace with every section that is shown, in that order: from then on it is somebody's, and stays. */
export function withSections({ workspace, shown }: Arranged): Workspace {
  const names = new Set(shown.map(({ name }) => name))
  const sections = shown.map(
    (section) =>
      workspace.sections.find(({ name }) => name === section.name) ?? createSection(section.name, headOf(section)),
  )
  return { ...workspace, sections: [...sections, ...workspace.sections.filter(({ name }) => !names.has(name))] }
}

/** The same with all panels that a section shows. Their order is the one that people gave them, even where titles are in another. */
export function withPanels(arranged: Arranged, sectionName: string): Workspace {
  return changeSectionOf(withSections(arranged), sectionName, (section) => {
    const kept = new Set(section.panels.map(({ id }) => id))
    const news = shownPanels(arranged, sectionName).filter(({ id }) => !kept.has(id))
    return { ...section, panels: [...section.panels, ...news.map((panel) => keptPanel(section, panel))] }
  })
}

/** The same with the panels of a section in the order in which they are shown. */
export function withPanelsAsShown(arranged: Arranged, sectionName: string): Workspace {
  return changeSectionOf(withSections(arranged), sectionName, (section) => {
    const panels = shownPanels(arranged, sectionName).map((panel) => keptPanel(section, panel))
    // What is not shown because this project logs other metrics.
    const others = section.panels.filter(({ id }) => !panels.some((panel) => panel.id === id))
    return { ...section, panels: [...panels, ...others] }
  })
}

function shownPanels({ shown }: Arranged, sectionName: string): readonly ShownPanel[] {
  return shown.find(({ name }) => name === sectionName)?.panels ?? []
}

/** Changes a section by its name; a new one of that name is made where there is none. */
export function changeSectionOf(
  workspace: Workspace,
  sectionName: string,
  change: (section: WorkspaceSection) => WorkspaceSection,
): Workspace {
  const index = workspace.sections.findIndex(({ name }) => name === sectionName)
  const sections =
    index < 0
      ? [...workspace.sections, change(createSection(sectionName))]
      : workspace.sections.with(index, change(workspace.sections[index]!))
  return { ...workspace, sections }
}

/** Where a panel is shown. */
export function findShown(
  shown: readonly ShownSection[],
  panelId: string,
): { readonly section: ShownSection; readonly panel: ShownPanel; readonly index: number } | undefined {
  for (const section of shown) {
    const index = section.panels.findIndex(({ id }) => id === panelId)
    if (index >= 0) return { section, panel: section.panels[index]!, index }
  }
  return undefined
}

/** A panel as it is kept, or one for what came by itself. */
export function keptPanel(section: WorkspaceSection | undefined, panel: ShownPanel): WorkspacePanel {
  const kept = section?.panels.find(({ id }) => id === panel.id)
  return kept ?? createPanel(panel.id, panel.kind, panel.config, { isAutomatic: panel.isAutomatic })
}

/** A workspace without a panel, wherever it is. */
export function withoutPanel(workspace: Workspace, panelId: string): Workspace {
  return {
    ...workspace,
    sections: workspace.sections.map((section) =>
      section.panels.some(({ id }) => id === panelId)
        ? { ...section, panels: section.panels.filter(({ id }) => id !== panelId) }
        : section,
    ),
  }
}

/** Puts panels away: those that come by themselves would come again otherwise. */
export function withHidden(workspace: Workspace, panels: readonly WorkspacePanel[]): Workspace {
  if (panels.length === 0) return workspace
  return changeSectionOf(workspace, hiddenSectionName, (section) => ({
    ...section,
    isOpen: section.source === undefined ? false : section.isOpen,
    panels: [...section.panels, ...panels],
  }))
}

function headOf({ isOpen, isPinned, columns, panelHeight, order, settings }: ShownSection): Partial<WorkspaceSection> {
  return { isOpen, isPinned, columns, panelHeight, order, settings }
}
