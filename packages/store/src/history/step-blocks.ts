import { lowerBound } from '@lossline/protocol'
import { joinSteps } from './merge-series.ts'
import { cutSteps, isKnownPart, listedSteps, type StepList, splitSteps, toStepArray } from './step-list.ts'

/** Steps that are put together at a time where that takes a look at them. */
const joinedCountMax = 4096

/** All steps of the lists, each once, as blocks that ascend. What one list has alone is a block as it is. */
export function* joinBlocks(lists: readonly StepList[]): Generator<StepList> {
  let cluster: StepList[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const list of withoutParts(lists)) {
    if (list.first > last) {
      yield* joinCluster(cluster)
      cluster = []
    }
    cluster.push(list)
    last = Math.max(last, list.last)
  }
  yield* joinCluster(cluster)
}

/** The steps that each of the keys has in one of its lists, as blocks that ascend. */
export function* shareBlocks(keys: readonly (readonly StepList[])[]): Generator<StepList> {
  const [lead = [], ...others] = keys.map(withoutParts).sort((a, b) => countOf(a) - countOf(b))
  for (const block of joinBlocks(lead)) {
    for (const part of others.length === 0 ? [block] : splitSteps(block, joinedCountMax)) {
      const unsure = others.filter((lists) => !lists.some((list) => isKnownPart(part, list)))
      if (unsure.length === 0) {
        yield part
        continue
      }
      const steps = unsure.reduce((shared, lists) => keepShared(shared, lists), toStepArray(part))
      if (steps.length > 0) yield listedSteps(steps)
    }
  }
}

/** By first step, without those whose steps another one is known to have. */
function withoutParts(lists: readonly StepList[]): StepList[] {
  const kept: StepList[] = []
  let wholes: StepList[] = []
  for (const list of [...lists].sort((a, b) => a.first - b.first || b.last - a.last)) {
    wholes = wholes.filter((whole) => whole.last >= list.first)
    if (wholes.some((whole) => isKnownPart(list, whole))) continue
    kept.push(list)
    if (list.kind === 'even') wholes.push(list)
  }
  return kept
}

/** @param lists - By first step, each but the first one overlapping one before it. */
function* joinCluster(lists: readonly StepList[]): Generator<StepList> {
  if (lists.length < 2) {
    yield* lists
    return
  }
  const waiting = lists.flatMap((list) => splitSteps(list, joinedCountMax)).sort((a, b) => b.first - a.first)
  let open: Float64Array[] = []
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    const end = waiting.at(-1)?.first ?? Number.POSITIVE_INFINITY
    if (open.length === 0 && list.last < end) {
      yield list
      continue
    }
    open.push(toStepArray(list))
    if (end === list.first) continue
    const ends = open.map((steps) => lowerBound(steps, end))
    yield listedSteps(joinSteps(open.map((steps, index) => steps.subarray(0, ends[index]))))
    open = open.map((steps, index) => steps.subarray(ends[index])).filter((steps) => steps.length > 0)
  }
}

function keepShared(steps: Float64Array, lists: readonly StepList[]): Float64Array {
  const isShared = new Uint8Array(steps.length)
  for (const list of lists) {
    const near = cutSteps(list, steps[0] ?? Number.POSITIVE_INFINITY, steps.at(-1) ?? Number.NEGATIVE_INFINITY)
    if (near === undefined) continue
    let index = lowerBound(steps, near.first)
    for (const step of toStepArray(near)) {
      while (steps[index]! < step) index += 1
      if (steps[index] === step) isShared[index] = 1
    }
  }
  return steps.filter((_, index) => isShared[index] === 1)
}

function countOf(lists: readonly StepList[]): number {
  return lists.reduce((sum, { count }) => sum + count, 0)
}
