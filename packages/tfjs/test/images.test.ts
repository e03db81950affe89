import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidMediaError } from '@lossline/core'
import { decodePng } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { imageFromTensor, imagesFromTensor } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { openTrackedRun } from './tracked-run.ts'

describe('images of tensors', () => {
  test('are logged as PNG files with the pixels that tf.browser.toPixels gives', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const colours = tf.tensor3d([0, 0.25, 0.5, 0.75, 1, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9], [2, 2, 3])
    run.log({ colours: await imageFromTensor(colours, { caption: 'four' }) })
    const { rows } = await tracked.finishAndRead()
    expect(rows[0]).toMatchObject({ 'colours._type': 'image-file', 'colours.width': 2, 'colours.caption': 'four' })
    const folder = join(run.directory, 'files', 'media', 'images')
    const [name = ''] = await readdir(folder)
    const { data } = decodePng(await readFile(join(folder, name)))
    const rgba = [...(await tf.browser.toPixels(colours))]
    expect([...data]).toEqual(rgba.filter((_, index) => index % 4 !== 3))
    expect(colours.isDisposed).toBe(false)
    colours.dispose()
  })

  test('take every type and shape that has pixels', async () => {
    const sizeOf = async (tensor: Parameters<typeof imageFromTensor>[0]) => {
      const { width, height } = await imageFromTensor(tensor)
      return [width, height]
    }
    expect(await sizeOf(tf.zeros([2, 5]))).toEqual([5, 2])
    expect(await sizeOf(tf.zeros([1, 2, 5, 4]))).toEqual([5, 2])
    expect(await sizeOf(tf.zeros([1, 1, 3]))).toEqual([1, 1])
    expect(await sizeOf(tf.fill([3, 3], 255, 'int32'))).toEqual([3, 3])
    expect(await sizeOf(tf.ones([3, 3, 1], 'bool'))).toEqual([3, 3])
    const batch = await imagesFromTensor(tf.zeros([5, 2, 3]), { count: 3, captionOf: (index) => `no. ${index}` })
    expect(batch.map(({ width, height }) => [width, height])).toEqual([
      [3, 2],
      [3, 2],
      [3, 2],
    ])
  })

  test.each([
    ['a batch', tf.zeros([2, 3, 3, 1]), {}, 'imagesFromTensor'],
    ['five channels', tf.zeros([3, 3, 5]), {}, '1 to 4 channels'],
    ['bytes as floats', tf.fill([2, 2], 200), {}, 'range: [0, 255]'],
    ['NaN', tf.fill([2, 2], Number.NaN), {}, 'NaN'],
    ['texts', tf.fill([2, 2], 'a', 'string'), {}, 'float32'],
    ['an empty range', tf.zeros([2, 2]), { range: [1, 1] as [number, number] }, 'black, white'],
  ])('%s is an error that says what to do', async (_, tensor, options, hint) => {
    const making = imageFromTensor(tensor, options)
    await expect(making).rejects.toBeInstanceOf(InvalidMediaError)
    await expect(making).rejects.toMatchObject({ hint: expect.stringContaining(hint) })
  })

  test('of a batch only those are looked at that are asked for, a whole number of them', async () => {
    const batch = tf.tensor3d([0, 1, Number.NaN], [3, 1, 1])
    expect(await imagesFromTensor(batch, { count: 2 })).toHaveLength(2)
    expect(await imagesFromTensor(batch, { count: 0 })).toEqual([])
    for (const count of [3, -1, 1.5, Number.NaN]) {
      await expect(imagesFromTensor(batch, { count })).rejects.toBeInstanceOf(InvalidMediaError)
    }
  })

  test('values outside of a range that is told are cut', async () => {
    const image = await imageFromTensor(tf.tensor2d([[-2, -1, 0, 1, 2]]), { range: [-1, 1] })
    expect(image.toSnapshot().content).toMatchObject({ data: new Uint8ClampedArray([0, 0, 128, 255, 255]) })
  })
})
