import { type CompilePattern, loadPatterns, type Predicate, patternsOf } from '@lossline/store'
import { invalidFilter } from './refusals.ts'

/** Each pattern of a filter, and whether it is found in a text. */
export type Patterns = ReadonlyMap<string, (text: string) => boolean>

/** @throws {@link ServerError} `invalid-request` for a pattern that is none. */
export async function readPatterns<Path>(predicate: Predicate<Path>): Promise<Patterns> {
  const patterns = patternsOf(predicate)
  if (patterns.length === 0) return new Map()
  const compile = await loadPatterns()
  return new Map(patterns.map((pattern) => [pattern, compileOrRefuse(compile, pattern)]))
}

function compileOrRefuse(compile: CompilePattern, pattern: string): (text: string) => boolean {
  try {
    return compile(pattern)
  } catch (cause) {
    throw invalidFilter(
      `$regex "${pattern}": ${cause instanceof Error ? cause.message : String(cause)}`,
      'Patterns have the syntax of RE2: https://github.com/google/re2/wiki/Syntax',
    )
  }
}
