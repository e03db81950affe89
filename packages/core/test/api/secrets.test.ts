import { mkdir } from 'node:fs/promises'
import { inspect } from 'node:util'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { Api, login } from '../../src/index.ts'
import { openLoopbackServer } from '../loopback-server.ts'

const key = 'c3'.repeat(20)

/** A server that refuses every request, and repeats what it was sent. */
async function openEcho(status: number) {
  const server = await openLoopbackServer((request, response) => {
    request.resume()
    const sent = request.headers.authorization ?? ''
    const plain = Buffer.from(sent.replace('Basic ', ''), 'base64').toString()
    response.writeHead(status).end(JSON.stringify({ errors: [{ message: `no: ${sent} is ${plain}` }] }))
  })
  return server
}

const before = { NETRC: process.env.NETRC, LOSSLINE_CONFIG_DIR: process.env.LOSSLINE_CONFIG_DIR }
afterEach(() => {
  Object.assign(process.env, before)
})

test.each([400, 403, 503])('no error shows the API key, whatever a server answers (%i)', async (status) => {
  await using server = await openEcho(status)
  await using api = new Api({ baseUrl: server.url, apiKey: key, entity: 'e', project: 'p', timeoutMs: 300 })
  const error: unknown = await api.run('x').catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'server-request' })
  const shown = inspect(error, { depth: 10 })
  expect(shown).not.toContain('c3c3')
  expect(shown).not.toContain(Buffer.from(`api:${key}`).toString('base64'))
})

test('a run neither prints nor keeps the API key that a server repeats', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openEcho(403)
  const env = { LOSSLINE_SILENT: undefined, LOSSLINE_BASE_URL: server.url, LOSSLINE_FINISH_TIMEOUT_MS: '20000' }
  const program = new URL('../programs/online.ts', import.meta.url)
  await using child = spawnScript(program, { args: ['finish'], cwd: directory.path, env })
  await child.exited
  expect(child.stderr).toContain('no: Basic [redacted]')
  // The program's key is this letter forty times.
  expect(child.stderr).not.toContain('k'.repeat(20))
})

test('a file with keys that cannot be changed is said, and nothing is remembered', async () => {
  await using directory = await openTemporaryDirectory()
  await mkdir(directory.join('netrc'))
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('NETRC', directory.join('netrc'))
  vi.stubEnv('LOSSLINE_CONFIG_DIR', directory.join('config'))
  const attempt = login({ key, baseUrl: 'http://127.0.0.1:2', verify: false })
  await expect(attempt).rejects.toMatchObject({ code: 'credentials-file', message: expect.stringContaining('netrc') })
  const { keySource } = await login({ key, baseUrl: 'http://127.0.0.1:2', verify: false }).catch(() => ({
    keySource: 'none',
  }))
  expect(keySource).toBe('none')
})
