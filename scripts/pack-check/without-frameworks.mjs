// A user's program in a project without any framework: the adapters can be imported, and say what they miss.
import assert from 'node:assert/strict'
import { accuracy } from '@lossline/evaluation'
import { openTrackedSession, readModelMetadata, trackSession } from '@lossline/onnx'
import { losslineCallback } from '@lossline/tfjs'
import { reportTo, Trainer } from '@lossline/transformers'
import { pipeline } from '@lossline/transformers/pipeline'

assert.equal(accuracy([1, 2], [1, 3]), 0.5)

// What tfjs gives to a callback, without tfjs.
const problems = []
const callback = losslineCallback({ onProblem: ({ code }) => problems.push(code) })
await callback.onTrainBegin({})
await callback.onEpochEnd(0, { loss: 1 })
assert.deepEqual(problems, ['tfjs-no-run'])

assert.equal(typeof reportTo, 'function')
assert.equal(typeof Trainer, 'function')
await assert.rejects(pipeline('text-classification', 'model'), /@huggingface\/transformers/)

// What a session gives, without ONNX Runtime.
const session = { inputNames: [], outputNames: [], run: async () => ({}) }
const told = []
await trackSession(session, { onProblem: ({ code }) => told.push(code) }).run({})
assert.deepEqual(told, ['onnx-no-run'])
await assert.rejects(openTrackedSession(undefined, 'model.onnx'), { code: 'onnx-option' })
await assert.rejects(readModelMetadata('model.onnx'), { code: 'onnx-model-file' })
