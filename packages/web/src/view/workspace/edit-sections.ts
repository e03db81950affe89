import { type Arranged, changeSectionOf, keptPanel, withHidden, withPanels, withSections } from './arrange.ts'
import { createSection, type Workspace, type WorkspaceSection } from './workspace.ts'

/** What people can say about a section. */
export type SectionChanges = Partial<
  Pick<WorkspaceSection, 'isOpen' | 'isPinned' | 'columns' | 'panelHeight' | 'order' | 'settings'>
>

export function changeSection(arranged: Arranged, sectionName: string, changes: SectionChanges): Workspace {
  return changeSectionOf(withSections(arranged), sectionName, (section) => ({ ...section, ...changes }))
}

/** Opens or closes all sections. */
export function openSections(arranged: Arranged, isOpen: boolean): Workspace {
  const workspace = withSections(arranged)
  const names = new Set(arranged.shown.map(({ name }) => name))
  return {
    ...workspace,
    sections: workspace.sections.map((section) => (names.has(section.name) ? { ...section, isOpen } : section)),
  }
}

/** Adds an empty section, the first below those that are pinned; nothing where the name is not free. */
export function addSection(arranged: Arranged, name: string): Workspace {
  if (!isSectionNameFree(arranged, name)) return arranged.workspace
  const workspace = withSections(arranged)
  const index = workspace.sections.findIndex((section) => !section.isPinned)
  const at = index < 0 ? workspace.sections.length : index
  return { ...workspace, sections: workspace.sections.toSpliced(at, 0, createSection(name)) }
}

/** Its panels stay in it: metrics that are logged from then on come under the old name. Nothing where the name is not free. */
export function renameSection(arranged: Arranged, sectionName: string, name: string): Workspace {
  if (!isSectionNameFree(arranged, name)) return arranged.workspace
  return changeSectionOf(withPanels(arranged, sectionName), sectionName, (section) => ({ ...section, name }))
}

/** Moves a section to a place among those that are shown. */
export function moveSection(arranged: Arranged, sectionName: string, toIndex: number): Workspace {
  const workspace = withSections(arranged)
  const from = workspace.sections.findIndex(({ name }) => name === sectionName)
  if (from < 0) return workspace
  const without = workspace.sections.toSpliced(from, 1)
  return { ...workspace, sections: without.toSpliced(toIndex, 0, workspace.sections[from]!) }
}

/** Takes a section away; its panels that come by themselves are hidden, the others are gone. */
export function removeSection(arranged: Arranged, sectionName: string): Workspace {
  const shown = arranged.shown.find(({ name }) => name === sectionName)
  const kept = arranged.workspace.sections.find(({ name }) => name === sectionName)
  const workspace = withSections(arranged)
  const hidden = (shown?.panels ?? [])
    .filter(({ id, isAutomatic }) => isAutomatic || id.startsWith('auto:'))
    .map((panel) => keptPanel(kept, panel))
  const without = { ...workspace, sections: workspace.sections.filter(({ name }) => name !== sectionName) }
  return withHidden(without, hidden)
}

/** Whether a section may have a name: not empty, and not another's. */
export function isSectionNameFree({ workspace, shown }: Arranged, name: string): boolean {
  return name.trim() !== '' && ![...workspace.sections, ...shown].some((section) => section.name === name.trim())
}
