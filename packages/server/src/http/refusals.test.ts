import { createFakeClock } from '@lossline/testing'
import { expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import { createRefusals } from './refusals.ts'

const open = () => {
  const clock = createFakeClock()
  return { clock, refusals: createRefusals(clock as Clock) }
}
const request = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1:5757${path}`, { method: 'POST', headers })

test('names why programs were turned away, newest first, and counts what repeats itself', () => {
  const { refusals } = open()
  const key = { authorization: `Basic ${btoa('api:secret')}`, 'user-agent': 'wandb-core' }
  for (let i = 0; i < 3; i++) {
    refusals.note({ request: request('/graphql', key), status: 401, code: 'unauthorized' })
  }
  refusals.note({ request: request('/files/a/b/c/file_stream'), status: 401, code: 'unauthorized' })
  const client = { 'user-agent': 'W&B Internal Client 0.12.1 <script>' }
  refusals.note({ request: request('/graphql', client), status: 400, code: undefined })
  refusals.note({ request: request('/graphql', { ...key }), status: 403, code: 'forbidden' })
  const browser = { host: 'gpu-box:5757', 'user-agent': 'Mozilla/5.0 (X11)', 'sec-fetch-site': 'none' }
  refusals.note({ request: request('/', browser), status: 403, code: 'host-refused' })
  expect(refusals.list().map(({ kind, client, host, count }) => [kind, client, host, count])).toEqual([
    ['blocked-host', 'a browser', 'gpu-box:5757', 1],
    ['not-allowed', 'wandb', null, 1],
    ['unknown-request', 'wandb 0.12.1', null, 1],
    ['no-key', null, null, 1],
    ['wrong-key', 'wandb', null, 3],
  ])
  expect(JSON.stringify(refusals.list())).not.toMatch(/secret|script|X11/)
})

test('leaves out what is no program that logs, and forgets after a while and after many', async () => {
  const { clock, refusals } = open()
  refusals.note({
    request: request('/graphql', { 'sec-fetch-site': 'same-origin' }),
    status: 401,
    code: 'unauthorized',
  })
  refusals.note({ request: request('/api/projects'), status: 401, code: 'unauthorized' })
  refusals.note({ request: request('/graphql'), status: 404, code: 'not-found' })
  expect(refusals.list()).toEqual([])
  for (let i = 0; i < 30; i++) {
    refusals.note({ request: request('/', { host: `host-${i}<b>` }), status: 403, code: 'host-refused' })
  }
  expect(refusals.list()).toHaveLength(20)
  expect(refusals.list()[0]?.host).toBe('host-29?b?')
  await clock.advance(11 * 60_000)
  expect(refusals.list()).toEqual([])
})
