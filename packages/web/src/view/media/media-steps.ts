import type { MediaKey } from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'

/** Steps of all keys together, ascending, each once. */
export function unionSteps(keys: readonly Pick<MediaKey, 'steps'>[]): readonly number[] {
  return [...new Set(keys.flatMap(({ steps }) => steps))].sort((a, b) => a - b)
}

/**
 * The step of a key to show when one is asked for: that, else the nearest before it; the newest by default. Undefined: there was
 * nothing yet, for what came later would be a value from the future.
 */
export function stepOf({ steps }: Pick<MediaKey, 'steps'>, asked: number | undefined): number | undefined {
  return asked === undefined ? steps.at(-1) : steps[lastIndexUpTo(steps, asked)]
}

/** What is said of where a value is of, or that there is none: `asked` is the step of the page. */
export function stepNote(step: number | undefined, asked: number | undefined): string {
  if (step === undefined)
    return asked === undefined ? 'no sample' : `no sample at or before step ${formatNumber(asked)}`
  const shown = `step ${formatNumber(step)}`
  return asked === undefined || step === asked ? shown : `${shown} (asked ${formatNumber(asked)})`
}

/** The step of a key before one of its steps; undefined: that is the first. */
export function stepBefore({ steps }: Pick<MediaKey, 'steps'>, step: number): number | undefined {
  return steps[lastIndexUpTo(steps, step - 1)]
}

/** Where a slider over steps stands: at the asked step or the one before it, else at its start. */
export function sliderIndex(steps: readonly number[], asked: number | undefined): number {
  return asked === undefined ? steps.length - 1 : Math.max(0, lastIndexUpTo(steps, asked))
}

/** Whether nothing was logged yet at the asked step. */
export function isBeforeFirst(steps: readonly number[], asked: number | undefined): boolean {
  return asked !== undefined && steps[0] !== undefined && asked < steps[0]
}

/** The step to ask for after one step back or forward. */
export function stepBeside(steps: readonly number[], asked: number | undefined, by: 1 | -1): number | undefined {
  if (isBeforeFirst(steps, asked)) return by === 1 ? askedStep(steps, 0) : asked
  const index = sliderIndex(steps, asked)
  // Between two steps the one before is shown already.
  const isBetween = asked !== undefined && steps[index] !== asked
  return askedStep(steps, by === -1 && isBetween ? index : index + by)
}

/** What a place of a slider asks for: its end follows what is still to come. */
export function askedStep(steps: readonly number[], index: number): number | undefined {
  return index >= steps.length - 1 ? undefined : steps[Math.max(0, index)]
}

function lastIndexUpTo(steps: readonly number[], asked: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] as number) <= asked) low = middle + 1
    else high = middle
  }
  return low - 1
}
