import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { losslineCallback } from '../src/index.ts'
import { describeCheckpoints } from './checkpoint-behaviour.ts'
import { describeEvaluations, describeEvaluationTables } from './evaluation-behaviour.ts'
import { describeModelGraphs } from './graph-behaviour.ts'
import { describeHistograms } from './histograms-behaviour.ts'
import { loadQuietly } from './load-quietly.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { describeTrackModel } from './track-model-behaviour.ts'
import { openTrackedRun } from './tracked-run.ts'

// tfjs-node downloads a library of several hundred megabytes when it is installed, so it is none of the packages here.
// LOSSLINE_TFJS_NODE names a folder where it is installed, to run all of this on it too.
const folder = process.env.LOSSLINE_TFJS_NODE
const load = (): typeof TensorFlow => createRequire(join(folder ?? '', 'package.json'))('@tensorflow/tfjs-node')

describe.skipIf(folder === undefined)('on tfjs-node', () => {
  if (folder === undefined) return
  const tf = loadQuietly(load)

  test('the native backend is used, and its progress bar may stand beside', async () => {
    await using tracked = await openTrackedRun()
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const { history } = await model.fit(x, y, {
      epochs: 2,
      verbose: 1,
      callbacks: losslineCallback({ run: tracked.run, tf, logFreq: 'batch' }) as never,
    })
    const { rows, config } = await tracked.finishAndRead()
    expect(config).toMatchObject({ tfjs: { backend: 'tensorflow' } })
    expect(rows.map((row) => row['epoch/loss']).filter((loss) => loss !== undefined)).toEqual(history.loss)
  })

  describeCheckpoints(tf, ['sgd', 'momentum', 'adam', 'rmsprop'])
  describeTrackModel(tf)
  describeHistograms(tf)
  describeEvaluationTables(tf)
  describeEvaluations(tf)
  describeModelGraphs(tf)
})
