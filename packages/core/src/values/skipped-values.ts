import type { SkipReason } from './classify-value.ts'

/** Counts what was left out of a run, and says each reason once. */
export interface SkippedValues {
  /** Counts one value; the first of its reason is also said. */
  count(reason: SkipReason | 'step-too-low', path: readonly string[]): void
  /** Lines for the end of the run: one for each reason that occurred more than once. */
  readonly totals: readonly string[]
}

const explanations: Readonly<Record<SkipReason | 'step-too-low', string>> = {
  undefined: 'it is undefined',
  symbol: 'a symbol has no JSON',
  promise: 'it is a promise: await it first',
  tensor: 'it is a tensor: log what its data() or dataSync() returns',
  'invalid-date': 'it is an invalid Date',
  'no-finite-numbers': 'the array holds no finite number',
  unreadable: 'reading it threw an error',
  'too-deep': 'it is nested more than 500 levels deep',
  media: 'media are values of keys in rows and the summary, or members of lists there',
  'too-many-images': 'a list shows at most 108 images',
  'table-changed': 'the table changed after it was logged, and with logMode IMMUTABLE that first version stays',
  'table-rows': 'rows of the table beyond 200,000, the most that an artifact holds',
  'step-too-low': 'its step is lower than the current one; steps must increase monotonically',
}

/** @param say - Shows one line to the user. */
export function createSkippedValues(say: (line: string) => void): SkippedValues {
  const counts = new Map<SkipReason | 'step-too-low', number>()
  return {
    count(reason, path) {
      const count = (counts.get(reason) ?? 0) + 1
      counts.set(reason, count)
      if (count > 1) return
      const what = reason === 'step-too-low' ? 'A row was left out' : `"${path.join('.')}" was left out`
      say(`${what}: ${explanations[reason]}. More of this kind are counted, not said.`)
    },
    get totals() {
      return [...counts]
        .filter(([, count]) => count > 1)
        .map(([reason, count]) => {
          const noun = reason === 'step-too-low' ? 'rows' : 'values'
          return `${count} ${noun} were left out: ${explanations[reason]}.`
        })
    },
  }
}
