import type { SkipReason } from './classify-value.ts'
import { describeValue } from './describe-value.ts'

type SkippedReason = SkipReason | 'step-too-low'

/** Counts what was left out of a run, and says each reason once. */
export interface SkippedValues {
  /** Counts one value; the first of its reason is also said. */
  count(reason: SkippedReason, path: readonly string[]): void
  /** Lines for the end of the run: one for each reason, unless all that was left out is one value, which was said. */
  readonly totals: readonly string[]
}

const explanations: Readonly<Record<SkippedReason, string>> = {
  undefined: 'it is undefined',
  symbol: 'a symbol has no JSON',
  function: 'it is a function: log what it returns, or its name',
  artifact: 'it is an artifact: log it with run.logArtifact, or put it into the config',
  promise: 'it is a promise: await it first',
  tensor: 'it is a tensor: log what its data() or dataSync() returns',
  'invalid-date': 'it is an invalid Date',
  'no-finite-numbers': 'the array holds no finite number',
  unreadable: 'reading it threw an error',
  'too-deep': 'it is nested more than 500 levels deep',
  media: 'media are values of keys in rows and the summary, or members of lists there',
  'too-many-images': 'a list shows at most 108 images',
  'table-changed': 'its logMode is IMMUTABLE; there are MUTABLE and INCREMENTAL',
  'table-rows': 'an artifact holds 200,000 rows; there is the logMode INCREMENTAL',
  'step-too-low': 'its step is lower than the current one; steps must increase monotonically',
}

/** Why a value was left out, in words. */
export function explainSkip(reason: SkippedReason): string {
  return explanations[reason]
}

/** @param say - Shows one line to the user. */
export function createSkippedValues(say: (line: string) => void): SkippedValues {
  const counts = new Map<SkippedReason, number>()
  return {
    count(reason, path) {
      const count = (counts.get(reason) ?? 0) + 1
      counts.set(reason, count)
      if (count > 1) return
      say(`${describeOne(reason, path)}: ${explainSkip(reason)}. More of this kind are counted, not said.`)
    },
    get totals() {
      const sum = [...counts.values()].reduce((total, count) => total + count, 0)
      if (sum <= 1) return []
      return [...counts].map(([reason, count]) => `${describeMany(reason, count)}: ${explainSkip(reason)}.`)
    },
  }
}

function describeOne(reason: SkippedReason, path: readonly string[]): string {
  // Of what is nested too deeply the name would fill the screen.
  const name = describeValue(path.join('.'))
  switch (reason) {
    case 'step-too-low':
      return 'A row was left out'
    case 'table-changed':
      return `${name} was logged as it was the first time, without what has changed`
    case 'table-rows':
      return `The end of the table ${name} was left out`
    default:
      return `${name} was left out`
  }
}

function describeMany(reason: SkippedReason, count: number): string {
  const isOne = count === 1
  switch (reason) {
    case 'step-too-low':
      return isOne ? 'A row was left out' : `${count} rows were left out`
    case 'table-changed':
      return `${isOne ? 'Once' : `${count} times`} a table was logged as it was the first time`
    case 'table-rows':
      return isOne ? 'The end of a table was left out' : `The ends of ${count} tables were left out`
    default:
      return isOne ? 'A value was left out' : `${count} values were left out`
  }
}
