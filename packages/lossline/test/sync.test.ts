import { cp, readdir, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

async function openServer() {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })
  return {
    url: server.url,
    readRun: async (project: string, runId: string) => {
      const response = await fetch(`${server.url}/api/runs/local/${project}/${runId}`)
      const { run }: { run: Record<string, unknown> } = await response.json()
      return run
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

async function writeRun(dir: string, rowCount: number): Promise<string> {
  const run = await init({ project: 'demo', mode: 'offline', dir, silent: true, console: 'off', disableMetadata: true })
  for (let step = 0; step < rowCount; step++) run.log({ loss: step })
  await run.finish()
  return run.id
}

function receiptsOf(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('sends the runs of this folder, and the second time nothing', async () => {
  await using server = await openServer()
  await using directory = await openTemporaryDirectory()
  const ids = [await writeRun(directory.path, 3), await writeRun(directory.path, 500)]
  const options = { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url, LOSSLINE_API_KEY: 'k'.repeat(40) } }

  const plan = await runLossline(['sync', '--dry-run'], options)
  expect(plan.stdout).toContain(`2 of 2 runs would be sent to ${server.url}. Nothing was sent.`)

  const first = await runLossline(['sync'], options)
  expect(first.exitCode).toBe(0)
  expect(first.stdout).toContain(`${ids[1]}: 500 rows, 4 files, ${server.url}/local/demo/runs/${ids[1]}`)
  expect(first.stdout).toContain(`Sent 2 of 2 runs to ${server.url}.`)
  expect(first.stdout + first.stderr).not.toContain('kkkk')
  for (const [index, rowCount] of [3, 500].entries()) {
    expect(await server.readRun('demo', ids[index] ?? '')).toMatchObject({
      state: 'finished',
      historyLineCount: rowCount,
    })
  }

  const second = await runLossline(['sync'], options)
  expect(second.stdout).toBe(`${server.url} has all 2 runs already.\n`)
})

test("sends a run that W&B's client wrote, named by its folder, and one that was killed", async () => {
  await using server = await openServer()
  await using directory = await openTemporaryDirectory()
  const folders: string[] = []
  for (const name of ['scalars', 'killed']) {
    await cp(fileURLToPath(fixtureUrl(`wandb-runs/${name}`)), directory.join(name), { recursive: true })
    const [folder = ''] = (await readdir(directory.join(name))).filter((entry) => entry.startsWith('offline-run-'))
    folders.push(join(directory.path, name, folder))
  }

  const args = ['sync', ...folders, '--base-url', server.url, '--json']
  const { exitCode, stdout } = await runLossline(args, { cwd: directory.path })

  expect(exitCode).toBe(0)
  const receipts = receiptsOf(stdout).sort((a, b) => a.historyRowCount - b.historyRowCount)
  expect(receipts).toMatchObject([
    { status: 'sent', historyRowCount: 200, isFinished: true },
    { status: 'sent', historyRowCount: 4944, isFinished: false },
  ])
})

test('--follow ends by itself when nothing is heard of who writes a run', async () => {
  await using server = await openServer()
  await using directory = await openTemporaryDirectory()
  await cp(fileURLToPath(fixtureUrl('wandb-runs/killed')), directory.path, { recursive: true })
  const [folder = ''] = (await readdir(directory.path)).filter((entry) => entry.startsWith('offline-run-'))
  const journal = directory.join(folder, 'run-killed01.wandb')
  await utimes(journal, new Date(0), new Date(0))
  const args = ['sync', '--follow', directory.join(folder), '--base-url', server.url, '--json']
  const { exitCode, stdout, stderr } = await runLossline(args, { cwd: directory.path })
  expect({ exitCode, receipts: receiptsOf(stdout) }).toMatchObject({
    exitCode: 0,
    receipts: [{ status: 'sent', historyRowCount: 4944, isFinished: false, isCrashed: true }],
  })
  expect(stderr).toContain('run killed01 has written nothing for 5 minutes, and its process cannot be seen from here')
})

test('gives up on a server that stays away, says why, and sends everything later', async () => {
  await using directory = await openTemporaryDirectory()
  const id = await writeRun(directory.path, 5)
  await using server = await openServer()
  // Nobody listens on port 9 of this machine: it is reserved for throwing things away.
  const away = await runLossline(['sync', '--base-url', 'http://127.0.0.1:2', '--timeout', '0.3', '--json'], {
    cwd: directory.path,
  })
  expect(away.exitCode).toBe(1)
  expect(receiptsOf(away.stdout)).toMatchObject([
    { runId: id, status: 'failed', error: { message: expect.any(String) } },
  ])
  expect(away.stderr).toContain('trying again')

  const later = await runLossline(['sync', '--base-url', server.url], { cwd: directory.path })
  expect(later.exitCode).toBe(0)
  expect(await server.readRun('demo', id)).toMatchObject({ historyLineCount: 5 })
})

test('Ctrl-C ends it with 130 while it waits', async () => {
  await using directory = await openTemporaryDirectory()
  await writeRun(directory.path, 5)
  await using command = startLossline(['sync', '--base-url', 'http://127.0.0.1:2'], { cwd: directory.path })
  await command.waitForOutput('trying again')
  command.send('SIGINT')
  expect((await command.exited).exitCode).toBe(130)
})

test('a server that refuses for good ends the run with its answer', async () => {
  await using directory = await openTemporaryDirectory()
  await writeRun(directory.path, 5)
  await using refusing = await openRefusingServer()
  const { exitCode, stdout } = await runLossline(['sync', '--base-url', refusing.url], { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/not sent: .*(401|403|key|permission)/i)
})

async function openRefusingServer() {
  const server: Server = createServer((_request: IncomingMessage, response: ServerResponse) => {
    response
      .writeHead(401, { 'Content-Type': 'application/json' })
      .end('{"errors":[{"message":"user is not logged in"}]}')
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

test('a path without a run is an error', async () => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, stderr } = await runLossline(['sync', 'nowhere', '--base-url', 'http://127.0.0.1:2', '--json'], {
    cwd: directory.path,
  })
  expect(exitCode).toBe(1)
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'run-folder-not-found' } })
})

test('a run whose process is gone without an end has crashed, on the server too', async () => {
  await using server = await openServer()
  await using directory = await openTemporaryDirectory()
  await cp(fileURLToPath(fixtureUrl('wandb-runs/killed')), directory.path, { recursive: true })
  const [folder = ''] = (await readdir(directory.path)).filter((entry) => entry.startsWith('offline-run-'))
  // No process has an id as high as that.
  const identity = { pid: 2 ** 30, host: hostname(), startedAtMs: 0 }
  await writeFile(directory.join(folder, 'process.json'), JSON.stringify(identity))
  const args = ['sync', directory.join(folder), '--base-url', server.url, '--project', 'demo']
  const { stdout } = await runLossline(args, { cwd: directory.path })
  expect(stdout).toContain('its process is gone: crashed')
  const response = await fetch(`${server.url}/api/runs/local/demo/killed01`)
  expect(await response.json()).toMatchObject({ run: { state: 'crashed', stateCause: 'process gone' } })
})
