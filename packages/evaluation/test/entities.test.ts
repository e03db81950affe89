import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClassPrecisionRecallF1,
  entityMetrics,
  findEntities,
  type PrecisionRecallF1,
  type TagScheme,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

interface ExpectedReport {
  perType: [string, ClassPrecisionRecallF1][]
  micro: PrecisionRecallF1
  macro: PrecisionRecallF1
  weighted: PrecisionRecallF1
}
interface Case {
  name: string
  scheme: TagScheme
  labels: string[][]
  predictions: string[][]
  tokenAccuracy: number
  entities: [string, number, number][][]
  zeroDivision0: ExpectedReport
  zeroDivision1: ExpectedReport
}

describe.each(readFixture<{ cases: Case[] }>('entities').cases)('as seqeval: $name', (one) => {
  const { labels, predictions, scheme } = one

  test('entities', () => {
    const entities = labels.map((tags) =>
      findEntities(tags, { scheme }).map(({ type, start, end }) => [type, start, end]),
    )
    expect(entities).toEqual(one.entities)
  })

  test.each([0, 1] as const)('metrics where 0/0 is %d', (zeroDivision) => {
    const { perType, ...averages } = entityMetrics(labels, predictions, { scheme, zeroDivision })
    const { perType: expectedTypes, ...expectedAverages } = one[`zeroDivision${zeroDivision}`]
    expectClose(averages, { ...expectedAverages, tokenAccuracy: one.tokenAccuracy })
    expectClose([...perType], expectedTypes)
  })
})

describe('awkward cases', () => {
  test('no texts, and no entities', () => {
    expect(entityMetrics([], []).tokenAccuracy).toBeNaN()
    const { micro, macro, tokenAccuracy } = entityMetrics([['O', 'O']], [['O', 'O']])
    expect(micro).toEqual({ precision: 0, recall: 0, f1: 0 })
    expect(macro.f1).toBeNaN()
    expect(tokenAccuracy).toBe(1)
  })

  test.each([
    ['evaluation-label', () => findEntities(['LABEL_1'])],
    ['evaluation-label', () => findEntities(['PER'])],
    ['evaluation-label', () => findEntities(['S-PER'], { scheme: 'IOB2' })],
    ['evaluation-length', () => entityMetrics([['O']], [['O', 'O']])],
    ['evaluation-length', () => entityMetrics([['O']], [])],
  ])('%s: %s', (code, call) => {
    expect(thrownBy(call)).toMatchObject({ code })
  })

  test('the message says which tag', () => {
    expect(() => findEntities(['O', 'PER'])).toThrowErrorMatchingInlineSnapshot(
      `[EvaluationError: Tag 1 is "PER", which marks no entity.]`,
    )
  })
})

test('well-formed tags give their entities back in every scheme', () => {
  const spans = fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 2 }),
      length: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom('A', 'B'),
    }),
  )
  const letters = { IOB2: 'BIIB', IOE2: 'IIEE', IOBES: 'BIES', BILOU: 'BILU', lenient: 'BIES' }
  fc.assert(
    fc.property(spans, fc.constantFrom(...(Object.keys(letters) as TagScheme[])), (list, scheme) => {
      const [first, inside, last, single] = letters[scheme]
      const tags: string[] = []
      const expected = list.map(({ gap, length, type }) => {
        tags.push(...Array.from({ length: gap }, () => 'O'))
        const start = tags.length
        for (let at = 0; at < length; at += 1) {
          const prefix = length === 1 ? single : at === 0 ? first : at === length - 1 ? last : inside
          tags.push(`${prefix}-${type}`)
        }
        return { type, start, end: tags.length }
      })
      expect(findEntities(tags, { scheme })).toEqual(expected)
    }),
  )
})
