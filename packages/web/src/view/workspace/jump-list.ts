import type { ShownPanel } from './show-workspace.ts'

/** A part of a long section. */
export interface JumpPart {
  readonly label: string
  /** Of its first panel. */
  readonly index: number
}

/** A section with more panels has a list of its parts. */
export const jumpListFrom = 60

/** Parts of a long section by what names have in common beyond the first part, in the order of the panels; none of short ones. */
export function toJumpParts(panels: readonly ShownPanel[]): readonly JumpPart[] {
  if (panels.length <= jumpListFrom) return []
  const depth = panels.every(({ title }) => title.split('/').length > 2) ? 2 : 1
  const parts: JumpPart[] = []
  const seen = new Set<string>()
  for (const [index, { title }] of panels.entries()) {
    const names = title.split('/')
    const label = names.length > depth ? names.slice(0, depth).join('/') : firstLetters(names.at(-1) ?? '')
    if (seen.has(label)) continue
    seen.add(label)
    parts.push({ label, index })
  }
  return parts
}

function firstLetters(name: string): string {
  return /^[a-z]+/i.exec(name)?.[0] ?? name.slice(0, 1)
}
