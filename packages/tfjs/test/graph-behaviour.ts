import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { losslineCallback } from '../src/index.ts'
import { makeModel, makeModelWithOutputs, makePoints } from './tiny-models.ts'
import { openTrackedRun, type WrittenRun } from './tracked-run.ts'

type Tf = typeof TensorFlow

async function readGraph({ directory, summary }: WrittenRun) {
  const { path } = summary.graph as { path: string }
  return JSON.parse(await readFile(join(directory, 'files', path), 'utf8'))
}

/** What is the same on every version and backend of tfjs. */
export function describeModelGraphs(tf: Tf): void {
  describe('what is said of a model and its machine', () => {
    test('version and backend without tf, examples a second and tensors', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      await model.fit(x, y, {
        epochs: 2,
        batchSize: 8,
        verbose: 0,
        callbacks: losslineCallback({ run: tracked.run, model }),
      })
      const { config, performance } = await tracked.finishAndRead()
      expect(config).toMatchObject({ tfjs: { version: tf.version.tfjs, backend: tf.getBackend() } })
      expect(performance).toHaveLength(2)
      expect(performance[0]).toEqual({
        'performance/samples_per_second': expect.any(Number),
        'performance/tensor_count': expect.any(Number),
        'performance/tensor_bytes': expect.any(Number),
      })
    })

    test('the graph of a sequence of layers', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: losslineCallback({ run: tracked.run, model }) })
      const { nodes, edges } = await readGraph(await tracked.finishAndRead())
      const [first, last] = model.layers.map(({ name }) => name)
      expect(nodes.map((node: { class_name: string }) => node.class_name)).toEqual(['Dense', 'Dense'])
      expect(nodes[0]).toMatchObject({ id: first, output_shape: [null, 4], num_parameters: 12, is_output: false })
      expect(nodes[1]).toMatchObject({ id: last, is_output: true })
      expect(edges).toEqual([[first, last]])
    })

    test('the graph of a model with several outputs', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModelWithOutputs(tf, ['a', 'b'])
      const { x } = makePoints(tf)
      const callbacks = losslineCallback({ run: tracked.run, model, prefix: 'two/' })
      await model.fit(x, [tf.ones([24, 1]), tf.ones([24, 1])], { epochs: 1, verbose: 0, callbacks })
      const written = await tracked.finishAndRead()
      const graph = written.summary['two/graph'] as { path: string }
      const { edges } = await readGraph({ ...written, summary: { graph } })
      const input = model.layers[0]?.name
      expect(edges).toEqual([
        [input, 'a'],
        [input, 'b'],
      ])
    })
  })
}
