import type { SingleValue } from '../chart/single-values.ts'
import type { ShownPanel, ShownSection } from './show-workspace.ts'
import { toBlocks, valuesHeight } from './values-layout.ts'

/** A row of the workspace: a section's heading, its single values, or as many panels as fit beside each other. */
export type GridRow =
  | { readonly kind: 'section'; readonly section: ShownSection; readonly isOpen: boolean }
  | { readonly kind: 'values'; readonly section: ShownSection; readonly blocks: readonly (readonly SingleValue[])[] }
  | {
      readonly kind: 'panels'
      readonly section: ShownSection
      readonly panels: readonly ShownPanel[]
      /** Places in the row; the last ones may be empty. */
      readonly columns: number
    }

/** Panels are at least this wide, so columns follow the space and not the device. */
const panelWidthMin = 320
/** As narrow as somebody may choose to have them. */
const chosenWidthMin = 200
const columnsMax = 6
/** Pages below this width, in CSS pixels, have one column. */
export const narrowPageWidth = 640
/** A tablet's page beside the rail has two, although they are narrower. */
const twoColumnsWidth = narrowPageWidth - 56

/** Columns that fit into a width; no more than the longest section can fill. */
export function columnCount(width: number, sections: readonly ShownSection[]): number {
  const longest = sections.reduce((most, { panels }) => Math.max(most, panels.length), 1)
  const fitting = Math.max(Math.floor(width / panelWidthMin), width >= twoColumnsWidth ? 2 : 1)
  return Math.min(columnsMax, fitting, longest)
}

/** Whether a section is open, given those that the address names as the other way round. */
function isSectionOpen(section: ShownSection, toggledSections: readonly string[]): boolean {
  return section.isOpen !== toggledSections.includes(section.name)
}

/** All rows from top to bottom. A closed section has its heading only, so that nothing asks for its data. */
export function toGridRows(
  sections: readonly ShownSection[],
  toggledSections: readonly string[],
  { width, isNarrow, runCount }: { readonly width: number; readonly isNarrow: boolean; readonly runCount: number },
): readonly GridRow[] {
  const fitting = columnCount(width, sections)
  const most = isNarrow ? 1 : Math.max(1, Math.floor(width / chosenWidthMin))
  return sections.flatMap((section): GridRow[] => {
    const isOpen = isSectionOpen(section, toggledSections)
    const columns = Math.min(section.columns ?? fitting, most)
    const rows: GridRow[] = [{ kind: 'section', section, isOpen }]
    if (isOpen && section.values.length > 0) {
      rows.push({ kind: 'values', section, blocks: toBlocks(section.values, runCount, width) })
    }
    for (let at = 0; isOpen && at < section.panels.length; at += columns) {
      rows.push({ kind: 'panels', section, panels: section.panels.slice(at, at + columns), columns })
    }
    return rows
  })
}

/** Names a row among the others; the same as long as it begins with the same panel. */
export function rowKey(row: GridRow): string {
  if (row.kind === 'values') return `values ${row.section.name}`
  return row.kind === 'section' ? `section ${row.section.name}` : `panels ${row.section.name} ${row.panels[0]?.id}`
}

const sectionHeight = 40

/** Height in CSS pixels, with the space below it. */
export function rowHeight(row: GridRow, panelHeight: number, runCount: number): number {
  if (row.kind === 'section') return sectionHeight
  if (row.kind === 'values') return valuesHeight(row.blocks, runCount)
  // 12 px of space below it.
  return row.section.panelHeight === undefined ? panelHeight : row.section.panelHeight + 12
}
