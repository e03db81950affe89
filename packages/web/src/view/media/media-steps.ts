import type { MediaKey } from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'
import { keyTitle } from '../workspace/sections.ts'

/** When a key has values: at which steps, and where these lie on another axis, if one was chosen. */
export type KeySteps = Pick<MediaKey, 'steps' | 'axis'>

/** Steps of all keys together, or their values of the axis that was chosen; ascending, each once. */
export function unionSteps(keys: readonly KeySteps[]): readonly number[] {
  const all = keys.flatMap(({ steps, axis }) => axis?.values.filter((value) => value !== null) ?? steps)
  return [...new Set(all)].sort((a, b) => a - b)
}

/**
 * The step of a key to show when one (or a value of the axis) is asked for: that, else the nearest before it; the newest by default.
 * Undefined: there was nothing yet, for what came later would be a value from the future.
 */
export function stepOf({ steps, axis }: KeySteps, asked: number | undefined): number | undefined {
  if (asked === undefined) return steps.at(-1)
  if (axis === undefined) return steps[lastIndexUpTo(steps, asked)]
  // The last step that has the largest value: where values repeat, as within an epoch, it is the one at its end.
  let found = -1
  for (const [index, value] of axis.values.entries()) {
    if (value !== null && value <= asked && value >= (axis.values[found] ?? value)) found = index
  }
  return steps[found]
}

/** Whether a key has a value at exactly what is asked for. */
export function isAt(media: KeySteps, asked: number | undefined): boolean {
  const step = stepOf(media, asked)
  return asked === undefined || (step !== undefined && placeOf(media, step) === asked)
}

/** Where a step of a key lies on the axis; undefined: it has no value there. */
function placeOf({ steps, axis }: KeySteps, step: number): number | undefined {
  return axis === undefined ? step : (axis.values[steps.indexOf(step)] ?? undefined)
}

/** What is said of where a value is of, or that there is none: `asked` is the step of the page, or a value of the axis of the key. */
export function stepNote(step: number | undefined, asked: number | undefined, media?: KeySteps): string {
  const axis = media?.axis && keyTitle(media.axis.key)
  if (step === undefined) {
    return asked === undefined ? 'no sample' : `no sample at or before ${axis ?? 'step'} ${formatNumber(asked)}`
  }
  const place = media === undefined ? step : placeOf(media, step)
  const shown = `step ${formatNumber(step)}`
  const whole = axis === undefined || place === undefined ? shown : `${axis} ${formatNumber(place)}, ${shown}`
  return asked === undefined || place === asked ? whole : `${whole} (asked ${formatNumber(asked)})`
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
