import { expect, test } from 'vitest'
import { createFrameShare } from './frame-share.ts'

test('so many tasks a frame, in their order, and none that was taken back', () => {
  const frames: (() => void)[] = []
  const share = createFrameShare(2, (task) => frames.push(task))
  const done: string[] = []
  const takeBack = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => share.add(() => done.push(name)))
  takeBack[1]?.()
  const seen: string[] = []
  while (frames.length > 0) {
    frames.shift()?.()
    seen.push(done.join(''))
  }
  expect(seen).toEqual(['ac', 'acde', 'acdef'])
  share.add(() => done.push('g'))
  frames.shift()?.()
  expect(done.join('')).toBe('acdefg')
  expect(frames).toEqual([])
})
