import { expect, test } from 'vitest'
import { defaultViewState, parseViewState, toSearchParams } from '../address/url-state.ts'
import { withXZoom, withYZoom, xZoomOf } from './zooms.ts'

const zoom = { xId: 'step', range: [10, 20] } as const

test('a zoom is one of all panels with the same axis', () => {
  const view = { ...defaultViewState, ...withXZoom(defaultViewState, 'loss', zoom) }
  expect([xZoomOf(view, 'accuracy', 'step'), xZoomOf(view, 'accuracy', 'wall')]).toEqual([[10, 20], undefined])
})

test('a view may keep the zoom of each panel apart, and its address brings them back', () => {
  const alone = { ...defaultViewState, syncsZoom: false }
  const first = { ...alone, ...withXZoom(alone, 'a~b,c', zoom) }
  const both = { ...first, ...withXZoom(first, 'accuracy', { xId: 'metric:epoch', range: [1, 2] }) }
  const view = parseViewState(toSearchParams({ ...both, ...withYZoom(both, 'a~b,c', [0, 1]) }))
  expect([xZoomOf(view, 'a~b,c', 'step'), xZoomOf(view, 'accuracy', 'metric:epoch')]).toEqual([
    [10, 20],
    [1, 2],
  ])
  expect([xZoomOf(view, 'other', 'step'), view.zoom, [...view.yZooms]]).toEqual([
    undefined,
    undefined,
    [['a~b,c', [0, 1]]],
  ])
  expect(xZoomOf({ ...view, ...withXZoom(view, 'accuracy', undefined) }, 'accuracy', 'metric:epoch')).toBeUndefined()
})
