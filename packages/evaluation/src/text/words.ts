/** White space as Python's `str.split` and `str.strip` know it; JavaScript's class lacks some and has U+FEFF. */
const whiteSpace = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const whiteSpaceRun = new RegExp(`${whiteSpace}+`, 'u')
const whiteSpaceRuns = new RegExp(`${whiteSpace}+`, 'gu')
const outerWhiteSpace = new RegExp(`^${whiteSpace}+|${whiteSpace}+$`, 'gu')
const trailingWhiteSpace = new RegExp(`${whiteSpace}+$`, 'u')

/** Parts of a text between white space; none of an empty text. */
export function splitWords(text: string): string[] {
  return text.split(whiteSpaceRun).filter((word) => word !== '')
}

export function stripText(text: string): string {
  return text.replace(outerWhiteSpace, '')
}

export function stripEnd(text: string): string {
  return text.replace(trailingWhiteSpace, '')
}

export function withoutWhiteSpace(text: string): string {
  return text.replace(whiteSpaceRuns, '')
}

/** How often each run of `length` items occurs. Items are joined, so they must not hold the separator. */
export function countGrams(items: readonly string[], length: number, separator: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let start = 0; start + length <= items.length; start += 1) {
    const gram = items.slice(start, start + length).join(separator)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** How many grams both have, each as often as the one that has it less often. */
export function countShared(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [gram, count] of first) shared += Math.min(count, second.get(gram) ?? 0)
  return shared
}

export function sumCounts(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}
