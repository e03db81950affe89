import { expect, test } from 'vitest'
import { createThroughputMeter } from './throughput-meter.ts'

/** A meter on a clock that the test moves. */
function createMeter() {
  let nowMs = 0
  return { meter: createThroughputMeter(() => nowMs), wait: (ms: number) => (nowMs += ms) }
}

test('an epoch counts from its first batch to its last, without the validation in the last', () => {
  const { meter, wait } = createMeter()
  meter.trainBegin({ samples: 25, batchSize: 10 })
  meter.epochBegin()
  wait(1000)
  for (const ms of [100, 100, 5000]) {
    meter.batchBegin(undefined)
    wait(ms)
  }
  // 20 examples in 200 ms.
  expect(meter.epochEnd()).toBe(100)
})

test('a single batch counts with all of the epoch, and no more examples than there are', () => {
  const { meter, wait } = createMeter()
  meter.trainBegin({ samples: 8, batchSize: 32 })
  meter.epochBegin()
  meter.batchBegin(undefined)
  wait(500)
  expect(meter.epochEnd()).toBe(16)
})

test('fitDataset tells the size of each batch', () => {
  const { meter, wait } = createMeter()
  meter.trainBegin({ samples: null, batchSize: null })
  meter.epochBegin()
  for (const size of [4, 6, 2]) {
    meter.batchBegin(size)
    wait(50)
  }
  expect(meter.epochEnd()).toBe(100)
})

test('what is not known is not told', () => {
  const { meter, wait } = createMeter()
  meter.trainBegin({})
  meter.epochBegin()
  meter.batchBegin(undefined)
  wait(10)
  expect(meter.epochEnd()).toBeUndefined()
  meter.epochBegin()
  expect(meter.epochEnd()).toBeUndefined()
})
