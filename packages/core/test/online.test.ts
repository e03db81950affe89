import { writeFile } from 'node:fs/promises'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory, openUntrustedServer, spawnScript } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { openLoopbackServer } from './loopback-server.ts'
import { readRun } from './read-run.ts'

const program = new URL('programs/online.ts', import.meta.url)
const key = 'k'.repeat(40)

/** A server that answers every request with one status, and remembers who asked. */
async function openServer(status: number) {
  const authorizations: (string | undefined)[] = []
  const server = await openLoopbackServer((request, response) => {
    authorizations.push(request.headers.authorization)
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  return { ...server, authorizations }
}

async function train(ending: string, url: string, signal?: NodeJS.Signals, more: Record<string, string> = {}) {
  await using directory = await openTemporaryDirectory()
  const env = { LOSSLINE_SILENT: undefined, LOSSLINE_BASE_URL: url, LOSSLINE_FINISH_TIMEOUT_MS: '500', ...more }
  await using child = spawnScript(program, { args: [ending], cwd: directory.path, env })
  if (signal !== undefined) {
    await child.waitForOutput('waiting')
    child.send(signal)
  }
  const exit = await child.exited
  return { ...exit, stdout: child.stdout, stderr: child.stderr, run: await readRun(directory.path) }
}

describe.each([
  ['a server that is away', undefined],
  ['a server in trouble', 503],
  ['a server that refuses the key', 401],
])('%s', (_, status) => {
  test.each(['finish', 'fall off the end'])(
    'the run is complete on disk, and says how to send it (%s)',
    async (ending) => {
      await using server = status === undefined ? undefined : await openServer(status)
      const { run, ...exit } = await train(ending, server?.url ?? 'http://127.0.0.1:2')
      expect(exit).toMatchObject({ exitCode: 0, signal: null })
      expect(exit.stdout).toContain('mode online')
      const place = server?.url ?? 'http://127.0.0.1:2'
      expect(exit.stderr).toContain(`it will be sent to ${place}`)
      expect(exit.stderr).toContain(`npx lossline sync --base-url ${place} `)
      // No server has the run, so nothing is said to be shown anywhere.
      expect(exit.stderr).not.toContain('shown at')
      expect(exit.stderr).toContain('Still to be sent: 100 rows')
      expect(run.rows).toHaveLength(100)
      expect(run.exitCode).toBe(0)
      // The key goes to the server, and nowhere else.
      expect(exit.stderr).not.toContain(key)
      expect(JSON.stringify([run.records, run.files])).not.toContain(key)
      for (const authorization of server?.authorizations ?? []) {
        expect(authorization).toBe(`Basic ${Buffer.from(`api:${key}`).toString('base64')}`)
      }
      if (server !== undefined) expect(server.authorizations.length).toBeGreaterThan(0)
    },
  )
})

test('a certificate of an unknown authority is told with what helps, which does help', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openUntrustedServer((request, response) => {
    request.resume()
    response.writeHead(503).end()
  })
  const { stderr, run } = await train('finish', server.url)
  const [told = ''] = /POST .* failed: .*/.exec(stderr) ?? []
  expect(told).toMatch(/self-signed certificate\. If you trust the server, start the program with NODE_EXTRA_CA_CERTS=/)
  expect(told).toContain('The run goes on: its rows are on disk, and sending is tried again.')
  expect(run.rows).toHaveLength(100)
  await writeFile(directory.join('ca.pem'), server.certificate)
  const trusting = await train('finish', server.url, undefined, {
    NODE_EXTRA_CA_CERTS: directory.join('ca.pem'),
    // Enough for a first answer on a machine that is busy.
    LOSSLINE_FINISH_TIMEOUT_MS: '5000',
  })
  expect(trusting.stderr).toContain('was answered with 503')
  expect(trusting.stderr).not.toContain('NODE_EXTRA_CA_CERTS')
})

test('a server that takes the run in is named then, and again at the end; artifacts that failed are counted', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
  try {
    await using child = spawnScript(new URL('programs/left-artifacts.ts', import.meta.url), {
      cwd: directory.path,
      env: { LOSSLINE_SILENT: undefined, LOSSLINE_BASE_URL: server.url },
    })
    const shown = `lossline: it is shown at ${server.url}/local/online/runs/named`
    await child.waitForOutput(shown)
    await writeFile(directory.join('go'), '')
    expect((await child.exited).exitCode).toBe(0)
    const lines = child.stderr.trimEnd().split('\n')
    expect(lines[1]).toBe(`lossline: it will be sent to ${server.url}`)
    expect(lines.filter((line) => line === shown)).toHaveLength(2)
    expect(lines.at(-1)).toBe(shown)
    expect(child.stderr).toMatch(/2 artifacts failed\. The first: Artifact "run-named-nope" was not logged: "nope"/)
  } finally {
    await server.close()
  }
})

test('Ctrl-C does not wait long for a server that is away', async () => {
  const { run, signal } = await train('wait', 'http://127.0.0.1:2', 'SIGINT')
  expect(signal).toBe('SIGINT')
  expect(run.exitCode).toBe(130)
})

test('process.exit right after logging: every row is kept, and what is still to be sent is named', async () => {
  await using directory = await openTemporaryDirectory()
  const env = { LOSSLINE_SILENT: undefined, LOSSLINE_BASE_URL: 'http://127.0.0.1:2' }
  const script = new URL('programs/exit-with-images.ts', import.meta.url)
  await using child = spawnScript(script, { cwd: directory.path, env })
  expect(await child.exited).toMatchObject({ exitCode: 7, signal: null })
  const run = await readRun(directory.path)
  expect(run.rows).toHaveLength(1003)
  expect(run.exitCode).toBe(7)
  const [line = ''] = /Still to be sent: .*/.exec(child.stderr) ?? []
  expect(line).toContain('1,003 rows')
  expect(line.match(/media\/images\/sample_\d+_[0-9a-f]+\.png, \d+ B/g)).toHaveLength(3)
  expect(line).toContain('1 artifact (weights, 1.0 kB)')
})
