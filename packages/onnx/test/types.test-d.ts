import * as ort from 'onnxruntime-node'
import * as web from 'onnxruntime-web'
import { expectTypeOf, test } from 'vitest'
import { classification, evaluate, type OutputTensor, openTrackedSession, trackSession } from '../src/index.ts'

test('sessions keep their type', () => {
  expectTypeOf(trackSession<ort.InferenceSession>).returns.toEqualTypeOf<ort.InferenceSession>()
  expectTypeOf(openTrackedSession(ort, 'model.onnx')).resolves.toEqualTypeOf<ort.InferenceSession>()
  expectTypeOf(openTrackedSession(web, 'model.onnx')).resolves.toEqualTypeOf<web.InferenceSession>()
})

test('examples and rows are inferred', () => {
  const task = classification({ labels: ['cat', 'dog'] })
  const session = {} as ort.InferenceSession
  const data = [{ text: 'x', label: 'cat' as const }]
  const feeds = ({ text }: { readonly text: string }) => ({ in: new ort.Tensor('string', [text], [1, 1]) })
  void evaluate({
    ...{ session, data, feeds, task },
    decode: ({ out }, example) => {
      expectTypeOf(example).toEqualTypeOf<{ text: string; label: 'cat' }>()
      expectTypeOf(out).toEqualTypeOf<OutputTensor | undefined>()
      return { label: example.label, scores: out?.numbers }
    },
  })
  // @ts-expect-error A row of a classifier needs a label.
  void evaluate({ session, data, feeds, task, decode: () => ({ prediction: 'cat' }) })
  // @ts-expect-error There is no such option.
  void evaluate({ session, data, feeds, task, decode: () => ({ label: 'cat' }), batchsize: 3 })
})
