import { expect, test } from 'vitest'
import type { Destination } from '../settings/choose-destination.ts'
import { findRunUrl } from './run-url.ts'

const online = (baseUrl: string): Destination => ({ mode: 'online', baseUrl, apiKey: undefined })

test.each<[string, Destination, string | undefined, string | undefined]>([
  ['local without a server', { mode: 'local' }, undefined, undefined],
  ['offline', { mode: 'offline' }, 'me', undefined],
  ['a server on this machine', online('http://127.0.0.1:5757'), undefined, 'http://127.0.0.1:5757/local/p/runs/r'],
  ['a server of somebody', online('https://x.example'), 'me', 'https://x.example/me/p/runs/r'],
  ['a server that has not said who we are', online('https://x.example'), undefined, undefined],
  ['W&B', online('https://api.wandb.ai'), 'me', 'https://wandb.ai/me/p/runs/r'],
])('%s', (_, destination, entity, url) => {
  expect(findRunUrl(destination, { entity, project: 'p', id: 'r' }, () => undefined)).toBe(url)
})

test('local with a server', () => {
  const url = findRunUrl({ mode: 'local' }, { entity: undefined, project: 'a b', id: 'r' }, () => 'http://localhost:1')
  expect(url).toBe('http://localhost:1/local/a%20b/runs/r')
})
