import type { AddressCodec } from '../address/address-store.ts'
import type { ShownPanel, ShownSection } from './show-workspace.ts'

/** The panel that is shown alone, by its id, or as W&B's links name it. */
export interface FullScreen {
  readonly panelId: string | undefined
  readonly title: string | undefined
  readonly sectionName: string | undefined
}

/** `panel` in the address; W&B's `panelDisplayName` and `panelSectionName` are read too. */
export const fullScreenCodec: AddressCodec<FullScreen> = {
  keys: ['panel', 'panelDisplayName', 'panelSectionName'],
  parse: ({ panel, panelDisplayName, panelSectionName }) => ({
    panelId: panel || undefined,
    title: panelDisplayName || undefined,
    sectionName: panelSectionName || undefined,
  }),
  stringify: ({ panelId, title, sectionName }): Record<string, string> => ({
    ...(panelId !== undefined && { panel: panelId }),
    ...(title !== undefined && { panelDisplayName: title }),
    ...(sectionName !== undefined && { panelSectionName: sectionName }),
  }),
}

/** A panel with its section, and those before and after it. */
export interface FullScreenPanel {
  readonly panel: ShownPanel
  readonly section: ShownSection
  readonly previousId: string | undefined
  readonly nextId: string | undefined
}

/** Undefined: no panel is meant, or it is not there. */
export function findFullScreen(
  sections: readonly ShownSection[],
  { panelId, title, sectionName }: FullScreen,
): FullScreenPanel | undefined {
  if (panelId === undefined && title === undefined) return undefined
  const all = sections.flatMap((section) => section.panels.map((panel) => ({ panel, section })))
  const index = all.findIndex(({ panel, section }) =>
    panelId === undefined
      ? panel.title === title && (sectionName === undefined || section.name === sectionName)
      : panel.id === panelId,
  )
  const found = all[index]
  return found && { ...found, previousId: all[index - 1]?.panel.id, nextId: all[index + 1]?.panel.id }
}
