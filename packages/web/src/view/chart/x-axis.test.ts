import { expect, test } from 'vitest'
import { effectiveX, formatX, xExtent } from './x-axis.ts'

test('the x axis is what was chosen, else what the run defined, else the step', () => {
  const panel = { stream: 'history' as const, stepMetric: 'epoch' }
  expect(effectiveX({ kind: 'auto' }, panel)).toEqual({ kind: 'metric', key: 'epoch' })
  expect(effectiveX({ kind: 'step' }, panel)).toEqual({ kind: 'step' })
  expect(effectiveX({ kind: 'auto' }, { stream: 'history', stepMetric: null })).toEqual({ kind: 'step' })
  expect(effectiveX({ kind: 'step' }, { stream: 'events', stepMetric: null })).toEqual({ kind: 'relative' })
  expect(formatX({ kind: 'relative' }, 4800)).toBe('1h 20m')
  expect(effectiveX({ kind: 'relative-wall' }, { stream: 'events', stepMetric: null })).toEqual({
    kind: 'relative-wall',
  })
  expect(formatX({ kind: 'relative-wall' }, 4800)).toBe('1h 20m')
})

test('how long x is follows from what runs say of themselves, for each kind of it', () => {
  const run = { lastStep: 9, runtimeSeconds: 60, createdAtMs: 0, heartbeatAtMs: 100_000 }
  const later = { lastStep: null, runtimeSeconds: 50, createdAtMs: 200_000, heartbeatAtMs: 260_000 }
  const of = (kind: 'auto' | 'step' | 'relative' | 'relative-wall' | 'wall') => xExtent({ kind }, [run, later])
  expect([of('auto'), of('step'), of('relative'), of('relative-wall'), of('wall')]).toEqual([9, 9, 60, 100, 260])
  expect(xExtent({ kind: 'metric', key: 'epoch' }, [run])).toBeUndefined()
})
