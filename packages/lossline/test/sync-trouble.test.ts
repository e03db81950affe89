import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory, openUntrustedServer } from '@lossline/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

type Answer = (response: ServerResponse) => void

/** A server that answers everything in one way. */
async function openBadServer(answer: Answer) {
  const server = createServer((request, response) => {
    request.resume()
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const json = { 'Content-Type': 'application/json' }

const troubles: [name: string, answer: Answer, message: RegExp][] = [
  ['silent', () => {}, /does not answer/],
  ['in trouble', (response) => response.writeHead(500).end('oops'), /500: oops/],
  ['busy', (response) => response.writeHead(429, { 'Retry-After': '1' }).end('later'), /429: later/],
  ['talking garbage', (response) => response.writeHead(200, json).end('<html>hello</html>'), /failed/],
  [
    'breaking off',
    (response) => {
      response.writeHead(200, { ...json, 'Content-Length': '1000' }).write('{"data":{"upsert')
      setTimeout(() => response.destroy(), 5)
    },
    /failed/,
  ],
  ['refusing the key', (response) => response.writeHead(401, json).end('{"errors":[]}'), /401.*Check the API key/],
]

/** A folder with a run, and a good server for the end, for all tests. */
const folder = openTemporaryDirectory()
const good = folder.then(({ path }) =>
  startServer({ dataDirectory: join(path, 'server'), port: 0, watch: [], log: () => {} }),
)
beforeAll(async () => {
  const { path: dir } = await folder
  const run = await init({ project: 'demo', id: 'kept', mode: 'offline', dir, silent: true, console: 'off' })
  for (let step = 0; step < 10; step += 1) run.log({ loss: step })
  await run.finish()
})
afterAll(async () => {
  await (await good).close()
  await (await folder)[Symbol.asyncDispose]()
})

test.each(troubles)('a server that is %s: bounded, said, and nothing is lost', async (name, answer, message) => {
  await using directory = await openTemporaryDirectory()
  await using bad = await openBadServer(answer)
  cpSync((await folder).join('.lossline'), directory.join('.lossline'), { recursive: true })

  const args = ['sync', '--base-url', bad.url, '--api-key', 'k'.repeat(40), '--timeout', '0.5']
  const failed = await runLossline(args, { cwd: directory.path })
  expect(failed.exitCode).toBe(1)
  expect(failed.stdout).toMatch(new RegExp(`^kept: not sent: .*${message.source}`))
  expect(failed.stdout).toContain('1 failed and can be sent again')
  expect(failed.stdout + failed.stderr).not.toContain('kkkk')

  // Each under an id of its own, so that the server has nothing of it before.
  const again = ['sync', '--base-url', (await good).url, '--id', name.replaceAll(' ', '-'), '--json']
  const { exitCode, stdout } = await runLossline(again, { cwd: directory.path })
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ status: 'sent', historyRowCount: 10, isFinished: true })
})

test('a certificate of an unknown authority is told with what helps', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openUntrustedServer((_, response) => response.writeHead(500).end())
  cpSync((await folder).join('.lossline'), directory.join('.lossline'), { recursive: true })
  const args = ['sync', '--base-url', server.url, '--api-key', 'k'.repeat(40), '--timeout', '0.5']
  const { exitCode, stderr } = await runLossline(args, { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/self-signed certificate\); trying again\.\n {2}If you trust .* NODE_EXTRA_CA_CERTS=/)
})

test('a server that was away for one run does not keep the others waiting', async () => {
  await using directory = await openTemporaryDirectory()
  await using silent = await openBadServer(() => {})
  const [name = ''] = readdirSync((await folder).join('.lossline', 'runs'))
  for (let copy = 0; copy < 6; copy += 1) {
    const to = directory.join('.lossline', 'runs', `offline-run-20260101_00000${copy}-r${copy}`)
    cpSync((await folder).join('.lossline', 'runs', name), to, { recursive: true })
    renameSync(join(to, 'run-kept.wandb'), join(to, `run-r${copy}.wandb`))
  }
  const startedAtMs = performance.now()
  const args = ['sync', '--base-url', silent.url, '--api-key', 'k'.repeat(40), '--timeout', '1.5', '--jobs', '1']
  const { exitCode, stdout, stderr } = await runLossline(args, { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(stdout).toContain('6 failed and can be sent again')
  expect(stderr.match(/is away/g)).toHaveLength(1)
  // One after the other they would take nine seconds.
  expect(performance.now() - startedAtMs).toBeLessThan(6_000)
})

test('a run whose folder is removed while it is sent has a receipt all the same', async () => {
  await using directory = await openTemporaryDirectory()
  cpSync((await folder).join('.lossline'), directory.join('.lossline'), { recursive: true })
  const goodUrl = (await good).url
  // Hands on what comes; the folder goes as soon as lines were taken.
  const proxy = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request) parts.push(part as Uint8Array)
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
    const body = parts.length === 0 ? {} : { body: Buffer.concat(parts) }
    const init = { method: request.method ?? 'GET', headers: headers as Record<string, string>, ...body }
    const answer = await fetch(goodUrl + request.url, init)
    if (request.url?.endsWith('/file_stream'))
      rmSync(directory.join('.lossline', 'runs'), { recursive: true, force: true })
    response.writeHead(answer.status, json).end(await answer.text())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  try {
    const args = ['sync', '--base-url', url, '--id', 'removed', '--timeout', '1', '--json']
    const { stdout, stderr } = await runLossline(args, { cwd: directory.path })
    expect(stdout, stderr).not.toBe('')
    const receipt = JSON.parse(stdout) as object
    expect(receipt).toMatchObject({ runId: 'removed', historyRowCount: 10 })
    expect(receipt).not.toHaveProperty('digest')
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
})
