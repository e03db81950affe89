import type { LineageEdge } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgeName, layoutLineage, nextNode } from './lineage-layout.ts'

const edge = (text: string): LineageEdge => {
  const [from = '', to = ''] = text.split('→')
  return { from, to }
}

test('layers run from what came first to what came last', () => {
  const edges = ['raw→prepare', 'prepare→data', 'data→train', 'train→model', 'raw→train'].map(edge)
  const { places, layerCount } = layoutLineage(['model', 'train', 'data', 'prepare', 'raw'], edges)
  expect(layerCount).toBe(5)
  expect([...places].sort((a, b) => a[1].layer - b[1].layer).map(([id]) => id)).toEqual([
    'raw',
    'prepare',
    'data',
    'train',
    'model',
  ])
})

test('no two nodes share a place, and without circles every edge leads to the right', () => {
  const graphs = fc.integer({ min: 1, max: 30 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      pairs: fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 60 }),
    }),
  )
  fc.assert(
    fc.property(graphs, ({ count, pairs }) => {
      const ids = Array.from({ length: count }, (_, i) => `n${i}`)
      const forward = pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => ({ from: `n${Math.min(a, b)}`, to: `n${Math.max(a, b)}` }))
      const { places, routes, layerCount, rowCount } = layoutLineage(ids, forward)
      expect(new Set([...places.values()].map(({ layer, row }) => `${layer} ${row}`)).size).toBe(count)
      const taken = new Set([...places.values()].map(({ layer, row }) => `${layer} ${row}`))
      for (const { from, to } of forward) {
        const [first, last] = [places.get(from)!.layer, places.get(to)!.layer]
        expect(first).toBeLessThan(last)
        // In every layer between, an edge has a place where no node is.
        const route = routes.get(edgeName({ from, to })) ?? []
        expect(route.map(({ layer }) => layer)).toEqual(
          Array.from({ length: last - first - 1 }, (_, i) => first + 1 + i),
        )
        for (const { layer, row } of route) expect(taken.has(`${layer} ${row}`)).toBe(false)
      }
      for (const { layer, row } of places.values()) {
        expect(layer < layerCount && row >= 0 && row <= rowCount - 1).toBe(true)
      }
    }),
  )
})

test('long edges of one end go together', () => {
  const edges = ['raw→a', 'a→b', 'b→c', 'raw→b', 'raw→c'].map(edge)
  const { routes, rowCount } = layoutLineage(['raw', 'a', 'b', 'c'], edges)
  expect(routes.get('raw c')?.[0]).toEqual(routes.get('raw b')?.[0])
  expect(rowCount).toBe(2)
})

test('a circle, an edge to nowhere and no node at all are drawn too', () => {
  expect(layoutLineage(['a', 'b'], ['a→b', 'b→a', 'a→a', 'a→gone'].map(edge)).places.size).toBe(2)
  expect(layoutLineage([], [])).toEqual({ places: new Map(), routes: new Map(), layerCount: 0, rowCount: 0 })
})

test('arrow keys follow edges sideways, and stay in the layer up and down', () => {
  const edges = ['run→x', 'run→y', 'run→z', 'y→end'].map(edge)
  const layout = layoutLineage(['run', 'x', 'y', 'z', 'end'], edges)
  const go = (id: string, key: string) => nextNode(layout, edges, id, key)
  expect(go('run', 'ArrowRight')).toBe('y')
  expect(go('y', 'ArrowUp')).toBe('x')
  expect(go('x', 'ArrowUp')).toBeUndefined()
  expect(go('x', 'ArrowDown')).toBe('y')
  expect(go('x', 'ArrowLeft')).toBe('run')
  expect(go('x', 'ArrowRight')).toBeUndefined()
  expect(go('end', 'a')).toBeUndefined()
})
