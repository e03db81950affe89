import { createFakeClock } from '@lossline/testing'
import { expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import { createTemporaryEnd } from './temporary-end.ts'

test('a server is not idle while an answer is being sent', async () => {
  const clock = createFakeClock()
  const ends: string[] = []
  const temporary = createTemporaryEnd({
    clock: clock as Clock,
    idleAfterMs: 1000,
    end: (reason) => ends.push(reason),
  })
  const listeners: (() => void)[] = []
  const request = new Request('http://127.0.0.1/file')
  const answer = await temporary.answer(
    request,
    async () => new Response('long'),
    (listener) => listeners.push(listener),
  )
  await clock.advance(5000)
  expect([await answer.text(), ends]).toEqual(['long', []])
  for (const sent of listeners) sent()
  await clock.advance(999)
  expect(ends).toEqual([])
  await clock.advance(1)
  expect(ends).toEqual(['idle'])
})
