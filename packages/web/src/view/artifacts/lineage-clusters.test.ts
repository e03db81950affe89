import type { LineageEdge, LineageNode } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { clusterLineage, clusterName } from './lineage-clusters.ts'

const run = (id: string): LineageNode => ({ id, kind: 'run', run: { displayName: id } as never })
const version = (id: string, type = 'model'): LineageNode => ({ id, kind: 'artifact', version: { type } as never })
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

/** A data set, runs that used it, and a model of each. */
const fan = (count: number): { nodes: LineageNode[]; edges: LineageEdge[]; focus: string } => ({
  focus: 'data',
  nodes: [version('data', 'dataset'), ...numbers(count).flatMap((i) => [run(`run${i}`), version(`model${i}`)])],
  edges: numbers(count).flatMap((i) => [
    { from: 'data', to: `run${i}` },
    { from: `run${i}`, to: `model${i}` },
  ]),
})

test('siblings with equal offspring are two clusters, one behind the other', () => {
  const { nodes, edges } = clusterLineage(fan(50), new Set())
  expect(nodes.map(({ id }) => id)).toEqual(['data', 'cluster-run0', 'cluster-model0'])
  expect(edges).toEqual([
    { from: 'data', to: 'cluster-run0' },
    { from: 'cluster-run0', to: 'cluster-model0' },
  ])
  const [, runs, models] = nodes
  expect(runs?.kind === 'cluster' && clusterName(runs.nodes)).toBe('50 runs')
  expect(models?.kind === 'cluster' && clusterName(models.nodes)).toBe('50 versions, model')
})

test('few siblings, one that differs, and the version that was asked for stand alone', () => {
  expect(clusterLineage(fan(4), new Set()).nodes.every(({ kind }) => kind === 'node')).toBe(true)
  const graph = fan(6)
  graph.nodes.push(run('late'))
  graph.edges.push({ from: 'model5', to: 'late' })
  const { nodes } = clusterLineage(graph, new Set())
  const alone = nodes.flatMap((one) => (one.kind === 'node' ? [one.id] : []))
  expect(alone.sort()).toEqual(['data', 'late', 'model5', 'run5'])
  const inside = { ...fan(6), focus: 'run3' }
  expect(clusterLineage(inside, new Set()).nodes.some(({ id }) => id === 'run3')).toBe(true)
})

test('siblings of different nodes are not put together', () => {
  const [one, other] = [fan(5), fan(5)]
  const rename = (id: string): string => `${id}b`
  const graph = {
    focus: 'data',
    nodes: [...one.nodes, ...other.nodes.map((node) => ({ ...node, id: rename(node.id) }))],
    edges: [...one.edges, ...other.edges.map(({ from, to }) => ({ from: rename(from), to: rename(to) }))],
  }
  const { nodes } = clusterLineage(graph, new Set())
  expect(nodes.filter(({ kind }) => kind === 'cluster')).toHaveLength(4)
})

test('an open cluster is drawn one by one, with its own edges', () => {
  const { nodes, edges } = clusterLineage(fan(5), new Set(['cluster-run0']))
  expect(nodes.filter(({ kind }) => kind === 'node')).toHaveLength(6)
  expect(edges.filter(({ to }) => to === 'cluster-model0')).toHaveLength(5)
})
