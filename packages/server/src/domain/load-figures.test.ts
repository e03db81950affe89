import type { Store } from '@lossline/store'
import { expect, test } from 'vitest'
import { createLoadFigures } from './load-figures.ts'

/** Histories with one value, and the runs that were read, in order. */
function openHistories({ isBroken = () => false }: { readonly isBroken?: () => boolean } = {}) {
  const read: number[] = []
  const one = Float64Array.of(7)
  const buckets = async ({ run }: { readonly run: number }) => {
    read.push(run)
    if (isBroken()) throw new Error('broken')
    return { count: [1], first: one, last: one, min: one, max: one, sum: one }
  }
  // Only what figures are made of; the answer of a store has more.
  return { read, store: { buckets } as unknown as Pick<Store, 'buckets'> }
}
const run = (id: number, historyRevision = 1) => ({ id, historyRevision })

test('a history is read once for all who ask, and anew when the run logged on', async () => {
  const { read, store } = openHistories()
  const load = createLoadFigures(store)
  const figures = { count: 1, first: 7, last: 7, min: 7, max: 7, mean: 7 }
  expect(await Promise.all([load(run(1), 'loss'), load(run(1), 'loss')])).toEqual([figures, figures])
  expect(read).toEqual([1])
  await load(run(1, 2), 'loss')
  await load(run(1, 2), 'loss')
  expect(read).toEqual([1, 1])
})

test('those that were asked for last are kept', async () => {
  const { read, store } = openHistories()
  const load = createLoadFigures(store, 2)
  for (const id of [1, 2, 1, 3, 1, 2]) await load(run(id), 'loss')
  expect(read).toEqual([1, 2, 3, 2])
})

test('what could not be read is read again', async () => {
  let isBroken = true
  const { read, store } = openHistories({ isBroken: () => isBroken })
  const load = createLoadFigures(store)
  await expect(load(run(1), 'loss')).rejects.toThrow('broken')
  isBroken = false
  expect((await load(run(1), 'loss'))?.mean).toBe(7)
  expect(read).toEqual([1, 1])
})
