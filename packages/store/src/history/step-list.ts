import { lowerBound, upperBound } from '@lossline/protocol'

/** Ascending steps, each once, at least one: told by arithmetic, or a list that is only read when somebody looks at it. */
export type StepList = EvenSteps | ListedSteps

/** Step number i is `first` + i · `stride`. */
export interface EvenSteps extends StepSpan {
  readonly kind: 'even'
  readonly stride: number
}

export interface ListedSteps extends StepSpan {
  readonly kind: 'listed'
  /** Costs something each time. */
  readonly load: () => Float64Array
}

interface StepSpan {
  readonly first: number
  readonly last: number
  readonly count: number
  /** True: all of the steps are integers that can be computed with; false: nobody knows. */
  readonly isWhole: boolean
}

export function evenSteps(first: number, stride: number, count: number): EvenSteps {
  const last = first + (count - 1) * stride
  return { kind: 'even', first, last, count, stride, isWhole: [first, stride, last].every(Number.isSafeInteger) }
}

/** @param steps - At least one, ascending. */
export function listedSteps(steps: Float64Array): ListedSteps {
  return {
    kind: 'listed',
    first: steps[0]!,
    last: steps.at(-1)!,
    count: steps.length,
    isWhole: false,
    load: () => steps,
  }
}

export function toStepArray(list: StepList): Float64Array {
  if (list.kind === 'listed') return list.load()
  return Float64Array.from({ length: list.count }, (_, index) => list.first + index * list.stride)
}

/** The steps in [`fromStep`, `toStep`]. */
export function cutSteps(list: StepList, fromStep: number, toStep: number): StepList | undefined {
  if (list.first >= fromStep && list.last <= toStep) return list
  if (list.last < fromStep || list.first > toStep) return undefined
  if (list.kind === 'even' && list.isWhole) {
    const { first, stride, count } = list
    const from = Math.max(0, Math.ceil((Math.ceil(fromStep) - first) / stride))
    const to = Math.min(count - 1, Math.floor((Math.floor(toStep) - first) / stride))
    return from > to ? undefined : evenSteps(first + from * stride, stride, to - from + 1)
  }
  const steps = toStepArray(list)
  const inRange = steps.subarray(lowerBound(steps, fromStep), upperBound(steps, toStep))
  return inRange.length === 0 ? undefined : listedSteps(inRange)
}

/** Pieces of at most `countMax` steps, of what can be told by arithmetic; a list stays as it is. */
export function splitSteps(list: StepList, countMax: number): StepList[] {
  if (list.kind === 'listed' || !list.isWhole || list.count <= countMax) return [list]
  const { first, stride, count } = list
  return Array.from({ length: Math.ceil(count / countMax) }, (_, piece) => {
    const from = piece * countMax
    return evenSteps(first + from * stride, stride, Math.min(countMax, count - from))
  })
}

/** True where it shows without a look at the lists that `whole` has all steps of `part`. */
export function isKnownPart(part: StepList, whole: StepList): boolean {
  if (whole.kind === 'listed' || part.first < whole.first || part.last > whole.last) return false
  if (part.kind === 'even' && part.first === whole.first && part.stride === whole.stride) return true
  if (!part.isWhole || !whole.isWhole) return false
  if (whole.stride === 1) return true
  const isOnGrid = (part.first - whole.first) % whole.stride === 0
  return isOnGrid && (part.count === 1 || (part.kind === 'even' && part.stride % whole.stride === 0))
}
