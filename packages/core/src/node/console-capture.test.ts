import { expect, test, vi } from 'vitest'
import { captureConsole } from './console-capture.ts'

test('several captures hear the same, and the last to end gives the streams back', () => {
  const before = process.stdout.write
  const heard: string[] = []
  const endOne = captureConsole((stream, text) => heard.push(`one ${stream} ${text}`))
  const endOther = captureConsole((stream, text) => heard.push(`other ${stream} ${text}`))
  process.stdout.write('')
  process.stderr.write('\u200b')
  endOne()
  process.stdout.write('\u200b')
  endOther()
  process.stdout.write('\u200b')
  endOther()
  expect(heard).toEqual(['one stderr \u200b', 'other stderr \u200b', 'other stdout \u200b'])
  expect(process.stdout.write).toBe(before)
})

test('somebody who wraps the stream meanwhile is not undone', () => {
  const before = process.stdout.write
  const sink = vi.fn()
  const end = captureConsole(sink)
  const ours = process.stdout.write
  const theirs = function (this: typeof process.stdout, ...args: Parameters<typeof ours>): boolean {
    return Reflect.apply(ours, this, args)
  } as typeof ours
  process.stdout.write = theirs
  end()
  expect(process.stdout.write).toBe(theirs)
  expect(process.stdout.write('\u200b')).toBe(true)
  expect(sink).not.toHaveBeenCalled()
  process.stdout.write = before
})

test('a sink that prints does not hear itself', () => {
  let count = 0
  const end = captureConsole(() => {
    count += 1
    process.stdout.write('\u200b')
  })
  process.stdout.write('\u200b')
  end()
  expect(count).toBe(1)
})
