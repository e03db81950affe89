import { cutSteps, type StepList, toStepArray } from '../history/step-list.ts'
import type { StepRange } from './chunks.ts'
import type { Turns } from './turns.ts'

/** Chosen steps, and out of how many. */
export interface SpreadSteps {
  readonly steps: Float64Array
  readonly rowCount: number
}

/**
 * At most `count` of all steps in a range, evenly spread by their number, the first and the last among them (the last alone, if
 * it is one).
 *
 * @param open - Gives the steps of a range as blocks that ascend. It is called anew after each turn, for what is left.
 */
export async function spreadSteps(
  turns: Turns,
  range: StepRange,
  count: number,
  open: (range: StepRange) => Iterable<StepList>,
): Promise<SpreadSteps> {
  let rowCount = 0
  const blocks: StepList[] = []
  let isFresh = true
  for await (const block of inTurns(turns, range, open, () => (isFresh = false))) {
    rowCount += block.count
    if (isFresh) blocks.push(block)
  }

  const steps = new Float64Array(Math.min(count, rowCount))
  const rowAt = (place: number): number =>
    steps.length === 1 ? rowCount - 1 : Math.round((place * (rowCount - 1)) / (steps.length - 1))
  let [place, start] = [0, 0]
  // Long histories are gone through twice: neither all of their steps are kept nor anything that was read before a turn.
  for await (const block of isFresh ? blocks : inTurns(turns, range, open)) {
    const end = start + block.count
    if (place < steps.length && rowAt(place) < end) {
      const stepAt = openBlock(block)
      for (; place < steps.length && rowAt(place) < end; place++) steps[place] = stepAt(rowAt(place) - start)
    }
    start = end
  }
  // Fewer only when rows were taken away meanwhile.
  return { steps: steps.subarray(0, place), rowCount }
}

async function* inTurns(
  turns: Turns,
  range: StepRange,
  open: (range: StepRange) => Iterable<StepList>,
  onTurn?: () => void,
): AsyncGenerator<StepList> {
  let left = range
  for (;;) {
    let reached: number | undefined
    for (const block of open(left)) {
      yield block
      if (!turns.isOver()) continue
      reached = block.last
      break
    }
    if (reached === undefined) return
    left = { ...left, fromStep: numberAbove(reached) }
    onTurn?.()
    await turns.next()
  }
}

function openBlock(block: StepList): (index: number) => number {
  if (block.kind === 'even') return (index) => block.first + index * block.stride
  const steps = toStepArray(block)
  return (index) => steps[index]!
}

/** The least number that is greater. */
function numberAbove(value: number): number {
  const numbers = Float64Array.of(value)
  const bits = new BigInt64Array(numbers.buffer)
  bits[0]! += value >= 0 ? 1n : -1n
  return numbers[0]!
}

/** What lies in a range of the lists. */
export function cutAll(lists: readonly StepList[], { fromStep, toStep }: StepRange): StepList[] {
  return lists.map((list) => cutSteps(list, fromStep, toStep)).filter((list) => list !== undefined)
}
