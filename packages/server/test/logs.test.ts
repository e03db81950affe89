import type { LogSearchResponse, LogsResponse } from '@lossline/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const run = '/api/runs/local/demo/r1'
const time = '2026-05-01T10:00:00.000000'
let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
  await server.upsert('r1')
})
afterEach(() => server[Symbol.asyncDispose]())

async function print(...lines: readonly string[]): Promise<void> {
  const response = await server.stream('r1', { files: { 'output.log': { offset: 0, content: lines } } })
  expect(response.status).toBe(200)
}
async function search(query: Record<string, string>): Promise<readonly number[]> {
  const { lines } = await server.get<LogSearchResponse>(`${run}/logs/search?${new URLSearchParams(query)}`)
  return lines.map(({ number }) => number)
}

describe('console lines', () => {
  test('are found by what they say, whatever its case and colour', async () => {
    await print(`${time} epoch 1 Loss 0.5`, `${time} \u001b[31mlo\u001b[0mss is NaN`, `${time} done`)
    expect(await search({ text: 'loss' })).toEqual([0, 1])
    expect(await search({ text: 'loss (is|0)', isPattern: 'true' })).toEqual([0, 1])
    expect(await search({ text: 'loss (is|0)' })).toEqual([])
    expect(await search({ text: 'nothing' })).toEqual([])
  })

  test('are told apart by stream, writer and how bad they are', async () => {
    await print(
      `${time} [rank 0] step`,
      `ERROR ${time} [rank 1] 10%|█`,
      `ERROR ${time} [rank 1] UserWarning: slow`,
      `${time} ValueError: no`,
    )
    expect(await search({ stream: 'stderr' })).toEqual([1, 2])
    expect(await search({ stream: 'stdout' })).toEqual([0, 3])
    expect(await search({ label: 'rank 1' })).toEqual([1, 2])
    expect(await search({ names: 'problem' })).toEqual([2, 3])
    expect(await search({ names: 'problem', stream: 'stdout' })).toEqual([3])
    expect(await search({ names: 'error' })).toEqual([3])
    expect(await search({ names: 'warning' })).toEqual([2])
    expect(await search({ names: 'debug' })).toEqual([])
  })

  test('come with the places of a pattern, in the text without colours', async () => {
    await print(`${time} \u001b[31mloss\u001b[0m 0.5, loss 0.25`, `${time} end`)
    const { lines }: LogSearchResponse = await server.get(`${run}/logs/search?text=LOSS%20%5Cd&isPattern=true`)
    expect(lines.map(({ hits }) => hits)).toEqual([
      [
        [0, 6],
        [10, 16],
      ],
    ])
    const start: LogSearchResponse = await server.get(`${run}/logs/search?text=%5Ee&isPattern=true`)
    expect(start.lines).toMatchObject([{ number: 1, hits: [[0, 1]] }])
    const empty: LogSearchResponse = await server.get(`${run}/logs/search?text=%5Ez*&isPattern=true&limit=1`)
    expect(empty.lines).toMatchObject([{ number: 0, hits: [] }])
  })

  test('a pattern that is none is refused, and one that would run for ever ends', async () => {
    await print(`${time} ${'a'.repeat(5000)}!`)
    const refused = await server.request(`${run}/logs/search?text=%28&isPattern=true`)
    expect(refused.status).toBe(400)
    expect(await search({ text: '(a+)+$', isPattern: 'true' })).toEqual([])
  })

  test('a search that finds its fill goes on where it stopped', async () => {
    await print(...Array.from({ length: 5000 }, (_, i) => `${time} line ${i}`))
    const found: number[] = []
    let from: number | null = 0
    while (from !== null) {
      const part: LogSearchResponse = await server.get(`${run}/logs/search?text=line%20&limit=700&from=${from}`)
      expect(part.lineCount).toBe(5000)
      found.push(...part.lines.map(({ number }) => number))
      from = part.nextFrom
    }
    expect(found).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  test('come as a text file, with times where they are wanted', async () => {
    await print(`${time} one`, `ERROR ${time} two`)
    const response = await server.request(`${run}/logs/text`)
    expect(response.headers.get('content-disposition')).toMatch(/r1-output\.log/)
    expect(await response.text()).toBe('one\ntwo\n')
    expect(await (await server.request(`${run}/logs/text?timestamps=true`)).text()).toBe(`${time}\tone\n${time}\ttwo\n`)
    const { lines } = await server.get<LogsResponse>(`${run}/logs?from=1`)
    expect(lines).toEqual([{ number: 1, timestamp: time, level: 'error', text: 'two' }])
  })
})
