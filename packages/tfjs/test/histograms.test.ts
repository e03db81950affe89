import { describe, expect, test } from 'vitest'
import { losslineCallback, modelHistograms } from '../src/index.ts'
import { describeHistograms } from './histograms-behaviour.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

describeHistograms(tf)

describe('options of histograms', () => {
  test('that cannot be are refused', () => {
    for (const options of [
      { binCount: 0 },
      { binCount: 513 },
      { gradientsEverySteps: 0 },
      { weightsEveryEpochs: 1.5 },
    ]) {
      expect(() => modelHistograms(options)).toThrow(expect.objectContaining({ code: 'tfjs-option' }))
    }
    expect(() => losslineCallback({ histograms: { bins: 3 } as never })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    )
  })

  test('work next to earlyStopping too', async () => {
    await using tracked = await openTrackedRun()
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const callbacks = [modelHistograms({ run: tracked.run, tf }), tf.callbacks.earlyStopping({ monitor: 'loss' })]
    await model.fit(x, y, { epochs: 1, verbose: 0, callbacks })
    const { rows } = await tracked.finishAndRead()
    expect(rows.length).toBe(2)
  })
})
