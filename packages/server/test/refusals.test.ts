import type { RefusalsResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { openKeysServer } from './keys-server.ts'
import { openTestServer } from './test-server.ts'

test('a wrong key and a missing one are told to whoever waits for a run, and not who sent them', async () => {
  await using keys = await openKeysServer()
  const ana = await keys.addUser('ana')
  const wrong = 'w'.repeat(40)
  await keys.graphql('{ viewer { id } }', {}, wrong)
  await keys.graphql('{ viewer { id } }', {})
  await keys.graphql('{ noSuchField }', {}, ana)
  const answer = await keys.request('/api/refusals', ana)
  const text = await answer.text()
  const { refusals } = JSON.parse(text) as RefusalsResponse
  expect(refusals.map(({ kind, count }) => [kind, count])).toEqual([
    ['unknown-request', 1],
    ['no-key', 1],
    ['wrong-key', 1],
  ])
  expect(text).not.toContain('www')
  expect((await keys.request('/api/refusals')).status).toBe(401)
})

test('a name under which an open server does not answer is told', async () => {
  await using server = await openTestServer()
  await server.request('/graphql', { method: 'POST', headers: { host: 'gpu-box:5757' } })
  expect(await server.get('/api/refusals')).toMatchObject({
    refusals: [{ kind: 'blocked-host', host: 'gpu-box:5757' }],
  })
})
