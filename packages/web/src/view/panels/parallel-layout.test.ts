import { expect, test } from 'vitest'
import { layOutAxes, ticksThatFit } from './parallel-layout.ts'

const names = ['learning_rate', 'optimizer', 'batch_size', 'weight_decay', 'dropout', 'val/accuracy']

test('names stand in one row where there is room', () => {
  const { names: laid, top } = layOutAxes({ width: 900, height: 200 }, names, false)
  expect(laid.map(({ text }) => text)).toEqual(names)
  expect([new Set(laid.map(({ baseline }) => baseline)).size, top]).toEqual([1, 34])
})

test('in little room they stand at several heights, so that none covers another, whole or cut', () => {
  for (const [width, count] of [
    [358, 6],
    [280, 6],
    [358, 3],
  ] as const) {
    const { names: laid, leftOf, top } = layOutAxes({ width, height: 200 }, names.slice(0, count), false)
    const ends = laid.map(({ text, baseline }, index) => {
      const half = (text.length * 6.3) / 2
      return { baseline, left: leftOf(index) - half, right: leftOf(index) + half }
    })
    for (const [index, one] of ends.entries()) {
      const next = ends.slice(index + 1).find(({ baseline }) => baseline === one.baseline)
      if (next) expect(next.left, `${width}: ${laid[index]?.text}`).toBeGreaterThan(one.right)
      expect(one.baseline).toBeLessThan(top)
    }
  }
  expect(layOutAxes({ width: 358, height: 200 }, names, false).names.map(({ text }) => text)).toEqual(names)
  expect(layOutAxes({ width: 358, height: 200 }, ['a'], false).names).toEqual([{ text: 'a', baseline: 14 }])
})

test('ticks keep a distance in which their texts can be read', () => {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at }))
  const placesIn = (innerHeight: number) => ticksThatFit(ticks, { innerHeight }).map(({ at }) => at)
  expect([placesIn(200), placesIn(30), placesIn(5)]).toEqual([[0, 0.25, 0.5, 0.75, 1], [0, 0.5, 1], [0]])
})
