import type { ShownPanel } from './show-workspace.ts'

/** A part of a long section. */
export interface JumpPart {
  readonly label: string
  /** Of its first panel. */
  readonly index: number
}

/** A section with more panels has a list of its parts. */
export const jumpListFrom = 60
/** Panels of a part where names have nothing to tell parts by. */
const plainPartSize = 20

/**
 * Parts of a long section by what names have in common beyond what all of them have, in the order of the panels: by the next part
 * of the name, by the letters that the last one begins with, or else so many panels at a time. None of short sections.
 */
export function toJumpParts(panels: readonly Pick<ShownPanel, 'title'>[]): readonly JumpPart[] {
  if (panels.length <= jumpListFrom) return []
  const names = panels.map(({ title }) => title.split('/'))
  const depth = sharedDepth(names)
  const labelsBy = (letters: RegExp): readonly string[] =>
    names.map((parts) =>
      parts.length > depth + 1
        ? parts.slice(0, depth + 1).join('/')
        : (letters.exec(parts.at(-1) ?? '')?.[0] ?? (parts.at(-1) ?? '').slice(0, 1)),
    )
  const byWord = firstOfEach(labelsBy(/^[a-z]+/i))
  // Hardly any two begin with the same word: that would be a list of all panels.
  const parts = byWord.length > panels.length / 2 ? firstOfEach(labelsBy(/^[a-z]/i)) : byWord
  return parts.length > 1 ? parts : plainParts(names.map((name) => name.slice(depth).join('/')))
}

/** So many parts at the front are the same in all names; the last part of a name is its own. */
function sharedDepth([first = [], ...others]: readonly (readonly string[])[]): number {
  const differing = first.findIndex((part, at) => others.some((other) => other[at] !== part || at >= other.length - 1))
  return Math.min(differing < 0 ? first.length : differing, first.length - 1)
}

function firstOfEach(labels: readonly string[]): readonly JumpPart[] {
  const parts = new Map<string, JumpPart>()
  for (const [index, label] of labels.entries()) {
    if (!parts.has(label)) parts.set(label, { label, index })
  }
  return [...parts.values()]
}

function plainParts(names: readonly string[]): readonly JumpPart[] {
  return Array.from({ length: Math.ceil(names.length / plainPartSize) }, (_, part) => {
    const index = part * plainPartSize
    const last = Math.min(index + plainPartSize, names.length) - 1
    return { label: `${names[index]} – ${names[last]}`, index }
  })
}
