import {
  type Arranged,
  changeSectionOf,
  findShown,
  keptPanel,
  withHidden,
  withoutPanel,
  withPanels,
  withPanelsAsShown,
  withSections,
} from './arrange.ts'
import type { JsonObject } from './json.ts'
import { hiddenSectionName, pinnedSectionName, type Workspace, type WorkspacePanel } from './workspace.ts'

/** Puts new panels at the end of a section, or at its start; the section is opened. */
export function addPanels(
  arranged: Arranged,
  sectionName: string,
  panels: readonly WorkspacePanel[],
  place: 'start' | 'end' = 'end',
): Workspace {
  const workspace = withPanels(arranged, sectionName)
  return changeSectionOf(workspace, sectionName, (section) => ({
    ...section,
    isOpen: true,
    panels: place === 'start' ? [...panels, ...section.panels] : [...section.panels, ...panels],
  }))
}

/** Takes a panel away. One that would come by itself is put among the hidden ones. */
export function removePanel(arranged: Arranged, panelId: string): Workspace {
  const found = findKept(arranged, panelId)
  if (found === undefined) return arranged.workspace
  const without = withoutPanel(withSections(arranged), panelId)
  return panelId.startsWith('auto:') || found.panel.isAutomatic ? withHidden(without, [found.panel]) : without
}

/** Brings a hidden panel back. */
export function showPanel(arranged: Arranged, panelId: string, homeName: string): Workspace {
  const { workspace } = arranged
  const panel = workspace.sections
    .find(({ name }) => name === hiddenSectionName)
    ?.panels.find(({ id }) => id === panelId)
  if (panel === undefined) return workspace
  const without = withoutPanel(workspace, panelId)
  // What nobody changed comes by itself, where it belongs.
  if (panel.isAutomatic && workspace.isAutomatic) return without
  return addPanels({ ...arranged, workspace: without }, homeName, [panel])
}

/** Makes another one like it, beside it. */
export function duplicatePanel(arranged: Arranged, panelId: string, newId: string): Workspace {
  const found = findKept(arranged, panelId)
  if (found === undefined) return arranged.workspace
  const copy: WorkspacePanel = { ...found.panel, id: newId, isAutomatic: false, source: undefined }
  return changeSectionOf(withPanels(arranged, found.sectionName), found.sectionName, (section) => ({
    ...section,
    panels: section.panels.toSpliced(section.panels.findIndex(({ id }) => id === panelId) + 1, 0, copy),
  }))
}

/** Puts a panel at a place among those that are shown in a section; the order there is the user's from then on. */
export function movePanel(
  arranged: Arranged,
  panelId: string,
  to: { readonly section: string; readonly index: number },
): Workspace {
  const found = findKept(arranged, panelId)
  if (found === undefined) return arranged.workspace
  const { panel } = found
  const workspace = withoutPanel(withPanelsAsShown(arranged, to.section), panelId)
  return changeSectionOf(workspace, to.section, (section) => ({
    ...section,
    order: 'manual',
    panels: section.panels.toSpliced(to.index, 0, panel),
  }))
}

/** Puts a panel into the pinned section, or back into the one that it is from. */
export function pinPanel(arranged: Arranged, panelId: string, isPinned: boolean, homeName: string): Workspace {
  const found = findKept(arranged, panelId)
  if (found === undefined) return arranged.workspace
  if (!isPinned) {
    const without = withoutPanel(withSections(arranged), panelId)
    if (found.panel.isAutomatic && panelId.startsWith('auto:') && without.isAutomatic) return without
    return changeSectionOf(without, homeName, (section) => ({ ...section, panels: [found.panel, ...section.panels] }))
  }
  const workspace = withoutPanel(withSections(arranged), panelId)
  return changeSectionOf(workspace, pinnedSectionName, (section) => ({
    ...section,
    isPinned: true,
    isOpen: true,
    panels: [...section.panels, found.panel],
  }))
}

/** Changes what a panel is or says; it is somebody's own from then on. */
export function changePanel(
  arranged: Arranged,
  panelId: string,
  changes: { readonly kind?: string; readonly config?: JsonObject },
): Workspace {
  const found = findKept(arranged, panelId)
  if (found === undefined) return arranged.workspace
  const changed: WorkspacePanel = { ...found.panel, ...changes, isAutomatic: false }
  const workspace = withPanels(arranged, found.sectionName)
  return changeSectionOf(workspace, found.sectionName, (section) => ({
    ...section,
    panels: section.panels.map((panel) => (panel.id === panelId ? changed : panel)),
  }))
}

/** Lets one that comes by itself be as it comes again. */
export function resetPanel({ workspace }: Arranged, panelId: string): Workspace {
  return panelId.startsWith('auto:') ? withoutPanel(workspace, panelId) : workspace
}

function findKept(
  { workspace, shown }: Arranged,
  panelId: string,
): { readonly sectionName: string; readonly panel: WorkspacePanel } | undefined {
  const found = findShown(shown, panelId)
  if (found === undefined) return undefined
  const kept = workspace.sections.find(({ panels }) => panels.some(({ id }) => id === panelId))
  return { sectionName: found.section.name, panel: keptPanel(kept, found.panel) }
}
