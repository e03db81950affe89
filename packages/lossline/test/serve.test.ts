import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { init } from '@lossline/core'
import { openTemporaryDirectory, until } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

test('serves a folder until Ctrl-C: says where first, shows its runs, ends with 0', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = startLossline(['serve', '--port', '0'], { cwd: directory.path })
  const [line, url] = await server.waitForOutput(/^Lossline is at (\S+) \(data in (.+)\)\. Ctrl-C stops it\.\n/)
  expect(line).toContain(directory.join('.lossline'))
  expect((await fetch(`${url}/readyz`)).status).toBe(200)

  const run = await init({ project: 'demo', mode: 'local', dir: directory.path, silent: true, console: 'off' })
  for (let step = 0; step < 10; step++) run.log({ loss: 1 / (step + 1) })
  await run.finish()
  await until(async () => {
    const response = await fetch(`${url}/api/runs/local/demo/${run.id}`)
    expect(await response.json()).toMatchObject({ run: { state: 'finished', historyLineCount: 10 } })
  })

  server.send('SIGINT')
  expect(await server.exited).toEqual({ exitCode: 0, signal: null })
  expect(existsSync(directory.join('.lossline', 'server.json'))).toBe(false)
})

test('SIGTERM ends it in the same way, and --json prints the address as JSON', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('data')
  await using server = startLossline(['serve', '--json', '--port', '0', '--data-dir', 'data'], { cwd: directory.path })
  await server.waitForOutput('\n')
  const { url, ...rest } = JSON.parse(server.stdout)
  expect(rest).toEqual({ port: Number(new URL(url).port), dataDirectory, pid: server.pid })
  server.send('SIGTERM')
  expect(await server.exited).toEqual({ exitCode: 0, signal: null })
})

test('takes the next port when the one asked for is taken, and says so', async () => {
  await using directory = await openTemporaryDirectory()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  try {
    await using server = startLossline(['serve', '--port', String(port)], { cwd: directory.path })
    const [, used] = await server.waitForOutput(/Lossline is at http:\/\/127\.0\.0\.1:(\d+)/)
    expect(Number(used)).toBeGreaterThan(port)
    await server.waitForOutput('the port asked for is taken')
  } finally {
    other.close()
  }
})

test('a second server of a folder is refused, and --open shows the first one', async () => {
  await using directory = await openTemporaryDirectory()
  // No program to open a page with.
  const options = { cwd: directory.path, env: { PATH: directory.path } }
  await using server = startLossline(['serve', '--port', '0'], options)
  const [, url = ''] = await server.waitForOutput(/Lossline is at (\S+)/)

  const second = await runLossline(['serve', '--port', '0', '--json'], options)
  expect(second.exitCode).toBe(1)
  expect(JSON.parse(second.stderr)).toMatchObject({
    error: { code: 'server-already-running', message: expect.stringContaining(url) },
  })

  const opened = await runLossline(['serve', '--open'], options)
  expect(opened).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Lossline is at ${url} already`) })
})

test('takes the place of the server that a program has started for its questions, without a word', async () => {
  await using directory = await openTemporaryDirectory()
  const base = { project: 'demo', mode: 'local', dir: directory.path, silent: true, console: 'off' } as const
  const first = await init({ ...base, id: 'again' })
  first.log({ loss: 1 })
  await first.finish()
  const run = await init({ ...base, id: 'again', resume: 'must' })
  await using server = startLossline(['serve', '--port', '0'], { cwd: directory.path })
  const [, url] = await server.waitForOutput(/Lossline is at (\S+)/)
  run.alert({ title: 'the loss is odd', text: 'look', level: 'warn' })
  await server.waitForOutput('lossline: warn from run again of demo: the loss is odd (look)')
  await run.finish()
  const next = await init({ ...base, id: 'again', resume: 'must' })
  expect(next.startingStep).toBe(1)
  await next.finish()
  expect(await (await fetch(`${url}/api/runs/local/demo/again`)).json()).toMatchObject({ run: { historyLineCount: 1 } })
  const words = server.stderr.split('\n').filter((line) => !line.includes('the page is not built'))
  expect(words).toEqual(['lossline: warn from run again of demo: the loss is odd (look)', ''])
})

test('alerts are lines of JSON for whoever asks for JSON', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = startLossline(['serve', '--port', '0', '--log-format', 'json'], { cwd: directory.path })
  const [, baseUrl = ''] = await server.waitForOutput(/Lossline is at (\S+)/)
  const run = await init({ project: 'demo', id: 'odd', baseUrl, mode: 'online', dir: directory.path, silent: true })
  run.alert({ title: 'the loss is odd', text: 'look', level: 'warn' })
  await run.finish()
  await server.waitForOutput('the loss is odd')
  const line = server.stderr.split('\n').find((text) => text.includes('the loss is odd'))
  const alert = { level: 'warn', message: 'alert of a run', project: 'demo', runId: 'odd', title: 'the loss is odd' }
  expect(JSON.parse(line!)).toMatchObject({ ...alert, text: 'look' })
})

test('an address that others reach is not opened to everybody without --allow-open', async () => {
  await using directory = await openTemporaryDirectory()
  const args = ['serve', '--auth', 'open', '--host', '0.0.0.0', '--port', '0']
  const { exitCode, stderr } = await runLossline(args, { cwd: directory.path })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('--allow-open')
})

test('serves without the sample where it would be nobody’s, and says so', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = startLossline(['serve', '--sample', '--auth', 'keys', '--port', '0'], { cwd: directory.path })
  const [, url = ''] = await server.waitForOutput(/Lossline is at (\S+)/)
  await server.waitForOutput('lossline: Where keys are asked for, the sample belongs to whoever loads it. Sign in')
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})
