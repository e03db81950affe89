import { expect, test } from 'vitest'
import { environmentOf, namedMetadata, startCommand } from './run-facts.ts'

test('the command of a run is what started it, as one could type it', () => {
  const args = ['--name', "it's"]
  expect(startCommand({ program: 'train.mjs', metadata: { args } })).toBe(`node train.mjs --name 'it'\\''s'`)
  expect(startCommand({ program: 'x', metadata: { program: '/x/t.py', executable: '/usr/bin/python3' } })).toBe(
    '/usr/bin/python3 /x/t.py',
  )
  expect(startCommand({ program: './train', metadata: { args: [1] } })).toBe('./train 1')
  expect(startCommand({ program: '', metadata: { args } })).toBe('')
})

test('what runs a script is called by its name', () => {
  expect(namedMetadata({ os: 'Linux', python: 'Node.js v22.18.0' })).toEqual({
    os: 'Linux',
    runtime: 'Node.js v22.18.0',
  })
  const metadata = { python: 'CPython 3.11.7' }
  expect(namedMetadata(metadata)).toBe(metadata)
})

test('the environment of a run is told in one line, as far as it is known', () => {
  const metadata = { python: 'CPython 3.11.7', os: 'Linux-6.1', cpu_count: 1, gpu: 'NVIDIA A10', gpu_count: 2 }
  expect(environmentOf({ metadata })).toBe('CPython 3.11.7, Linux-6.1, 1 processor, 2 × NVIDIA A10')
  expect(environmentOf({ metadata: { cpu_count: 16, cpu_count_logical: 32, python: 3 } })).toBe('32 processors')
  expect(environmentOf({ metadata: {} })).toBe('')
})
