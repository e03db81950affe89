import { expect, test } from 'vitest'
import { describeCheckpoints } from './checkpoint-behaviour.ts'
import { describeEvaluations, describeEvaluationTables } from './evaluation-behaviour.ts'
import { describeModelGraphs } from './graph-behaviour.ts'
import { describeHistograms } from './histograms-behaviour.ts'
import { lowest } from './tensorflow-lowest.ts'
import { describeTrackModel } from './track-model-behaviour.ts'

test('this is the lowest version of the peer range', () => {
  expect(lowest.version.tfjs).toBe('4.0.0')
})

describeCheckpoints(lowest, ['sgd', 'adam'])
describeTrackModel(lowest)
describeHistograms(lowest)
describeEvaluationTables(lowest)
describeEvaluations(lowest)
describeModelGraphs(lowest)
