import { expect, test } from 'vitest'
import { createCursorHub, type SharedCursor } from './cursor-hub.ts'

function openHub() {
  const tasks: (() => void)[] = []
  const hub = createCursorHub((task) => tasks.push(task))
  return { hub, runFrame: () => tasks.splice(0).forEach((task) => void task()) }
}

const place: SharedCursor = { panelId: undefined, at: { xId: 'wall', x: 5 }, runId: undefined }

test('a place that was pointed at from outside is told to charts that come later, and only to those that are still there', () => {
  const { hub, runFrame } = openHub()
  const told: unknown[] = []
  hub.set(place)
  runFrame()
  hub.subscribe((cursor) => told.push(cursor))
  hub.subscribe(() => told.push('gone'))()
  expect(told).toEqual([])
  runFrame()
  expect(told).toEqual([place])
})

test('where a pointer was in another chart is not told to new ones', () => {
  const { hub, runFrame } = openHub()
  hub.set({ ...place, panelId: 'loss' })
  runFrame()
  const told: unknown[] = []
  hub.subscribe((cursor) => told.push(cursor))
  runFrame()
  expect(told).toEqual([])
})
