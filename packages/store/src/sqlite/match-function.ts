import { StoreError } from '../errors.ts'
import { loadPatterns, patternsOf } from '../patterns.ts'
import type { RunPredicate } from '../runs/run-selection.ts'
import type { Connection } from './connection.ts'
import { fromWholeText } from './whole-text.ts'

/** In SQL: whether a pattern of RE2's syntax is found in a text. */
export const matchFunction = 'lossline_match'

/** Makes {@link matchFunction} known when it is needed. */
export interface Patterns {
  /** @throws {@link StoreError} `invalid` for a pattern that is none. */
  prepare(predicate: RunPredicate): Promise<void>
}

// A filter has one or two.
const keptPatternCount = 256

export function createPatterns(connection: Connection): Patterns {
  const known = new Map<string, (text: string) => boolean>()
  let isFound: ((pattern: string, text: string) => boolean) | undefined

  async function load(): Promise<NonNullable<typeof isFound>> {
    const compile = await loadPatterns()
    const keep = (pattern: string): ((text: string) => boolean) => {
      const test = compile(pattern)
      if (known.size >= keptPatternCount) known.clear()
      known.set(pattern, test)
      return test
    }
    const find = (pattern: string, text: string): boolean => (known.get(pattern) ?? keep(pattern))(text)
    connection.define(matchFunction, (pattern, text) => (find(String(pattern), fromWholeText(text)) ? 1 : 0))
    return find
  }

  return {
    async prepare(predicate) {
      for (const pattern of patternsOf(predicate)) {
        isFound ??= await load()
        try {
          isFound(pattern, '')
        } catch (cause) {
          throw new StoreError({ code: 'invalid', message: `"${pattern}" is no pattern of RE2.`, cause })
        }
      }
    },
  }
}
