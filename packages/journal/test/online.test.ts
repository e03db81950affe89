import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type OpenRunWriterOptions, openRunWriter } from '@lossline/journal'
import { openTemporaryDirectory, type TemporaryDirectory, until } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startRecordingServer } from './sender/recording-server.ts'

/** A server that is there but answers nothing but "not now". */
async function openBusyServer() {
  let requestCount = 0
  const server = createServer((_request, response) => {
    requestCount += 1
    response.writeHead(503, { 'Retry-After': '0' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    get requestCount() {
      return requestCount
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A run in the folder that is sent to the target. */
function openOnlineWriter(
  folder: TemporaryDirectory,
  options: Pick<OpenRunWriterOptions, 'target' | 'durability' | 'fsyncIntervalMs'>,
) {
  return openRunWriter({
    runDirectory: folder.join('run'),
    run: { runId: 'online', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
    ...options,
  })
}

describe.each(['batched', 'sync'] as const)('online, with a server that is away, durability %s', (durability) => {
  test('the journal is complete, and finish says how to send it later', async () => {
    await using folder = await openTemporaryDirectory('lossline-online-')
    await using server = await openBusyServer()
    const writer = await openOnlineWriter(folder, {
      durability,
      target: { baseUrl: server.url, apiKey: 'x'.repeat(40) },
    })
    for (let index = 0; index < 100; index += 1) writer.tryLogNumbers({ index })
    const report = await writer.finish({ exitCode: 0, timeoutMs: 500 })
    expect(report).toMatchObject({ rowCount: 100, isWritten: true, sync: { isComplete: false } })
    expect(report.sync?.hint).toBe(`npx lossline sync --base-url ${server.url} ${folder.join('run')}`)
    expect(server.requestCount).toBeGreaterThan(0)
  })
})

test('online, with a directory that is removed: it is made anew, and the server gets every row', async () => {
  await using folder = await openTemporaryDirectory('lossline-online-')
  await using server = await startRecordingServer()
  const writer = await openOnlineWriter(folder, {
    fsyncIntervalMs: 1000,
    target: { baseUrl: server.url, transmitIntervalMs: 50 },
  })
  const lineCount = () => server.files.get('wandb-history.jsonl')?.length ?? 0
  for (let index = 0; index < 10; index += 1) writer.tryLogNumbers({ index })
  await until(() => expect(lineCount()).toBe(10))
  await rm(folder.join('run'), { recursive: true })
  // Long enough for the sender to look for the file in vain.
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (let index = 10; index < 20; index += 1) writer.tryLogNumbers({ index })
  const report = await writer.finish({ exitCode: 0, timeoutMs: 20_000 })
  expect(report).toMatchObject({ rowCount: 20, isWritten: true, sync: { isComplete: true } })
  expect(lineCount()).toBe(20)
})

test('online, with a value that no server takes: the summary is sent without it, and the run says so', async () => {
  await using folder = await openTemporaryDirectory('lossline-online-')
  await using server = await startRecordingServer()
  const writer = await openOnlineWriter(folder, {
    target: { baseUrl: server.url, transmitIntervalMs: 50 },
  })
  writer.logRow({ items: [{ path: ['text'], json: JSON.stringify('x'.repeat(10_383_360)) }] })
  writer.tryLogNumbers({ loss: 0.5 })
  const { problems, sync } = await writer.finish({ exitCode: 0, timeoutMs: 20_000 })
  expect(sync).toEqual({ isComplete: true })
  expect(problems.filter(({ reason }) => reason === 'too-large').map(({ message }) => message)).toEqual([
    'A row is larger than servers take and was left out.',
    '"text" was left out of the summary that the server has: The summary would be larger than the 10,383,360 bytes that servers take.',
  ])
  const summary = JSON.parse(server.files.get('wandb-summary.json')?.[0] ?? '{}')
  expect(summary).toMatchObject({ loss: 0.5, _step: 1 })
  expect(summary).not.toHaveProperty('text')
})
