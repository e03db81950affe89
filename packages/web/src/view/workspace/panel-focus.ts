import type { GridRow } from './grid-rows.ts'

/** Keys that go from panel to panel. */
const steps: Readonly<Record<string, 'left' | 'right' | 'up' | 'down' | 'first' | 'last'>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

/**
 * The panel that a key leads to from another one: left and right in the order of reading, up and down to the row above or below, at
 * the same place in it or its last. Undefined: the key leads nowhere.
 */
export function panelInDirection(rows: readonly GridRow[], panelId: string, key: string): string | undefined {
  const step = steps[key]
  const lines = rows.flatMap((row) => (row.kind === 'panels' ? [row.panels.map(({ id }) => id)] : []))
  const all = lines.flat()
  const line = lines.findIndex((ids) => ids.includes(panelId))
  if (line < 0) return undefined
  const column = lines[line]!.indexOf(panelId)
  const inLine = (ids: readonly string[] | undefined): string | undefined => ids?.[column] ?? ids?.at(-1)
  switch (step) {
    case undefined:
      return undefined
    case 'left':
      return all[all.indexOf(panelId) - 1]
    case 'right':
      return all[all.indexOf(panelId) + 1]
    case 'up':
      return inLine(lines[line - 1])
    case 'down':
      return inLine(lines[line + 1])
    case 'first':
      return all[0]
    case 'last':
      return all.at(-1)
  }
}
