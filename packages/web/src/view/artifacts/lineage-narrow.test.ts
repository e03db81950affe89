import type { ArtifactLineageResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { lineageTypes, narrowLineage } from './lineage-narrow.ts'

const run = (id: string) => ({ id, kind: 'run' })
const version = (id: string, type: string) => ({ id, kind: 'artifact', version: { type } })
const edge = (text: string) => {
  const [from = '', to = ''] = text.split('>')
  return { from, to }
}
// The last one closes a circle: a run that goes on from its own model.
const edges = ['raw>prep', 'prep>data', 'data>train', 'train>net', 'net>eval', 'eval>report', 'net>train'].map(edge)
const lineage = {
  focus: 'data',
  nodes: [
    version('raw', 'dataset'),
    version('data', 'dataset'),
    version('net', 'model'),
    version('report', 'report'),
    run('prep'),
    run('train'),
    run('eval'),
  ],
  edges,
} as unknown as ArtifactLineageResponse

const told = (selection: Parameters<typeof narrowLineage>[1]) => {
  const { nodes, edges } = narrowLineage(lineage, selection)
  return { nodes: nodes.map(({ id }) => id), edges: edges.map(({ from, to }) => `${from}>${to}`) }
}

test('what is left out still joins what stood around it', () => {
  expect(lineageTypes(lineage)).toEqual(['dataset', 'model', 'report'])
  expect(narrowLineage(lineage, 'all')).toBe(lineage)
  expect(told('versions')).toEqual({
    nodes: ['raw', 'data', 'net', 'report'],
    edges: ['raw>data', 'data>net', 'net>report'],
  })
  expect(told('runs')).toEqual({
    nodes: ['data', 'prep', 'train', 'eval'],
    edges: ['data>train', 'prep>data', 'train>eval'],
  })
  expect(told('type:report')).toEqual({
    nodes: ['data', 'report', 'prep', 'train', 'eval'],
    edges: ['data>train', 'prep>data', 'train>eval', 'eval>report'],
  })
})
