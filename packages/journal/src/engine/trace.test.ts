import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToTrace, createTrace } from './trace.ts'

test('parts hold the least and greatest of equal stretches, and there are never more than 64', () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 1000 })
  fc.assert(
    fc.property(values, (all) => {
      const trace = createTrace()
      for (const value of all) addToTrace(trace, value)
      const { stride, length, count, latest, min, max } = trace
      expect(length).toBeLessThanOrEqual(64)
      expect(length).toBe(Math.ceil(all.length / stride))
      const parts = Array.from({ length }, (_, part) => all.slice(part * stride, (part + 1) * stride))
      expect([...trace.mins.subarray(0, length)]).toEqual(parts.map((part) => Math.min(...part)))
      expect([...trace.maxs.subarray(0, length)]).toEqual(parts.map((part) => Math.max(...part)))
      expect({ count, min, max }).toEqual({ count: all.length, min: Math.min(...all), max: Math.max(...all) })
      if (all.length > 0) expect(latest).toBe(all.at(-1))
    }),
  )
})

test('passes over what cannot be drawn', () => {
  const trace = createTrace()
  for (const value of [1, Number.NaN, Number.POSITIVE_INFINITY, 3]) addToTrace(trace, value)
  expect(trace).toMatchObject({ count: 2, min: 1, max: 3, latest: 3 })
})
