import { execFile } from 'node:child_process'
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory, openUntrustedServer, workspaceUrl } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { runLossline, runLosslineProcess } from './run-lossline.ts'

const key = 'a1'.repeat(20)
const otherKey = `local-${'b2'.repeat(20)}`

/** A server that knows one key, and repeats in its refusals what it was sent. */
async function openServer(knownKey: string, refusal: 401 | 'null' = 401) {
  const server = createServer((request: IncomingMessage, response) => {
    const sent = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    request.resume()
    const isKnown = sent === `api:${knownKey}`
    const viewer = isKnown ? { id: 'u', username: 'ada', entity: 'team', teams: { edges: [] } } : null
    response.writeHead(isKnown || refusal === 'null' ? 200 : 401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        isKnown || refusal === 'null' ? { data: { viewer } } : { errors: [{ message: `bad key ${sent}` }] },
      ),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

describe('lossline login', () => {
  test('verifies and stores a key where the SDK and W&B look, for each of several servers', async () => {
    await using home = await openTemporaryDirectory()
    await using one = await openServer(key)
    await using other = await openServer(otherKey)
    const netrc = home.join('.netrc')
    await writeFile(netrc, '# mine\nmachine elsewhere login me password secret')
    await chmod(netrc, 0o644)

    const first = await runLossline(['login', '--host', one.url, '--key', key], { cwd: home.path })
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    expect(first.stdout).toBe(`Logged in at ${one.url} as ada. Runs go there from now on.\n`)
    const second = await runLossline(['login', '--host', other.url, '--json'], {
      cwd: home.path,
      env: { LOSSLINE_API_KEY: otherKey },
    })
    expect(JSON.parse(second.stdout)).toMatchObject({
      baseUrl: other.url,
      keySource: 'settings',
      viewer: { entity: 'team' },
    })

    expect(await textOf(netrc)).toBe(
      '# mine\nmachine elsewhere login me password secret\n' +
        `machine ${one.host}\n  login user\n  password ${key}\n` +
        `machine ${other.host}\n  login user\n  password ${otherKey}\n`,
    )
    expect((await stat(netrc)).mode & 0o777).toBe(0o600)
    expect(await textOf(home.join('.config/lossline/settings'))).toBe(`[default]\nbase_url = ${other.url}\n`)
    for (const { stdout, stderr } of [first, second]) expect(stdout + stderr).not.toMatch(/a1a1|b2b2/)

    const status = await runLossline(['login', '--status'], { cwd: home.path })
    expect(status).toMatchObject({
      exitCode: 0,
      stdout: `Logged in at ${other.url} as ada; the key is stored on this machine.\n`,
    })

    const out = await runLossline(['logout'], { cwd: home.path })
    expect(out.stdout).toContain(`Logged out at ${other.url}`)
    expect(await textOf(netrc)).not.toContain(otherKey)
    expect(await textOf(netrc)).toContain(key)
    expect(await textOf(home.join('.config/lossline/settings'))).not.toContain('base_url')
    expect((await runLossline(['login', '--status', '--host', one.url], { cwd: home.path })).exitCode).toBe(0)
    const again = await runLossline(['logout', '--host', other.url], { cwd: home.path })
    expect(again.stdout).toBe(`No key of ${other.url} was stored.\n`)
  })

  test('says at once what a server needs whose certificate has an unknown authority', async () => {
    await using home = await openTemporaryDirectory()
    await using server = await openUntrustedServer((request, response) => {
      request.resume()
      const viewer = { id: 'u', username: 'ada', entity: 'team', teams: { edges: [] } }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { viewer } }))
    })
    const args = ['login', '--host', server.url, '--key', key]
    const { exitCode, stderr } = await runLossline(args, { cwd: home.path })
    expect([exitCode, stderr]).toEqual([
      1,
      `lossline: POST ${server.url}/graphql failed: self-signed certificate\n` +
        '  If you trust the server, start the program with NODE_EXTRA_CA_CERTS=/path/ca.pem, the certificate of its authority.\n',
    ])
    await writeFile(home.join('ca.pem'), server.certificate)
    const env = { NODE_EXTRA_CA_CERTS: home.join('ca.pem') }
    expect(await runLosslineProcess(args, { cwd: home.path, env })).toMatchObject({ exitCode: 0 })
  })

  test.each([401, 'null'] as const)(
    'a key that the server does not know (%s) is refused and not stored',
    async (refusal) => {
      await using home = await openTemporaryDirectory()
      await using server = await openServer(key, refusal)
      const result = await runLossline(['login', '--host', server.url, '--json'], {
        cwd: home.path,
        env: { WANDB_API_KEY: otherKey },
      })
      expect(result.exitCode).toBe(1)
      expect(JSON.parse(result.stderr)).toMatchObject({ error: { code: 'api-key-refused' } })
      expect(result.stdout + result.stderr).not.toContain('b2b2')
      expect(await textOf(home.join('.netrc'))).toBe('')
      expect(await textOf(home.join('.config/lossline/settings'))).toBe('')
      const verbose = await runLossline(['login', '--host', server.url, '--verbose', '--key', otherKey], {
        cwd: home.path,
      })
      expect(verbose.stderr).not.toContain('b2b2')
    },
  )

  test.each([
    ['too short', 'abc'],
    ['with other characters', `${'x'.repeat(40)}\u00e4`],
    ['too short behind its prefix', `local-${'x'.repeat(39)}`],
  ])('a key that is none (%s) is refused without asking', async (_, wrong) => {
    await using home = await openTemporaryDirectory()
    const result = await runLossline(['login', '--host', 'http://127.0.0.1:2', '--key', wrong, '--json'], {
      cwd: home.path,
    })
    expect(JSON.parse(result.stderr)).toMatchObject({ error: { code: 'invalid-api-key' } })
    expect(result.stderr).not.toContain(wrong)
    expect(await textOf(home.join('.netrc'))).toBe('')
  })

  test('takes a line of standard input, and without any key says what is missing', async () => {
    await using home = await openTemporaryDirectory()
    await using server = await openServer(key)
    const options = { cwd: home.path }
    const nothing = await runLossline(['login', '--host', server.url, '--json'], options)
    expect(JSON.parse(nothing.stderr)).toMatchObject({ error: { code: 'api-key-missing' } })
    const piped = await runLossline(['login', '--host', server.url], { ...options, input: `${key}\r\nmore` })
    expect(piped).toMatchObject({ exitCode: 0 })
    const kept = await runLossline(['login', '--host', server.url], { ...options, input: otherKey })
    expect(kept.stdout).toContain('--relogin')
    const wrong = await runLossline(['login', '--host', server.url, '--relogin', '--json'], {
      ...options,
      input: otherKey,
    })
    expect(JSON.parse(wrong.stderr)).toMatchObject({ error: { code: 'api-key-refused' } })
    expect(await textOf(home.join('.netrc'))).toContain(key)
  })

  test('a link to the file stays a link, and a server that is away changes nothing', async () => {
    await using home = await openTemporaryDirectory()
    await using server = await openServer(key)
    await symlink('real-netrc', home.join('.netrc'))
    await runLossline(['login', '--host', server.url, '--key', key], { cwd: home.path })
    expect(await textOf(home.join('real-netrc'))).toContain(key)
    const before = await textOf(home.join('.netrc'))
    // A port that nothing listens on; the wait for it is bounded.
    await using stub = await openServer(key)
    await stub[Symbol.asyncDispose]()
    const code = await runProgram(
      home.path,
      `await login({ key: '${otherKey}', baseUrl: '${stub.url}', timeoutMs: 300 }).catch((error) => console.log(error.code))`,
    )
    expect(code).toBe('server-request')
    expect(await textOf(home.join('.netrc'))).toBe(before)
  })

  test('asks at a terminal, and shows nothing of what is typed', async ({ skip }) => {
    await using home = await openTemporaryDirectory()
    await using server = await openServer(key)
    const main = fileURLToPath(workspaceUrl('packages/lossline/src/cli/main.ts'))
    const command = [
      process.execPath,
      '--conditions=source',
      '--disable-warning=ExperimentalWarning',
      main,
      'login',
      '--host',
      server.url,
    ]
    // A terminal for the command, and a person who types a letter too much and takes it back.
    const typist = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
shown = b''
typed = False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not typed and b'API key' in shown:
        typed = True
        os.write(terminal, b'${key}x\\x7f\\r')
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`
    const env = { PATH: process.env.PATH, HOME: home.path }
    const result = await new Promise<{ code: number | string; shown: string }>((resolve) => {
      execFile('python3', ['-c', typist, ...command], { cwd: home.path, env }, (error, stdout) =>
        resolve({ code: error === null ? 0 : (error.code ?? 1), shown: stdout }),
      )
    })
    if (result.code === 'ENOENT') skip('there is no python3 that could play the terminal')
    expect(result).toMatchObject({ code: 0, shown: expect.stringContaining('as ada') })
    expect(result.shown).not.toContain('a1a1')
    expect(await textOf(home.join('.netrc'))).toContain(`password ${key}\n`)
  }, 30_000)
})

/** Runs a program of the SDK; returns what it prints. */
async function runProgram(home: string, body: string): Promise<string> {
  const program = `import { login } from 'lossline'\n${body}`
  const args = [
    '--conditions=source',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    program,
  ]
  const env = { PATH: process.env.PATH, HOME: home }
  const cwd = fileURLToPath(workspaceUrl('packages/lossline'))
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (_, stdout, stderr) => resolve((stdout || stderr).trim()))
  })
}
