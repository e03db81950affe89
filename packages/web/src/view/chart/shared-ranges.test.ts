import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSharedRanges } from './shared-ranges.ts'

test('panels of a group get what all of them need, and are told when that has changed', () => {
  const ranges = createSharedRanges()
  let told = 0
  ranges.subscribe(() => told++)
  ranges.contribute({ group: 'train', panelId: 'loss' }, [0, 2])
  ranges.contribute({ group: 'val', panelId: 'val' }, [50, 60])
  ranges.contribute({ group: 'train', panelId: 'acc' }, [-1, 1])
  expect([ranges.union('train'), ranges.union('val'), told]).toEqual([[-1, 2], [50, 60], 3])
  const before = ranges.union('train')
  ranges.contribute({ group: 'train', panelId: 'loss' }, [0, 2])
  ranges.contribute({ group: 'train', panelId: 'third' }, [0, 1])
  expect([ranges.union('train'), told]).toEqual([before, 3])
  expect(ranges.union('train')).toBe(before)
  // Less is needed where runs are hidden.
  ranges.contribute({ group: 'train', panelId: 'loss' }, [0, 1])
  expect(ranges.union('train')).toEqual([-1, 1])
  // It has a minimum of its own now, or another section.
  ranges.contribute({ group: 'train', panelId: 'acc' }, undefined)
  ranges.contribute({ group: 'val', panelId: 'loss' }, [0, 1])
  expect([ranges.union('train'), ranges.union('val')]).toEqual([
    [0, 1],
    [0, 60],
  ])
})

test('a panel that is scrolled past counts until something else is drawn', () => {
  const ranges = createSharedRanges()
  ranges.contribute({ group: 'g', panelId: 'a' }, [0, 9])
  ranges.contribute({ group: 'g', panelId: 'b' }, [3, 4])
  ranges.leave('a')
  expect(ranges.union('g')).toEqual([0, 9])
  ranges.forgetAbsent()
  expect(ranges.union('g')).toEqual([3, 4])
  ranges.leave('b')
  ranges.contribute({ group: 'g', panelId: 'b' }, [3, 5])
  ranges.forgetAbsent()
  expect(ranges.union('g')).toEqual([3, 5])
})

test('whatever panels say in which order, a group needs what its last words need', () => {
  const word = fc.record({
    panelId: fc.constantFrom('a', 'b', 'c'),
    group: fc.constantFrom('g', 'h'),
    range: fc.option(fc.tuple(fc.integer({ min: -9, max: 0 }), fc.integer({ min: 1, max: 9 })), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const ranges = createSharedRanges()
      const last = new Map<string, (typeof words)[number]>()
      for (const one of words) {
        ranges.contribute(one, one.range)
        last.set(one.panelId, one)
      }
      const needed = [...last.values()].flatMap(({ group, range }) => (group === 'g' && range ? [range] : []))
      const expected = [Math.min(...needed.map(([low]) => low)), Math.max(...needed.map(([, high]) => high))]
      expect(ranges.union('g')).toEqual(needed.length === 0 ? undefined : expected)
    }),
  )
})
