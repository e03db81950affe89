import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFourierTransform } from './fourier.ts'
import { parseSoundShape } from './sound-shape.ts'
import { brightnessOf, hzAt, hzTicks, quietestDb, toSpectrogram } from './spectrogram.ts'
import { waveSampleRate } from './wave-header.ts'

const rate = 16_000

function sound(seconds: number, valueAt: (time: number, index: number) => number) {
  const samples = Float32Array.from({ length: seconds * rate }, (_, i) => valueAt(i / rate, i))
  return { samples, sampleRate: rate }
}

test('the fast transform is the plain one', () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }).chain((bits) => fc.array(number, { minLength: 2 ** bits, maxLength: 2 ** bits })),
      (values) => {
        const { size, transform } = createFourierTransform(values.length)
        const [real, imaginary] = [Float64Array.from(values), new Float64Array(size)]
        transform(real, imaginary)
        for (let k = 0; k < size; k += 1) {
          const sum = (part: (angle: number) => number): number =>
            values.reduce((total, value, i) => total + value * part((2 * Math.PI * i * k) / size), 0)
          expect(real[k]).toBeCloseTo(sum(Math.cos), 9)
          expect(imaginary[k]).toBeCloseTo(-sum(Math.sin), 9)
        }
      },
    ),
    { numRuns: 50 },
  )
  expect(() => createFourierTransform(12)).toThrow(RangeError)
})

test.each([60, 440, 1000, 7000])('a tone of %d Hz and full amplitude is loudest there, and as loud as can be', (hz) => {
  const found = toSpectrogram(sound(1, (time) => Math.sin(2 * Math.PI * hz * time)))
  expect(Math.abs(found.loudestHz! / hz - 1)).toBeLessThan(hz < 100 ? 0.2 : 0.03)
  expect(Math.max(...found.levels)).toBeGreaterThan(250)
  expect(found.levels).toHaveLength(found.columnCount * found.rowCount)
})

test('a click in an hour-like silence is in its column alone, whatever the frequency', () => {
  const { levels, columnCount, rowCount } = toSpectrogram(sound(90, (_, i) => (i === 1_000_003 ? 1 : 0)))
  const loudColumns = new Set<number>()
  for (const [at, level] of levels.entries()) if (level > 0) loudColumns.add(at % columnCount)
  const expected = Math.floor((1_000_003 / (90 * rate)) * columnCount)
  expect([...loudColumns].every((column) => Math.abs(column - expected) <= 1)).toBe(true)
  expect(levels[Math.floor(rowCount / 2) * columnCount + expected]).toBeGreaterThan(0)
})

test('silence, no samples and samples that are no numbers are silent', () => {
  for (const samples of [new Float32Array(5000), new Float32Array(), new Float32Array(3000).fill(Number.NaN)]) {
    const { levels, loudestHz } = toSpectrogram({ samples, sampleRate: rate })
    expect(levels.every((level) => level === 0)).toBe(true)
    expect(loudestHz).toBeUndefined()
  }
})

test('frequencies stand at even distances of a log axis, and levels are shares of the range that is shown', () => {
  const axis = { lowHz: 30, highHz: 22_050 }
  for (const { hz, height } of hzTicks(axis)) expect(hzAt(height, axis)).toBeCloseTo(hz)
  expect(hzTicks(axis).map(({ hz }) => hz)).toEqual([100, 1000, 10_000])
  expect(hzTicks({ lowHz: 30, highHz: 4000 }).map(({ hz }) => hz)).toEqual([100, 1000])
  expect([brightnessOf(255, 80), brightnessOf(0, 80), brightnessOf(127.5, -quietestDb)]).toEqual([1, 0, 0.5])
})

test('the rate of a WAV file is read behind other chunks too', () => {
  const file = new DataView(new ArrayBuffer(60))
  const write = (at: number, text: string): void => {
    for (const [i, letter] of [...text].entries()) file.setUint8(at + i, letter.charCodeAt(0))
  }
  write(0, 'RIFF')
  write(8, 'WAVEJUNK')
  file.setUint32(16, 4, true)
  write(24, 'fmt ')
  file.setUint32(28, 16, true)
  file.setUint32(36, 22_050, true)
  expect(waveSampleRate(file.buffer)).toBe(22_050)
  expect(waveSampleRate(new ArrayBuffer(60))).toBeUndefined()
  expect(waveSampleRate(new ArrayBuffer(3))).toBeUndefined()
})

test('how sounds are drawn is read from what a browser kept, however broken that is', () => {
  expect([undefined, null, 5, { hasSpectrogram: 0, rangeDb: 77 }].map(parseSoundShape)).toEqual(
    Array.from({ length: 4 }, () => ({ hasSpectrogram: true, rangeDb: 80 })),
  )
  expect(parseSoundShape({ hasSpectrogram: false, rangeDb: 60 })).toEqual({ hasSpectrogram: false, rangeDb: 60 })
})
