import { expect, test } from 'vitest'
import { fitLineage, lineageExtent, zoomLineage } from './lineage-fit.ts'

const room = { width: 1000, height: 500 }
const row = (layerCount: number, rowCount = 1) => ({ layerCount, rowCount })
const drawnWidth = (graph: ReturnType<typeof row>, zoom?: 'whole', place = room): number => {
  const measures = fitLineage(graph, place, zoom)
  return lineageExtent(graph, measures).width * measures.scale
}

test('a graph with room has wide nodes', () => {
  expect(fitLineage(row(3), room)).toEqual({ nodeWidth: 196, layerGap: 64, scale: 1 })
})

test('six nodes in a row are not cut, and rather narrower than smaller', () => {
  const measures = fitLineage(row(6), { width: 1100, height: 500 })
  expect(measures.scale).toBe(1)
  expect(measures.nodeWidth).toBeLessThan(196)
  for (const width of [700, 1000, 1100, 1400, 1600])
    expect(drawnWidth(row(6), undefined, { width, height: 500 })).toBeLessThanOrEqual(width)
})

test('what could not be read keeps its size until the whole is asked for', () => {
  expect(fitLineage(row(30), room)).toEqual({ nodeWidth: 196, layerGap: 64, scale: 1 })
  expect(drawnWidth(row(30), 'whole')).toBeLessThanOrEqual(1000)
  const { scale } = fitLineage(row(2, 40), room, 'whole')
  expect(lineageExtent(row(2, 40), fitLineage(row(2, 40), room, 'whole')).height * scale).toBeLessThanOrEqual(500)
  expect(fitLineage(row(2, 40), room).scale).toBe(1)
})

test('it is made larger and smaller by steps, within limits', () => {
  expect(zoomLineage(zoomLineage(1, true), false)).toBe(1)
  const pressed = (isIn: boolean) => Array.from({ length: 30 }).reduce<number>((scale) => zoomLineage(scale, isIn), 1)
  expect([pressed(true), pressed(false)]).toEqual([2, 0.1])
  expect(fitLineage(row(3), room, 0.5).scale).toBe(0.5)
})
