import { mkdir, writeFile } from 'node:fs/promises'
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

type Options = Parameters<typeof runLossline>[1]

async function findingsOf(args: readonly string[], options: Options) {
  const { exitCode, stdout } = await runLossline(['doctor', '--json', ...args], options)
  const { findings }: { findings: { subject: string; status: string; detail: string }[] } = JSON.parse(stdout)
  return { exitCode, findings: Object.fromEntries(findings.map((finding) => [finding.subject, finding])) }
}

test('an empty folder is fine, and doctor leaves it empty', async () => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, findings } = await findingsOf([], { cwd: directory.path })
  expect(exitCode).toBe(0)
  expect(findings).toMatchObject({
    node: { status: 'ok', detail: process.versions.node },
    sqlite: { status: 'ok', detail: expect.stringMatching(/^3\./) },
    data: { status: 'ok', detail: expect.stringContaining('made by the first run') },
    server: { status: 'ok' },
    sync: { status: 'ok' },
  })
})

test('people get a line for each finding', async () => {
  await using directory = await openTemporaryDirectory()
  const { stdout } = await runLossline(['doctor'], { cwd: directory.path })
  expect(stdout.match(/^(ok|warning|PROBLEM) +(node|sqlite|page|data|server|sync): /gm)?.length).toBe(6)
})

test('the server of the folder is found and asked', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
  try {
    const { exitCode, findings } = await findingsOf([], { cwd: directory.path })
    expect(exitCode).toBe(0)
    expect(findings.server?.detail).toContain(server.url)
  } finally {
    await server.close()
  }
})

test('a server that does not answer is a problem', async () => {
  await using directory = await openTemporaryDirectory()
  await mkdir(directory.join('.lossline'))
  // This test's process lives, but nobody listens on port 9.
  const file = { url: 'http://127.0.0.1:2', pid: process.pid, version: '0.0.0' }
  await writeFile(directory.join('.lossline', 'server.json'), JSON.stringify(file))
  const { exitCode, findings } = await findingsOf([], { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(findings.server).toMatchObject({ status: 'problem', detail: expect.stringContaining('does not answer') })
})

test('a data folder that cannot be is a problem', async () => {
  await using directory = await openTemporaryDirectory()
  await writeFile(directory.join('file'), '')
  const { exitCode, findings } = await findingsOf(['--data-dir', 'file/data'], { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(findings.data?.status).toBe('problem')
})

test('run folders are counted, which runs of clients have none of', async () => {
  await using directory = await openTemporaryDirectory()
  await mkdir(directory.join('.lossline'))
  expect((await findingsOf([], { cwd: directory.path })).findings.data?.detail).toContain(', 0 run folders, ')
  const run = await init({ mode: 'local', dir: directory.path, silent: true, console: 'off', disableMetadata: true })
  await run.finish()
  expect((await findingsOf([], { cwd: directory.path })).findings.data?.detail).toContain(', 1 run folder, ')
})

test('runs that wait to be sent are counted when a server is set', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await init({ mode: 'offline', dir: directory.path, silent: true, console: 'off', disableMetadata: true })
  await run.finish()
  const env = { LOSSLINE_BASE_URL: 'http://127.0.0.1:2' }
  const { exitCode, findings } = await findingsOf([], { cwd: directory.path, env })
  expect(exitCode).toBe(0)
  expect(findings.sync).toMatchObject({ status: 'warning', detail: '1 run waits to be sent to http://127.0.0.1:2' })
})
