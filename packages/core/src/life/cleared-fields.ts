import type { ConfigRecord } from '@lossline/protocol'
import { type RunFacts, toInternalConfig } from '../run/run-records.ts'

/**
 * Says which fields of a run were emptied: in a run record, an empty value leaves the one before. The config says it, where
 * our sender finds it.
 *
 * @returns A record when the answer has changed.
 */
export function createClearedFields(): (facts: Pick<RunFacts, 'notes' | 'tags'>) => ConfigRecord | undefined {
  let said = ''
  return ({ notes, tags }) => {
    const cleared = [...(notes ? [] : ['notes']), ...(tags.length > 0 ? [] : ['tags'])]
    const text = cleared.join(',')
    if (text === said) return undefined
    said = text
    return toInternalConfig('cleared', cleared)
  }
}
