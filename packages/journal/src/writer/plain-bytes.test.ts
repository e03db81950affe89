import { expect, test } from 'vitest'
import type { EngineMessage } from '../engine/messages.ts'
import { estimateMessageBytes } from './message-bytes.ts'

const long = 'x'.repeat(100_000)
const path = ['k']

const messages: Record<string, EngineMessage> = {
  row: { kind: 'row', items: [{ path, json: long }], step: 0, isCommitted: true, timeMs: 0 },
  'row with a JSON value among media': {
    kind: 'row',
    items: [{ path, media: { kind: 'list', items: [{ kind: 'json', json: long }] } }],
    step: 0,
    isCommitted: true,
    timeMs: 0,
  },
  'row with boxes': {
    kind: 'row',
    items: [
      {
        path,
        media: {
          kind: 'image',
          content: { kind: 'bytes', data: new Uint8Array(new SharedArrayBuffer(8)) },
          extension: '.png',
          width: 1,
          height: 1,
          boxes: [{ name: 'b', boxesJson: long, shownLabels: {} }],
        },
      },
    ],
    step: 0,
    isCommitted: true,
    timeMs: 0,
  },
  summary: { kind: 'summary', update: [{ path, json: long }], remove: [] },
  'removed summary': { kind: 'summary', update: [], remove: [[long]] },
  config: { kind: 'record', body: { kind: 'config', config: { update: [{ key: 'a', valueJson: long }] } } },
  artifact: {
    kind: 'record',
    body: { kind: 'artifact', artifact: { name: 'a', manifest: { contents: [{ path: long, digest: 'd' }] } } },
  },
  output: { kind: 'record', body: { kind: 'outputRaw', outputRaw: { line: long } } },
  metric: { kind: 'metric', metric: { name: long } },
  shape: { kind: 'shape', id: 0, paths: [[long]] },
}

test.each(Object.entries(messages))('a message of the kind "%s" counts with its texts', (_name, message) => {
  const bytes = estimateMessageBytes(message)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThan(102_000)
})

test('what lies in shared memory counts there, and other arrays here', () => {
  const bytesOf = (data: Uint8Array): number =>
    estimateMessageBytes({
      kind: 'row',
      items: [
        {
          path,
          media: { kind: 'image', content: { kind: 'bytes', data }, extension: '.png', width: 1, height: 1 },
        },
      ],
      step: 0,
      isCommitted: true,
      timeMs: 0,
    })
  expect(bytesOf(new Uint8Array(new SharedArrayBuffer(1_000_000)))).toBeLessThan(2000)
  expect(bytesOf(new Uint8Array(1_000_000))).toBeGreaterThan(1_000_000)
})
