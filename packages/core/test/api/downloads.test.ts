import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Api } from '../../src/index.ts'

/** A server with one run and one file, whose node and content are given. */
async function openFileServer(file: object, content: string, status = 200) {
  const server = createServer((request, response) => {
    request.resume()
    if (request.url?.startsWith('/content')) return response.writeHead(status).end(content)
    const node = { name: 'a.txt', updatedAt: '2026-01-01', directUrl: `${url}/content?signature=secret`, ...file }
    const run = {
      ...{ id: '1', name: 'r', projectId: 1, createdAt: '2026-01-01', state: 'finished' },
      files: { edges: [{ node, cursor: 'c' }], pageInfo: { hasNextPage: false } },
    }
    return response.writeHead(200).end(JSON.stringify({ data: { project: { run } } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api = new Api({ baseUrl: url, entity: 'e', project: 'p', timeoutMs: 500 })
  return {
    file: async () => (await api.run('r')).file('a.txt'),
    async [Symbol.asyncDispose]() {
      await api.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test.each([
  ['another digest', { md5: 'XrY7u+Ae7tCTyyK7j1rNww==' }, 'content-damaged'],
  ['another size', { sizeBytes: 99, md5: null }, 'content-damaged'],
  ['a name that leads out of the folder', { name: '../../etc/a.txt' }, 'unsafe-file-name'],
  ['an absolute name', { name: '/etc/a.txt' }, 'unsafe-file-name'],
])('a file with %s is not kept', async (_, node, code) => {
  await using directory = await openTemporaryDirectory()
  await using server = await openFileServer(node, 'hello')
  await expect((await server.file()).download({ root: directory.path })).rejects.toMatchObject({ code })
  expect(await readdir(directory.path, { recursive: true })).toEqual([])
})

test('a content that is refused is an error that does not show the permission', async () => {
  await using server = await openFileServer({}, 'no', 403)
  const reading = (await server.file()).text()
  await expect(reading).rejects.toMatchObject({ code: 'content-refused', status: 403 })
  await expect(reading).rejects.not.toThrow('secret')
})
