import { expect, test } from 'vitest'
import { findToImages } from './example-images.ts'

const examplesOf = (values: number[], dtype = 'float32') => ({
  shape: [1, 1, values.length, 1],
  dtype,
  data: async () => values,
})

test.each([
  ['values from 0 to 1', [0, 0.2, 1], [0, 51, 255]],
  ['values from 0 to 255, though the brightest is not there', [0, 51, 200], [0, 51, 200]],
  ['values that were standardised', [-1, 0, 4], [0, 51, 255]],
  ['one value alone', [-3, -3, -3], [0, 0, 0]],
])('%s', async (_name, values, expected) => {
  const toImages = await findToImages(examplesOf(values), undefined)
  const [image] = (await toImages?.(examplesOf(values))) ?? []
  expect(image?.toSnapshot().content).toMatchObject({ data: Uint8ClampedArray.from(expected) })
})

test('what has not the shape of images, or shall not be shown as such, is none', async () => {
  const list = { ...examplesOf([1, 2]), shape: [1, 2] }
  expect(await findToImages(list, undefined)).toBeUndefined()
  expect(await findToImages(examplesOf([0, 1]), false)).toBeUndefined()
  expect(await findToImages(undefined, undefined)).toBeUndefined()
})
