import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ComparedItem,
  comparedTitles,
  panBy,
  pictureModes,
  pixelDifference,
  toggleCompared,
  wholePicture,
  zoomAt,
} from './compared-media.ts'

const item = (step: number, more: object = {}): ComparedItem => ({
  entity: 'e',
  project: 'p',
  runId: 'r',
  runName: 'owl',
  key: 'sample',
  step,
  index: 0,
  kind: 'image',
  item: { url: `/${step}`, name: `${step}.png` },
  ...more,
})

test('two to four of one kind are compared; what is chosen again is left out', () => {
  const four = [1, 2, 3, 4].reduce<readonly ComparedItem[]>((items, step) => toggleCompared(items, item(step)), [])
  expect(four.map(({ step }) => step)).toEqual([1, 2, 3, 4])
  expect(toggleCompared(four, item(5)).map(({ step }) => step)).toEqual([2, 3, 4, 5])
  expect(toggleCompared(four, item(2)).map(({ step }) => step)).toEqual([1, 3, 4])
  expect(toggleCompared(four, item(9, { kind: 'audio' })).map(({ kind }) => kind)).toEqual(['audio'])
  expect([2, 3].map((count) => pictureModes(count).length)).toEqual([4, 1])
})

test('titles say what the items differ in, and the run where they differ in nothing', () => {
  expect(comparedTitles([item(1), item(2000)])).toEqual(['step 1', 'step 2,000'])
  expect(comparedTitles([item(1), item(1, { runId: 'q', runName: 'fox' })])).toEqual(['owl', 'fox'])
  expect(comparedTitles([item(1), item(1, { index: 2 })])).toEqual(['no. 1', 'no. 3'])
  expect(comparedTitles([item(1), item(1, { runId: 'q' })])).toEqual(['owl', 'owl'])
})

test('what is under the pointer stays there while it is enlarged, and the frame is never empty', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const moves = fc.array(fc.tuple(fc.constantFrom(0.5, 0.8, 1.25, 3), share, share), { maxLength: 20 })
  fc.assert(
    fc.property(moves, (list) => {
      let zoom = wholePicture
      for (const [factor, x, y] of list) {
        zoom = panBy(zoomAt(zoom, factor, { x, y }), x - 0.5, y - 0.5)
        const half = 0.5 / zoom.scale
        for (const middle of [zoom.x, zoom.y]) {
          expect(middle).toBeGreaterThanOrEqual(half - 1e-9)
          expect(middle).toBeLessThanOrEqual(1 - half + 1e-9)
        }
      }
    }),
  )
  const zoomed = zoomAt(wholePicture, 4, { x: 0.25, y: 0.5 })
  // The place at a quarter of the frame is a quarter of the picture, before and after.
  expect(zoomed.x + (0.25 - 0.5) / zoomed.scale).toBeCloseTo(0.25)
  expect(zoomAt(zoomed, 0.001, { x: 0.9, y: 0.9 })).toEqual(wholePicture)
})

test('a difference tells how many pixels and by how much; equal pictures are black', () => {
  const a = Uint8ClampedArray.of(10, 20, 30, 255, 0, 0, 0, 255)
  const b = Uint8ClampedArray.of(10, 25, 30, 255, 0, 0, 0, 255)
  expect(pixelDifference(a, b, 3)).toEqual({
    pixels: Uint8ClampedArray.of(0, 15, 0, 255, 0, 0, 0, 255),
    share: 0.5,
    most: 5,
  })
  expect(pixelDifference(a, a, 16)).toMatchObject({ share: 0, most: 0 })
  const clear = Uint8ClampedArray.of(0, 0, 0, 0)
  expect(pixelDifference(clear, Uint8ClampedArray.of(0, 0, 0, 255), 1).pixels).toEqual(
    Uint8ClampedArray.of(255, 255, 255, 255),
  )
})
