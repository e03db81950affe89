import type { MediaKey } from '@lossline/protocol'

/** Steps of all keys together, ascending, each once. */
export function unionSteps(keys: readonly Pick<MediaKey, 'steps'>[]): readonly number[] {
  return [...new Set(keys.flatMap(({ steps }) => steps))].sort((a, b) => a - b)
}

/** The step of a key to show when one is asked for: that, else the nearest before it, else its first; the newest by default. */
export function stepOf({ steps }: Pick<MediaKey, 'steps'>, asked: number | undefined): number | undefined {
  if (asked === undefined) return steps.at(-1)
  return steps[Math.max(0, lastIndexUpTo(steps, asked))]
}

/** Where a slider over steps stands: at the asked step or the one before it. */
export function sliderIndex(steps: readonly number[], asked: number | undefined): number {
  return asked === undefined ? steps.length - 1 : Math.max(0, lastIndexUpTo(steps, asked))
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
