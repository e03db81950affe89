import { existsSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { downloadVersion } from '../src/artifacts/download/download-version.ts'
import type { DownloadArtifactOptions } from '../src/index.ts'
import { nodeArtifactFiles } from '../src/node/artifacts/node-artifact-files.ts'
import { connect } from '../src/node/server/connect.ts'

/** A store at a loopback address, and a way to download a version that refers to it. */
async function openStore(listener: RequestListener) {
  const directory = await openTemporaryDirectory()
  const store = createServer(listener)
  await new Promise<void>((resolve) => {
    store.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(store.address() as AddressInfo).port}`
  // Nobody asks the server itself: all of the version is elsewhere.
  const connection = await connect({ kind: 'remote', baseUrl: url, apiKey: undefined })
  const warnings: string[] = []
  const context = {
    files: nodeArtifactFiles,
    dataDirectory: undefined,
    indexDirectory: undefined,
    connect: async () => connection,
    defaults: () => ({}),
    warn: (line: string) => warnings.push(line),
  }
  const source = { entity: 'e', project: 'p', collection: 'outside', versionIndex: 0 }
  const facts = {
    ...{ id: 'id', place: source, source, type: 'dataset', state: 'committed' as const, digest: 'd', metadata: {} },
    ...{ ttlSeconds: 0, isTtlInherited: false, tags: [], aliases: [], sizeBytes: 0, fileCount: 0 },
    ...{ description: undefined, historyStep: undefined, createdAt: undefined, updatedAt: undefined },
  }
  return {
    warnings,
    path: (name: string) => directory.join('root', name),
    /** Downloads references by their paths: the address in the store, and the tag that it had. */
    download(references: Record<string, [path: string, digest: string]>, options: DownloadArtifactOptions) {
      const contents = new Map(
        Object.entries(references).map(([name, [path, digest]]) => [name, { ref: `${url}/${path}`, digest, size: 10 }]),
      )
      const manifest = { storagePolicyConfig: {}, contents }
      const place = nodeArtifactFiles.openDownloadPlace(directory.join('root'))
      return downloadVersion({ facts, manifest, connection, context }, place, options)
    },
    async [Symbol.asyncDispose]() {
      await connection.close()
      store.closeAllConnections()
      await new Promise((resolve) => store.close(resolve))
      await directory[Symbol.asyncDispose]()
    },
  }
}

test.each(['says nothing', 'stops in the middle'])('of a store that %s end with the signal', async (kind) => {
  const controller = new AbortController()
  const reason = new Error('enough')
  await using store = await openStore((_request, response) => {
    if (kind === 'stops in the middle') response.writeHead(200, { 'content-length': '10' }).write('half')
    controller.abort(reason)
  })
  const { signal } = controller
  await expect(store.download({ a: ['a', 'tag'] }, { signal, allowMissingReferences: true })).rejects.toBe(reason)
  expect(existsSync(store.path('a'))).toBe(false)
  expect(store.warnings).toEqual([])
})

test('leave out what is gone if that is allowed, and nothing else', async () => {
  await using store = await openStore((request, response) => {
    const name = request.url?.slice(1)
    if (name === 'gone') response.writeHead(404).end()
    else if (name === 'removed') response.writeHead(410).end()
    else if (name === 'refused') response.writeHead(400).end()
    else response.setHeader('etag', '"new"').end('0123456789')
  })
  const gone = { gone: ['gone', 'tag'], removed: ['removed', 'tag'], kept: ['kept', 'new'] } satisfies Record<
    string,
    [string, string]
  >
  await expect(store.download({ gone: gone.gone }, {})).rejects.toMatchObject({ code: 'artifact-reference' })
  await store.download(gone, { allowMissingReferences: true })
  expect(readFileSync(store.path('kept'), 'utf8')).toBe('0123456789')
  // Both are asked for at once, and either answer may come first.
  const said = [expect.stringContaining('"gone"'), expect.stringContaining('"removed"')]
  expect(store.warnings).toEqual(expect.arrayContaining(said))
  expect(store.warnings).toHaveLength(2)

  const options = { allowMissingReferences: true }
  await expect(store.download({ changed: ['kept', 'old'] }, options)).rejects.toMatchObject({
    code: 'artifact-reference',
    message: expect.stringContaining('has changed'),
  })
  await expect(store.download({ refused: ['refused', 'tag'] }, options)).rejects.toMatchObject({
    code: 'download-failed',
  })
  expect(store.warnings).toHaveLength(2)
})
