import { existsSync } from 'node:fs'
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findRunningServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { LocalServerMissingError, OfflineAskError, ServerRequestError } from '../src/index.ts'
import { connect } from '../src/node/server/connect.ts'
import { createRunConnection } from '../src/run/run-connection.ts'
import { openLoopbackServer } from './loopback-server.ts'

const program = new URL('programs/asking.ts', import.meta.url)

function startAsking(directory: TemporaryDirectory, ...orders: string[]) {
  return spawnScript(program, { args: [directory.join('.lossline'), ...orders], cwd: directory.path })
}

describe('in a data folder without a server', () => {
  test('a question is answered by a temporary one, which knows what was just logged and does not keep the process', async () => {
    await using directory = await openTemporaryDirectory()
    await using asking = startAsking(directory, 'ask', 'run', 'ask', 'run', 'run', 'ask')
    expect(await asking.exited).toEqual({ exitCode: 0, signal: null })
    expect(asking.stderr).toBe('')
    const url = 'http://127\\.0\\.0\\.1:\\d+'
    expect(asking.stdout).toMatch(new RegExp(`^0 runs, says (${url})\n1 runs, says \\1\n3 runs, says \\1\n$`))
    expect(existsSync(directory.join('.lossline', 'server.json'))).toBe(false)
  })

  test('two processes share one, and the second goes on when the first is killed', async () => {
    await using directory = await openTemporaryDirectory()
    await using first = startAsking(directory, 'ask', 'wait-for-input')
    const [, url] = await first.waitForOutput(/says (\S+)/)
    const dataDirectory = directory.join('.lossline')
    expect(findRunningServer(dataDirectory)).toMatchObject({ url, pid: first.pid, isTemporary: true })
    await using connection = await connect({ kind: 'local', dataDirectory })
    expect(connection.baseUrl).toBe(url)

    first.send('SIGKILL')
    await first.exited
    expect(await connection.graphql('', '{ viewer { username } }', {})).toEqual({ viewer: { username: 'local' } })
    expect(connection.baseUrl).not.toBe(url)
    expect(findRunningServer(dataDirectory)?.pid).toBe(process.pid)
    // An address that the dead one gave out.
    expect(await (await connection.fetch(`${url}/ready`)).text()).toBe('ok')
  })

  test('those that ask at the same moment agree on one', async () => {
    await using directory = await openTemporaryDirectory()
    const programs = Array.from({ length: 3 }, () => startAsking(directory, 'ask', 'wait-for-input'))
    try {
      const matches = await Promise.all(programs.map((one) => one.waitForOutput(/0 runs, says (\S+)/)))
      expect(new Set(matches.map(([, url]) => url)).size).toBe(1)
    } finally {
      for (const one of programs) await one[Symbol.asyncDispose]()
    }
  })

  test('it answers others also while its own process computes, and process.exit ends it', async () => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('.lossline')
    await using blocked = startAsking(directory, 'ask', 'block')
    await blocked.waitForOutput('blocking')
    await using connection = await connect({ kind: 'local', dataDirectory })
    expect(await connection.graphql('', '{ viewer { username } }', {})).toEqual({ viewer: { username: 'local' } })
    expect(findRunningServer(dataDirectory)?.pid).toBe(blocked.pid)

    await using exiting = startAsking(directory, 'ask', 'exit')
    expect(await exiting.exited).toMatchObject({ exitCode: 3 })
  })

  test('a server that is to stay takes the folder over, without a word', async () => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('.lossline')
    await using asking = startAsking(directory, 'ask', 'wait-for-input')
    await asking.waitForOutput('waiting')
    await using connection = await connect({ kind: 'local', dataDirectory })

    const lines: string[] = []
    const server = await startServer({ dataDirectory, port: 0, log: (level, text) => lines.push(`${level} ${text}`) })
    try {
      // It has not waited for the end of the program that had the folder.
      expect(process.kill(asking.pid, 0)).toBe(true)
      expect(lines).toEqual(['info listening'])
      expect(findRunningServer(dataDirectory)).toMatchObject({ url: server.url, isTemporary: false })
      expect(await connection.graphql('', '{ viewer { username } }', {})).toEqual({ viewer: { username: 'local' } })
      expect(connection.baseUrl).toBe(server.url)
      expect(asking.stderr).toBe('')
    } finally {
      await server.close()
    }
    // And the next question finds its answer without it.
    expect(await connection.graphql('', '{ viewer { username } }', {})).toEqual({ viewer: { username: 'local' } })
  })

  test.each([
    ['after a while', 50],
    ['already while it starts', 0],
  ])('it ends when nobody asks any more, %s, and the next question starts another', async (_when, idleAfterMs) => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('.lossline')
    const server = await startServer({ dataDirectory, port: 0, isTemporary: true, idleAfterMs, log: () => {} })
    await server.ended
    expect(findRunningServer(dataDirectory)).toBeUndefined()
    await using connection = await connect({ kind: 'local', dataDirectory })
    expect(connection.baseUrl).not.toBe(server.url)
  })

  test('a page of the network cannot make it go away', async () => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('.lossline')
    const server = await startServer({ dataDirectory, port: 0, isTemporary: true, log: () => {} })
    const headers = { origin: 'https://evil.example' }
    const response = await fetch(`${server.url}/lossline/hand-over`, { method: 'POST', headers })
    expect(response.status).toBe(403)
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
    await server.close()
  })
})

/** A server that answers with the statuses in turn, and remembers what it was asked. */
async function openServer(statuses: number[], body = '{"data":{"viewer":{"username":"me"}}}') {
  const requests: { url: string | undefined; authorization: string | undefined }[] = []
  const server = await openLoopbackServer((request, response) => {
    requests.push({ url: request.url, authorization: request.headers.authorization })
    request.resume()
    const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0.01' })
    response.end(status === 200 ? body : '{"errors":[{"message":"not you"}]}')
  })
  return { ...server, requests }
}

describe('a server elsewhere', () => {
  const apiKey = 'k'.repeat(40)
  const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`

  test('is asked again when it is in trouble', async () => {
    await using server = await openServer([503, 429, 200])
    await using connection = await connect({ kind: 'remote', baseUrl: `${server.url}/`, apiKey })
    expect(connection.baseUrl).toBe(server.url)
    expect(await connection.graphql('Viewer', '{ viewer { username } }', {})).toEqual({ viewer: { username: 'me' } })
    expect(server.requests).toEqual(Array(3).fill({ url: '/graphql', authorization }))
  })

  test('that refuses ends the question with what it said', async () => {
    await using server = await openServer([403])
    await using connection = await connect({ kind: 'remote', baseUrl: server.url, apiKey })
    const error = await connection.graphql('Viewer', '{ viewer { username } }', {}).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServerRequestError)
    expect(error).toMatchObject({ code: 'server-request', status: 403, message: expect.stringContaining('not you') })
  })

  test('that does not answer ends the question in time', async () => {
    await using connection = await connect({ kind: 'remote', baseUrl: 'http://127.0.0.1:2', apiKey: undefined })
    const asking = connection.graphql('Viewer', '{ viewer { username } }', {}, { timeoutMs: 200 })
    await expect(asking).rejects.toMatchObject({ code: 'server-request', message: expect.stringContaining('0.2 s') })
    const controller = new AbortController()
    const given = connection.graphql('Viewer', '{ viewer { username } }', {}, { signal: controller.signal })
    controller.abort()
    await expect(given).rejects.toMatchObject({ code: 'server-request', message: expect.stringContaining('given up') })
  })

  test('gets the key only at its own addresses, and only if asked to', async () => {
    await using server = await openServer([503, 200], 'content')
    await using other = await openServer([200], 'content')
    await using connection = await connect({ kind: 'remote', baseUrl: server.url, apiKey })
    expect(await (await connection.fetch(`${server.url}/file`, { withCredentials: true })).text()).toBe('content')
    await connection.fetch('/signed')
    await connection.fetch(`${other.url}/elsewhere`, { withCredentials: true })
    expect(server.requests).toEqual([
      { url: '/file', authorization },
      { url: '/file', authorization },
      { url: '/signed', authorization: undefined },
    ])
    expect(other.requests).toEqual([{ url: '/elsewhere', authorization: undefined }])
  })
})

test('a run that may ask nobody says so, and one that may asks once for its connection', async () => {
  const opened: unknown[] = []
  const platform = {
    async connect(place: unknown) {
      opened.push(place)
      if (opened.length === 1) throw new LocalServerMissingError('not found')
      return { baseUrl: 'x' } as never
    },
  }
  const offline = createRunConnection(platform, { mode: 'offline' }, '/data')
  await expect(offline.connect('useArtifact')).rejects.toThrow(OfflineAskError)
  const local = createRunConnection(platform, { mode: 'local' }, '/data')
  await expect(local.connect('useArtifact')).rejects.toMatchObject({ code: 'local-server-missing' })
  const [first, second] = await Promise.all([local.connect('useArtifact'), local.connect('useArtifact')])
  expect(first).toBe(second)
  expect(opened).toEqual(Array(2).fill({ kind: 'local', dataDirectory: '/data' }))
})

test('without the package that holds the server the error says what to install', async () => {
  await using directory = await openTemporaryDirectory()
  // The package as it is when it is installed alone, with nothing but its dependencies beside it.
  await cp(fileURLToPath(new URL('../src', import.meta.url)), directory.join('src'), { recursive: true })
  await mkdir(directory.join('node_modules', '@lossline'), { recursive: true })
  for (const name of ['journal', 'protocol']) {
    const target = await realpath(fileURLToPath(new URL(`../node_modules/@lossline/${name}`, import.meta.url)))
    await symlink(target, directory.join('node_modules', '@lossline', name))
  }
  await writeFile(
    directory.join('ask.ts'),
    `import { connect } from './src/node/server/connect.ts'
     const ask = () => connect({ kind: 'local', dataDirectory: 'data' }).catch(({ code, hint }) => console.log(code, hint))
     await ask()
     await ask()`,
  )
  await writeFile(directory.join('package.json'), '{ "type": "module" }')
  await using asking = spawnScript(directory.join('ask.ts'), { cwd: directory.path })
  expect(await asking.exited).toMatchObject({ exitCode: 0 })
  expect(asking.stdout).toMatch(/^(local-server-missing Install it .*\n){2}$/)
})
