import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAddressStore, urlDelayMs } from './address-store.ts'
import type { ViewState } from './url-state.ts'
import { viewCodec } from './view-store.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a dragged slider changes the view at once and the address a few times', () => {
  const written: ViewState[] = []
  const store = createAddressStore(viewCodec, {}, (view) => written.push(view))
  for (let i = 1; i <= 60; i++) {
    store.update({ smoothing: { kind: 'ema', weight: i / 100 } })
    expect(store.get().smoothing).toEqual({ kind: 'ema', weight: i / 100 })
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(urlDelayMs)
  expect(written.length).toBeLessThanOrEqual(5)
  expect(written.at(-1)?.smoothing).toEqual({ kind: 'ema', weight: 0.6 })
})

test('going back brings the older view, the echo of its own writing changes nothing', () => {
  const store = createAddressStore(viewCodec, { ly: '1' }, () => {})
  let changes = 0
  store.subscribe(() => changes++)
  store.update({ isLogX: true })
  vi.advanceTimersByTime(urlDelayMs)
  store.update({ query: 'newer' })
  store.adopt({ ly: '1', lx: '1' })
  expect(store.get()).toMatchObject({ query: 'newer', isLogX: true })
  expect(changes).toBe(2)
  store.adopt({})
  expect(store.get()).toMatchObject({ query: '', isLogX: false, yScale: 'linear' })
})

test('leaving writes what is waiting', () => {
  const written: ViewState[] = []
  const store = createAddressStore(viewCodec, {}, (view) => written.push(view))
  store.update({ panelSearch: 'loss' })
  store.flush()
  expect(written).toHaveLength(1)
  vi.advanceTimersByTime(1000)
  expect(written).toHaveLength(1)
})
