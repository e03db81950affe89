/** What a palette looks for: everything, or one kind of things. */
export interface PaletteQuery {
  readonly scope: 'all' | 'commands' | 'runs' | 'tags' | 'panels'
  readonly text: string
}

const scopes: Readonly<Record<string, PaletteQuery['scope']>> = {
  '>': 'commands',
  '@': 'runs',
  '#': 'tags',
  '/': 'panels',
}

/** Reads what was typed: a sign in front chooses the kind. */
export function parsePaletteQuery(typed: string): PaletteQuery {
  const scope = scopes[typed.charAt(0)]
  return scope === undefined ? { scope: 'all', text: typed.trim() } : { scope, text: typed.slice(1).trim() }
}
