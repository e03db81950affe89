import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRollup, groupPointCount, openRollup, summarise } from './rollup.ts'
import { decodeSteps, encodeSteps, maybeStride } from './step-codec.ts'
import { encodeValues, openValues, valueForms } from './value-codec.ts'

const anyValues = fc.oneof(
  fc.float64Array({ minLength: 1, maxLength: 300 }),
  fc.float32Array({ minLength: 1, maxLength: 300 }).map((values) => Float64Array.from(values)),
)
const ascendingSteps = fc
  .oneof(
    fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 300 }),
    fc.uniqueArray(fc.maxSafeInteger(), { minLength: 1, maxLength: 20 }),
    fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }),
    fc
      .tuple(fc.integer(), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 300 }))
      .map(([first, stride, count]) => Array.from({ length: count }, (_, point) => first + point * stride)),
  )
  // -0 and 0 are one step.
  .map((steps) => Float64Array.from(new Set(steps.map((step) => step + 0))).sort())

describe('values', () => {
  test('any stretch comes back bit for bit', () => {
    fc.assert(
      fc.property(anyValues, fc.nat(), fc.nat(), (values, a, b) => {
        const from = a % values.length
        const to = from + (b % (values.length - from + 1))
        expect(openValues(encodeValues(values), values.length).slice(from, to)).toEqual(values.slice(from, to))
      }),
    )
  })

  test('float32 numbers take half the room of float64 numbers', () => {
    const noise = Float64Array.from({ length: 4096 }, () => Math.random())
    const half = encodeValues(noise.map(Math.fround))
    expect(half.form).toBe(valueForms.shuffledFloat32)
    expect(half.bytes.length).toBeLessThan(encodeValues(noise).bytes.length * 0.55)
  })

  test('damaged bytes are refused', () => {
    const encoded = encodeValues(new Float64Array(100))
    expect(() => openValues(encoded, 99)).toThrow()
    expect(() => openValues({ ...encoded, form: 9 }, 100)).toThrow(RangeError)
    expect(() => openValues({ ...encoded, bytes: encoded.bytes.subarray(3) }, 100)).toThrow()
  })
})

describe('steps', () => {
  test('come back exactly, however far apart', () => {
    fc.assert(
      fc.property(ascendingSteps, (steps) => {
        expect(decodeSteps(encodeSteps(steps), steps[0]!, steps.length)).toEqual(steps)
      }),
    )
  })

  test('at equal distances cost nothing, and a few bits otherwise', () => {
    expect(encodeSteps(Float64Array.of(10, 20, 30))).toEqual({ kind: 'strided', stride: 10 })
    expect(maybeStride(Float64Array.of(0, 0.1, 0.2, 0.3))).toBeUndefined()
    const uneven = encodeSteps(Float64Array.of(0, 1, 3, 200))
    expect(uneven.kind === 'uneven' && uneven.bytes.length).toBe(5)
  })

  test('bytes cut short are refused', () => {
    const encoded = encodeSteps(Float64Array.of(0, 1, 3, 200))
    if (encoded.kind !== 'uneven') throw new TypeError('expected bytes')
    expect(() => decodeSteps({ kind: 'uneven', bytes: encoded.bytes.subarray(0, 4) }, 0, 4)).toThrow(RangeError)
    expect(() => decodeSteps({ kind: 'uneven', bytes: Uint8Array.of(7) }, 0, 1)).toThrow(RangeError)
  })
})

describe('rollup', () => {
  test('each group says what summarising its points says', () => {
    fc.assert(
      fc.property(anyValues, ascendingSteps, (anyLengthValues, anyLengthSteps) => {
        const count = Math.min(anyLengthValues.length, anyLengthSteps.length)
        const values = anyLengthValues.slice(0, count)
        const steps = anyLengthSteps.slice(0, count)
        const stride = maybeStride(steps)
        const bytes = encodeRollup(steps, values, stride !== undefined)
        const rollup = openRollup(bytes, { pointCount: count, firstStep: steps[0]!, stride })
        for (let index = 0; index < rollup.groupCount; index++) {
          const from = index * groupPointCount
          expect(rollup.group(index)).toEqual(summarise(steps, values, from, Math.min(from + groupPointCount, count)))
        }
        expect(() => openRollup(bytes.subarray(1), { pointCount: count, firstStep: steps[0]!, stride })).toThrow(
          RangeError,
        )
      }),
    )
  })
})
