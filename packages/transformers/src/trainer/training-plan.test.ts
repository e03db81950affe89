import { expect, test } from 'vitest'
import { parseTrainingArguments, type TrainingArguments } from './training-arguments.ts'
import { planTraining } from './training-plan.ts'

const batches = { perDeviceTrainBatchSize: 4 }

test.each<[TrainingArguments, object]>([
  // 30 examples are 8 batches, the last one of 2.
  [batches, { batchesPerEpoch: 8, updatesPerEpoch: 8, epochCount: 3, maxSteps: 24, warmupSteps: 0 }],
  [
    { ...batches, dataloaderDropLast: true },
    { batchesPerEpoch: 7, maxSteps: 21 },
  ],
  [
    { ...batches, gradientAccumulationSteps: 3 },
    { updatesPerEpoch: 3, maxSteps: 9 },
  ],
  [
    { ...batches, numTrainEpochs: 1.5 },
    { epochCount: 2, maxSteps: 12 },
  ],
  [
    { ...batches, maxSteps: 10 },
    { epochCount: 2, maxSteps: 10 },
  ],
  [
    { ...batches, maxSteps: 16, warmupRatio: 0.1 },
    { epochCount: 2, warmupSteps: 2 },
  ],
  [
    { perDeviceTrainBatchSize: 64, dataloaderDropLast: true },
    { batchesPerEpoch: 0, updatesPerEpoch: 1 },
  ],
])('%o', (args, expected) => {
  expect(planTraining(parseTrainingArguments(args), 30)).toMatchObject(expected)
})
