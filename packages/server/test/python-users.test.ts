import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

describe.skipIf('missing' in pythonClient)("W&B's own Python client with keys", { timeout: 180_000 }, () => {
  test('logs in, logs to its own entity and to a team, and sees what its user may see', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({
      dataDirectory: directory.join('.lossline'),
      port: 0,
      log: () => {},
      auth: 'keys',
      adminToken: 'token',
    })
    try {
      const keyOf = async (name: string): Promise<string> => {
        const response = await fetch(`${server.url}/api/admin/users/${name}`, {
          method: 'PUT',
          headers: { authorization: 'Bearer token' },
        })
        return ((await response.json()) as { apiKey: string }).apiKey
      }
      const { output } = await runPython(server, directory, ['as-users.py', await keyOf('alice'), await keyOf('eve')])
      const results = [...output.matchAll(/^RESULT (.*)$/gm)].map(([, json = '']) => JSON.parse(json))
      expect(results, output).toEqual([
        {
          entity: 'alice',
          viewer: 'alice',
          teams: ['alice', 'lab'],
          loss: 1,
          user: 'eve',
          keys: [48],
          members: ['alice'],
        },
        { refused: [expect.any(String), expect.any(String)], shared: 2, projects: ['shared'] },
        { unknown: 'AuthenticationError' },
      ])
    } finally {
      await server.close()
    }
  })
})
