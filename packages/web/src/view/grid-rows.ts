import type { PanelInfo, Section } from './sections.ts'
import type { SingleValue } from './single-values.ts'
import { toBlocks } from './values-layout.ts'

/** A row of the workspace: a section's heading, its single values, or as many panels as fit beside each other. */
export type GridRow =
  | { readonly kind: 'section'; readonly section: Section; readonly isOpen: boolean }
  | { readonly kind: 'values'; readonly section: Section; readonly blocks: readonly (readonly SingleValue[])[] }
  | { readonly kind: 'panels'; readonly section: Section; readonly panels: readonly PanelInfo[] }

/** Panels are at least this wide, so columns follow the space and not the device. */
const panelWidthMin = 320
const columnsMax = 6

/** Columns that fit into a width; no more than the longest section can fill. */
export function columnCount(width: number, sections: readonly Section[]): number {
  const longest = Math.max(1, ...sections.map((section) => section.panels.length))
  return Math.max(1, Math.min(columnsMax, Math.floor(width / panelWidthMin), longest))
}

/** Whether a section is open, given those that are not as they are by default. */
function isSectionOpen(section: Section, toggledSections: readonly string[]): boolean {
  return section.isOpenByDefault !== toggledSections.includes(section.name)
}

/** All rows from top to bottom. A closed section has its heading only, so that nothing asks for its data. */
export function toGridRows(
  sections: readonly Section[],
  toggledSections: readonly string[],
  { columns, width, runCount }: { readonly columns: number; readonly width: number; readonly runCount: number },
): readonly GridRow[] {
  return sections.flatMap((section): GridRow[] => {
    const isOpen = isSectionOpen(section, toggledSections)
    const rows: GridRow[] = [{ kind: 'section', section, isOpen }]
    if (isOpen && section.values.length > 0) {
      rows.push({ kind: 'values', section, blocks: toBlocks(section.values, runCount, width) })
    }
    for (let at = 0; isOpen && at < section.panels.length; at += columns) {
      rows.push({ kind: 'panels', section, panels: section.panels.slice(at, at + columns) })
    }
    return rows
  })
}
