import { encodeKeyPath } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { gpuUseKeys, meanUse } from './gpu-keys.ts'

const metric = (name: string, stream: 'events' | 'history' = 'events') =>
  ({ key: encodeKeyPath([name]), stream, kind: 'number' }) as const

test('how busy GPUs are is read from each device, and told as their mean', () => {
  const names = [
    'system.gpu.0.gpu',
    'system.gpu.0.memory',
    'system.gpu.10.gpu',
    'system.gpu.process.0.gpu',
    'system.cpu',
  ]
  expect(gpuUseKeys([...names.map((name) => metric(name)), metric('gpu.0.gpu', 'history')])).toEqual(
    ['system.gpu.0.gpu', 'system.gpu.10.gpu'].map((name) => encodeKeyPath([name])),
  )
  expect(gpuUseKeys(Array.from({ length: 20 }, (_, i) => metric(`system.gpu.${i}.gpu`)))).toHaveLength(8)
  expect([meanUse([80, null, 91, undefined, Number.NaN]), meanUse([null]), meanUse([])]).toEqual([
    86,
    undefined,
    undefined,
  ])
})
