import { expect, test } from 'vitest'
import { createTransmitPace, type TransmitPace } from './transmit-pace.ts'

/** How long rows wait after a request that took so long to be answered. */
function restAfter(baseUrl: string, answerMs: number, transmitIntervalMs?: number): number {
  const pace = createTransmitPace({ baseUrl, ...(transmitIntervalMs === undefined ? {} : { transmitIntervalMs }) })
  expect(pace.isDue(1000, true)).toBe(true)
  pace.noteFlush(1000, 1000 + answerMs, 1)
  return untilDue(pace, 1000 + answerMs, true)
}

function untilDue(pace: TransmitPace, nowMs: number, hasRows: boolean): number {
  let restMs = 0
  while (!pace.isDue(nowMs + restMs, hasRows)) restMs += 1
  return restMs
}

test('a server on this machine gets rows four times a second, one elsewhere every 15 seconds as W&B’s client sends', () => {
  const local = ['http://localhost:5757', 'http://127.0.0.1:1', 'http://[::1]:1', 'http://runs.localhost']
  expect(local.map((url) => restAfter(url, 5))).toEqual([250, 250, 250, 250])
  expect(restAfter('https://api.wandb.ai', 5)).toBe(15_000)
})

test('a server on this machine that takes long to answer is asked more seldom, at least once a second', () => {
  expect(restAfter('http://127.0.0.1:1', 100)).toBe(400)
  expect(restAfter('http://127.0.0.1:1', 60_000)).toBe(1000)
  expect(restAfter('https://api.wandb.ai', 60_000)).toBe(15_000)
})

test('an interval that somebody has set holds for every server', () => {
  expect(restAfter('http://127.0.0.1:1', 100, 50)).toBe(50)
  expect(restAfter('https://api.wandb.ai', 100, 50)).toBe(50)
  expect(restAfter('http://127.0.0.1:1', 100, 0)).toBe(0)
})

test('a look that had nothing to send holds no row back, and is not taken all the time', () => {
  const near = createTransmitPace({ baseUrl: 'http://127.0.0.1:1' })
  near.noteFlush(0, 0, 0)
  expect(untilDue(near, 0, true)).toBe(0)
  expect(untilDue(near, 0, false)).toBe(1000)
  const far = createTransmitPace({ baseUrl: 'https://api.wandb.ai' })
  far.noteFlush(0, 0, 1)
  far.noteFlush(14_000, 14_000, 0)
  expect(untilDue(far, 14_000, true)).toBe(1000)
})
