import { expect, test } from 'vitest'
import { parseConsoleLine } from './console-line.ts'

const timestamp = '2026-01-01T00:00:00.000001'

test.each([
  [`${timestamp} hello`, { timestamp, level: 'info', label: undefined, text: 'hello' }],
  [`ERROR ${timestamp} oh no`, { timestamp, level: 'error', label: undefined, text: 'oh no' }],
  [`ERROR ${timestamp} [node-1] text`, { timestamp, level: 'error', label: 'node-1', text: 'text' }],
  [`${timestamp} `, { timestamp, level: 'info', label: undefined, text: '' }],
  [`${timestamp}   indented`, { timestamp, level: 'info', label: undefined, text: '  indented' }],
  ['ERROR plain', { timestamp: undefined, level: 'info', label: undefined, text: 'ERROR plain' }],
  ['', { timestamp: undefined, level: 'info', label: undefined, text: '' }],
  [
    `{"level":"error","ts":"${timestamp}","label":"node-1","content":"boom"}`,
    { timestamp, level: 'error', label: 'node-1', text: 'boom' },
  ],
  [`{"ts":"${timestamp}","content":"fine"}`, { timestamp, level: 'info', label: undefined, text: 'fine' }],
  ['{"a": 1}', { timestamp: undefined, level: 'info', label: undefined, text: '{"a": 1}' }],
])('%j', (line, expected) => {
  expect(parseConsoleLine(line)).toEqual(expected)
})
