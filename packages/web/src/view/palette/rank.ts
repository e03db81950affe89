import type { PickGroup } from './pick-item.ts'

/**
 * How well a text answers what was typed; 0 when it does not. Every word must occur. A word at the beginning counts most,
 * then one at the beginning of a word of the text, then one inside; an abbreviation (`tl` of `train/loss`) counts least.
 */
export function scoreText(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = text.toLowerCase()
  let score = 1
  for (const word of words) {
    const wordScore = scoreWord(word, lower)
    if (wordScore === 0) return 0
    score += wordScore
  }
  // Of two that answer equally well, the shorter one says less that was not asked for.
  return score + 1 / (2 + text.length)
}

function scoreWord(word: string, text: string): number {
  if (text.startsWith(word)) return 100
  const at = text.indexOf(word)
  if (at < 0) return isAbbreviation(word, text) ? 5 : 0
  for (let from = at; from >= 0; from = text.indexOf(word, from + 1)) {
    if (!isWordCharacter(text[from - 1] as string)) return 60
  }
  return 30
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character)
}

/** Whether each letter follows the one before or begins a word of the text; letters that are only somewhere say nothing. */
function isAbbreviation(word: string, text: string, from = 0): boolean {
  if (word === '') return true
  const [letter = ''] = word
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    const isNext = at === from && from > 0
    const isBeginning = at === 0 || !isWordCharacter(text[at - 1] as string)
    if ((isNext || isBeginning) && isAbbreviation(word.slice(letter.length), text, at + letter.length)) return true
  }
  return false
}

/** Those that are called exactly what was typed, in any case, then the others; all in their own order besides. */
export function namedFirst<T>(
  items: readonly T[],
  query: string,
  namesOf: (item: T) => readonly string[],
): readonly T[] {
  const wanted = query.trim().toLowerCase()
  const isNamed = (item: T): boolean => namesOf(item).some((name) => name.toLowerCase() === wanted)
  return wanted === '' ? items : [...items.filter(isNamed), ...items.filter((item) => !isNamed(item))]
}

/**
 * Groups of what was found, each with its best first: one whose best is called exactly so, then those whose best is called somehow
 * like it, then what was found by something else, as runs are by their notes.
 */
export function answeredFirst(groups: readonly PickGroup[], query: string): readonly PickGroup[] {
  const rank = ({ items: [best] }: PickGroup): number => {
    if (best === undefined || scoreText(query, best.label) === 0) return 0
    return best.label.toLowerCase() === query.toLowerCase() ? 2 : 1
  }
  return groups.toSorted((a, b) => rank(b) - rank(a))
}

/** Those that answer, best first; all of them, in their own order, when nothing was typed. */
export function rankByText<T>(items: readonly T[], query: string, toText: (item: T) => string): readonly T[] {
  if (query.trim() === '') return items
  return items
    .map((item) => ({ item, score: scoreText(query, toText(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}
