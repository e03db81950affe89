import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { JsonObject } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterEach, expect, test } from 'vitest'
import { downloadVersion } from '../src/artifacts/download/download-version.ts'
import { toReferenceSource } from '../src/artifacts/download/reference-source.ts'
import { verifyVersion } from '../src/artifacts/download/verify-version.ts'
import { Artifact, activeRun, init } from '../src/index.ts'
import { nodeArtifactFiles } from '../src/node/artifacts/node-artifact-files.ts'
import type { ServerConnection } from '../src/server/server-connection.ts'

afterEach(() => activeRun()?.finish())

const names = ['100%.txt', 'a#b.txt', '%41?.txt', 'ü x .txt', 'back\\slash']

/** A server that answers these questions, and has a manifest. */
function answering(answers: Record<string, JsonObject>, manifest = ''): ServerConnection {
  return {
    ...{ baseUrl: 'http://nowhere', pageBaseUrl: 'http://nowhere', placeName: 'nowhere' },
    async graphql(operationName) {
      const answer = answers[operationName]
      if (answer === undefined) throw new Error(`${operationName} is not expected`)
      return answer
    },
    fetch: async () => new Response(manifest),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

const noConnection = answering({})

async function openFolder() {
  const directory = await openTemporaryDirectory()
  const folder = directory.join('data')
  mkdirSync(folder)
  for (const name of names) writeFileSync(join(folder, name), name)
  const run = await init({ dir: directory.path, mode: 'disabled', silent: true })
  const artifact = new Artifact('refs', 'dataset')
  await artifact.addReference(`file://${folder}`)
  const contents = new Map(
    artifact.entries.map(({ path, ref, digest, sizeBytes: size }) => [
      path,
      { digest, extra: {}, ...(ref === undefined ? {} : { ref }), ...(size === undefined ? {} : { size }) },
    ]),
  )
  await run.finish()
  const warnings: string[] = []
  const root = directory.join('root')
  const place = nodeArtifactFiles.openDownloadPlace(root)
  const source = { entity: 'e', project: 'p', collection: 'refs', versionIndex: 0 }
  const facts = {
    ...{ id: 'id', place: source, source, type: 'dataset', state: 'committed' as const, digest: 'd', metadata: {} },
    ...{ ttlSeconds: 0, isTtlInherited: false, tags: [], aliases: [], sizeBytes: 0, fileCount: 0 },
    ...{ description: undefined, historyStep: undefined, createdAt: undefined, updatedAt: undefined },
  }
  const context = {
    ...{ files: nodeArtifactFiles, dataDirectory: undefined, indexDirectory: undefined },
    connect: async () => noConnection,
    defaults: () => ({}),
    warn: (line: string) => void warnings.push(line),
  }
  const manifest = { storagePolicyConfig: {}, contents }
  return {
    folder,
    root,
    warnings,
    contents,
    download: (options = {}) => downloadVersion({ facts, manifest, connection: noConnection, context }, place, options),
    verify: () => verifyVersion(manifest, place, nodeArtifactFiles),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

test.skipIf(process.platform === 'win32')(
  'names of a folder that mean something in addresses refer to their files, for W&B’s client too',
  async () => {
    await using parts = await openFolder()
    await parts.download()
    for (const name of names) expect(readFileSync(join(parts.root, name), 'utf8')).toBe(name)
    await parts.verify()
    const refs = [...parts.contents.values()].map((entry) => ('ref' in entry ? entry.ref : ''))
    // What wandb.util.local_file_uri_to_path does.
    const decode = [
      'import json, sys, urllib.parse, urllib.request',
      'print(json.dumps([urllib.request.url2pathname(urllib.parse.urlparse(uri).path) for uri in json.load(sys.stdin)]))',
    ].join('\n')
    const python = process.env.LOSSLINE_PYTHON
    if (python === undefined) return
    const read: unknown = JSON.parse(
      execFileSync(python, ['-c', decode], { input: JSON.stringify(refs), encoding: 'utf8' }),
    )
    expect(read).toEqual([...parts.contents.keys()].map((name) => join(parts.folder, name)))
  },
)

test('addresses of paths are escaped as Python does it', () => {
  const path = "/tmp/a b/(ü)!$&'*+,;=@[x]~_-.txt"
  expect(nodeArtifactFiles.fileUriOf(path)).toBe(
    'file:///tmp/a%20b/%28%C3%BC%29%21%24%26%27%2A%2B%2C%3B%3D%40%5Bx%5D~_-.txt',
  )
})

test('names that W&B’s client wrote as they are can be read, and an address that is none names its entry', async () => {
  await using parts = await openFolder()
  const asking = { connection: noConnection, files: nodeArtifactFiles, signal: undefined }
  const raw = { digest: 'x', ref: `file://${parts.folder}/100%.txt` }
  expect(await toReferenceSource('a', raw, asking)).toMatchObject({ path: join(parts.folder, '100%.txt') })
  const malformed = `file://${parts.folder}/%ff`
  await expect(toReferenceSource('a/b', { digest: 'x', ref: malformed }, asking)).rejects.toMatchObject({
    code: 'artifact-reference',
    message: expect.stringContaining('"a/b"'),
  })
  parts.contents.set('broken', { digest: 'x', extra: {}, ref: malformed })
  await parts.download({ allowMissingReferences: true })
  expect(parts.warnings).toEqual([expect.stringContaining('"broken"')])
  await expect(new Artifact('refs', 'dataset').addReference(malformed)).rejects.toMatchObject({
    code: 'artifact-reference',
  })
})

test('verifying finds references whose content has changed or is missing', async () => {
  await using parts = await openFolder()
  await parts.download()
  const changed = join(parts.root, 'a#b.txt')
  writeFileSync(changed, 'A#B.TXT')
  await expect(parts.verify()).rejects.toMatchObject({
    code: 'artifact-verification',
    message: expect.stringContaining('"a#b.txt"'),
  })
  rmSync(changed)
  await expect(parts.verify()).rejects.toMatchObject({ message: expect.stringContaining('"a#b.txt" is missing') })
  writeFileSync(changed, 'a#b.txt')
  await parts.verify()

  writeFileSync(join(parts.root, 'tagged'), '123')
  parts.contents.set('tagged', { digest: 'etag', extra: {}, ref: 'https://example.com/tagged', size: 4 })
  await expect(parts.verify()).rejects.toMatchObject({ message: expect.stringContaining('"tagged"') })
  writeFileSync(join(parts.root, 'tagged'), '1234')
  await parts.verify()

  const address = nodeArtifactFiles.digestOfText(pathToFileURL(join(parts.folder, 'x')).href)
  parts.contents.set('unchecked', { digest: address, extra: {}, ref: `file://${parts.folder}/x`, size: 1 })
  writeFileSync(join(parts.root, 'unchecked'), 'any')
  await parts.verify()
})

test('a prefix that no file has is said', async () => {
  await using parts = await openFolder()
  await parts.download({ pathPrefix: 'nope/' })
  expect(parts.warnings).toEqual([expect.stringContaining('"nope/"')])
})

test('references of artifacts that lead in a circle end with an error', async () => {
  const ref = 'wandb-artifact://696431/file'
  const manifest = { version: 1, storagePolicy: 'wandb-storage-policy-v1', contents: { file: { digest: 'd', ref } } }
  const place = { name: 'mnist', project: { name: 'demo', entity: { name: 'local' } } }
  const artifact = {
    id: 'id',
    artifactSequence: place,
    versionIndex: 0,
    artifactType: { name: 'dataset' },
    digest: 'd',
  }
  const connection = answering(
    {
      ArtifactByID: { artifact: { ...artifact, state: 'COMMITTED' } },
      FetchArtifactManifest: { artifact: { currentManifest: { file: { directUrl: 'http://nowhere/manifest' } } } },
    },
    JSON.stringify(manifest),
  )
  const asking = { connection, files: nodeArtifactFiles, signal: undefined }
  await expect(toReferenceSource('file', { digest: 'd', ref }, asking)).rejects.toMatchObject({
    code: 'artifact-reference',
    message: expect.stringContaining('more than 10 artifacts'),
  })
})
