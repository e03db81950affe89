import { afterEach, expect, test, vi } from 'vitest'
import { callApi } from './client.ts'
import { askFirst, forgetFirstAnswers } from './first-answers.ts'
import { firstCalls } from './first-calls.ts'

const asked = (pathname: string, search = ''): readonly string[] =>
  firstCalls({ pathname, search }).map(({ method, address }) => `${method} ${address}`)
const shell = ['GET /api/status', 'GET /api/session', 'GET /api/projects']
const project = '/api/projects/ana/two%20words'

test('a workspace asks for its panels and runs first, whatever its address is written like', () => {
  const calls = [
    `GET ${project}/workspace`,
    `GET ${project}/metrics`,
    `POST ${project}/runs/query`,
    `GET ${project}/run-keys`,
    ...shell,
  ]
  expect(asked('/ana/two%20words')).toEqual(calls)
  expect(asked('/ana/two%20words/')).toEqual(calls)
  expect(asked('/ana/two%20words/workspace', '?x=wall')).toEqual(calls)
})

test('runs are asked for in the order that the address says, as many as it draws', () => {
  const bodyOf = (search: string): unknown =>
    firstCalls({ pathname: '/e/p', search }).flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]))[0]
  expect(bodyOf('')).toEqual({ sort: [], offset: 0, limit: 200 })
  expect(bodyOf('?s=-summary.loss&r=all')).toEqual({
    sort: [{ key: 'summary.loss', isDescending: true }],
    offset: 0,
    limit: 1000,
  })
})

test('where the list depends on more than the address it is not guessed', () => {
  expect(asked('/ana/two%20words', '?q=loss<1')).not.toContain(`POST ${project}/runs/query`)
  expect(asked('/ana/two%20words', '?p=run1')).not.toContain(`POST ${project}/runs/query`)
  const saved = asked('/ana/two%20words', '?nw=abc')
  expect(saved).not.toContain(`POST ${project}/runs/query`)
  expect(saved).toContain(`GET ${project}/workspace?name=nw-abc-v`)
})

test('a run asks for itself, its charts for their metrics, other pages for what is around them', () => {
  const run = 'GET /api/runs/ana/two%20words/r%2F1'
  expect(asked('/ana/two%20words/runs/r%2F1')).toEqual([
    run,
    `GET ${project}/metrics?run=r%2F1`,
    `GET ${project}/workspace?type=run-view`,
    ...shell,
  ])
  expect(asked('/ana/two%20words/runs/r%2F1/system')).toEqual([run, `GET ${project}/metrics?run=r%2F1`, ...shell])
  expect(asked('/ana/two%20words/runs/r%2F1/tables')).toEqual([run, `${run}/media`, ...shell])
  expect(asked('/ana/two%20words/runs/r%2F1/logs')).toEqual([run, ...shell])
  expect(asked('/ana/two%20words/table')).toEqual([`GET ${project}/run-keys`, ...shell])
  for (const path of ['/', '/ana', '/settings/account', '/ana/two%20words/artifacts', '/ana/%E0%A4%A']) {
    expect(asked(path)).toEqual(shell)
  }
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function stubFetch(respond: () => Promise<Response>) {
  vi.stubGlobal('window', {})
  const fetched = vi.fn((_address: string) => respond())
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('an answer that was asked for before is given once, and not when it is old', async () => {
  const fetched = stubFetch(async () => Response.json({ timeMs: 1 }))
  askFirst(firstCalls({ pathname: '/', search: '' }))
  expect(fetched).toHaveBeenCalledTimes(3)
  await callApi('GET /api/status')
  expect(fetched).toHaveBeenCalledTimes(3)
  await callApi('GET /api/status')
  expect(fetched).toHaveBeenCalledTimes(4)
  forgetFirstAnswers()
  await callApi('GET /api/session')
  expect(fetched).toHaveBeenCalledTimes(5)
})

test('an answer that nobody has taken for ten seconds is old', async () => {
  vi.useFakeTimers()
  const fetched = stubFetch(async () => Response.json({ timeMs: 1 }))
  askFirst(firstCalls({ pathname: '/', search: '' }))
  vi.advanceTimersByTime(9999)
  await callApi('GET /api/status')
  expect(fetched).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(1)
  await callApi('GET /api/session')
  expect(fetched).toHaveBeenCalledTimes(4)
})

test('an answer that never came is a server that does not answer, and a call that was given up stays so', async () => {
  stubFetch(() => Promise.reject(new TypeError('refused')))
  askFirst(firstCalls({ pathname: '/', search: '' }))
  await expect(callApi('GET /api/status')).rejects.toThrow('The server did not answer.')
  const signal = AbortSignal.abort(new Error('no longer wanted'))
  await expect(callApi('GET /api/session', { signal })).rejects.toThrow('no longer wanted')
})
