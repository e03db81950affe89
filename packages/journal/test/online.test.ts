import { createServer } from 'node:http'
import { openRunWriter } from '@lossline/journal'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

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

describe.each(['batched', 'sync'] as const)('online, with a server that is away, durability %s', (durability) => {
  test('the journal is complete, and finish says how to send it later', async () => {
    await using folder = await openTemporaryDirectory('lossline-online-')
    await using server = await openBusyServer()
    const writer = await openRunWriter({
      runDirectory: folder.join('run'),
      run: { runId: 'online', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
      producer: 'test',
      durability,
      target: { baseUrl: server.url, apiKey: 'x'.repeat(40) },
    })
    for (let index = 0; index < 100; index += 1) writer.tryLogNumbers({ index })
    const report = await writer.finish({ exitCode: 0, timeoutMs: 500 })
    expect(report).toMatchObject({ rowCount: 100, isWritten: true, sync: { isComplete: false } })
    expect(report.sync?.hint).toBe(`lossline sync ${folder.join('run')}`)
    expect(server.requestCount).toBeGreaterThan(0)
  })
})
