import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const known = ['project', 'step', 'stepMetric', 'summary', 'filters', 'aliases', 'commit', 'id']

describe('the nearest name', () => {
  test.each([
    ['stpe', 'step'],
    ['step_metric', 'stepMetric'],
    ['SUMMARY', 'summary'],
    ['filter', 'filters'],
    ['alias', 'aliases'],
    ['projet', 'project'],
    ['ids', 'id'],
    ['learningRate', undefined],
    ['x', undefined],
    ['', undefined],
    ['step'.repeat(1000), undefined],
  ])('of %s is %s', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest)
  })

  test('of a known name is itself, and of one with two letters exchanged too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known.slice(0, -1)), fc.nat(), (name, seed) => {
        const at = seed % (name.length - 1)
        const exchanged = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`
        expect(nearestName(name, known)).toBe(name)
        expect(nearestName(exchanged, known)).toBe(name)
      }),
    )
  })
})
