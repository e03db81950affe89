import type { Predicate } from './runs/run-selection.ts'

/** Reads a pattern of RE2's syntax; what comes back says whether it is found anywhere in a text. @throws for other syntax. */
export type CompilePattern = (pattern: string) => (text: string) => boolean

/**
 * Patterns that people type, searched for in a time that grows with the text and not with what the pattern is like: none keeps
 * the process busy. Loaded when the first is needed, because few filters have one and the code for it is large.
 */
export async function loadPatterns(): Promise<CompilePattern> {
  const { RE2JS } = await import('re2js')
  return (pattern) => {
    const compiled = RE2JS.compile(pattern)
    return (text) => compiled.test(text)
  }
}

/** Start and end of what was found, UTF-16 units. */
export type Place = readonly [start: number, end: number]

/**
 * The same for whoever wants to know where: all places from the first on, at most `most`; those of no length are none.
 *
 * @throws for other syntax.
 */
export async function loadPatternPlaces(): Promise<(pattern: string) => (text: string, most: number) => Place[]> {
  const { RE2JS } = await import('re2js')
  return (pattern) => {
    const compiled = RE2JS.compile(pattern)
    return (text, most) => {
      const places: Place[] = []
      const matcher = compiled.matcher(text)
      while (places.length < most && matcher.find()) {
        if (matcher.end() > matcher.start()) places.push([matcher.start(), matcher.end()])
      }
      return places
    }
  }
}

/** All patterns in a question. */
export function patternsOf<Path>(predicate: Predicate<Path>): string[] {
  switch (predicate.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return predicate.of.flatMap(patternsOf)
    case 'not':
      return patternsOf(predicate.of)
    case 'regex':
      return [predicate.pattern]
    default:
      return []
  }
}
