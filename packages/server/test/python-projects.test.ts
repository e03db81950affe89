import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type StartedServer, startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

async function runWith(
  options: { readonly auth?: 'keys'; readonly adminToken?: string },
  ask: (server: StartedServer, directory: TemporaryDirectory) => Promise<string>,
): Promise<{ readonly result: unknown; readonly output: string }> {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {}, ...options })
  try {
    const output = await ask(server, directory)
    return { result: JSON.parse(/^RESULT (.*)$/m.exec(output)?.[1] ?? '{}'), output }
  } finally {
    await server.close()
  }
}

const expected = (name: string, own: object) => ({
  default: name,
  viewer: [name, name, name],
  teams: [name],
  found: [name, name],
  users: [name],
  nobody: null,
  team: [name, [name]],
  projects: ['logged', 'made'],
  none: [],
  project: ['made', name, name, [name, 'made', 'workspace']],
  run: ['r1', 'running', name],
  missing: { project: 'ValueError', run: expect.stringMatching(/Error/), runs: 'ValueError' },
  ...own,
})

describe.skipIf('missing' in pythonClient)(
  "users and projects of W&B's own Python client",
  { timeout: 180_000 },
  () => {
    test('on a server that is open', async () => {
      const { result, output } = await runWith({}, async (server, directory) => {
        const outcome = await runPython(server, directory, ['users-and-projects.py', 'local'])
        return outcome.output
      })
      expect(result, output).toEqual(expected('local', { keys: 0 }))
    })

    test('on a server that asks for keys', async () => {
      const { result, output } = await runWith({ auth: 'keys', adminToken: 'token' }, async (server, directory) => {
        const response = await fetch(`${server.url}/api/admin/users/alice`, {
          method: 'PUT',
          headers: { authorization: 'Bearer token' },
        })
        const { apiKey } = (await response.json()) as { apiKey: string }
        const outcome = await runPython(server, directory, ['users-and-projects.py', 'alice', apiKey])
        return outcome.output
      })
      expect(result, output).toEqual(expected('alice', { keys: 1 }))
    })
  },
)
