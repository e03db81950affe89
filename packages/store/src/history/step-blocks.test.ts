import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinBlocks, shareBlocks } from './step-blocks.ts'
import { cutSteps, evenSteps, type StepList, toStepArray } from './step-list.ts'

const step = fc.oneof(fc.integer({ min: -20, max: 60 }), fc.constantFrom(0.5, -0.25, 1e15, 9000))

/** As of a chunk: whether its steps are whole is known without them. */
function toListed(steps: readonly number[]): StepList {
  const ascending = Float64Array.from(new Set(steps)).sort()
  const span = { first: ascending[0]!, last: ascending.at(-1)!, count: ascending.length }
  return { kind: 'listed', ...span, isWhole: ascending.every(Number.isSafeInteger), load: () => ascending }
}

const list: fc.Arbitrary<StepList> = fc.oneof(
  fc.array(step, { minLength: 1, maxLength: 12 }).map(toListed),
  fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.constantFrom(1, 1, 2, 3, 0.25), fc.integer({ min: 1, max: 40 }))
    .map((of) => evenSteps(...of)),
  fc.tuple(fc.nat(3), fc.constantFrom(1, 2), fc.integer({ min: 4000, max: 9000 })).map((of) => evenSteps(...of)),
)
const lists = fc.array(list, { maxLength: 5 })

const stepsOf = (of: readonly StepList[]): Set<number> => new Set(of.flatMap((one) => [...toStepArray(one)]))
const ascending = (steps: Iterable<number>): number[] => [...steps].sort((a, b) => a - b)

/** What blocks say of themselves is true, and they ascend. */
function flatten(blocks: Iterable<StepList>): number[] {
  return [...blocks].flatMap((block) => {
    const steps = [...toStepArray(block)]
    expect([block.first, block.last, block.count]).toEqual([steps[0], steps.at(-1), steps.length])
    return steps
  })
}

describe('steps of several lists', () => {
  test('joined are those of any of them', () => {
    fc.assert(
      fc.property(lists, (of) => {
        expect(flatten(joinBlocks(of))).toEqual(ascending(stepsOf(of)))
      }),
    )
  })

  test('shared are those that each key has somewhere', () => {
    fc.assert(
      fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), (keys) => {
        const [first, ...others] = keys.map(stepsOf)
        const expected = ascending(first!).filter((at) => others.every((steps) => steps.has(at)))
        expect(flatten(shareBlocks(keys))).toEqual(expected)
      }),
    )
  })

  test('cut to a range are those within it', () => {
    fc.assert(
      fc.property(list, step, step, (one, from, to) => {
        const cut = cutSteps(one, from, to)
        expect(cut ? flatten([cut]) : []).toEqual([...toStepArray(one)].filter((at) => at >= from && at <= to))
      }),
    )
  })

  test('nobody looks at lists whose steps are known to be in another one', () => {
    const unread: StepList = {
      ...toListed([3, 70, 71, 500]),
      kind: 'listed',
      load: () => {
        throw new Error('Looked at.')
      },
    }
    expect([...joinBlocks([unread, evenSteps(0, 1, 1000)])]).toEqual([evenSteps(0, 1, 1000)])
    expect([...shareBlocks([[unread], [evenSteps(0, 1, 1000)]])]).toEqual([unread])
  })
})
