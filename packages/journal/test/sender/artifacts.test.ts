import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ArtifactManifestEntry, ArtifactRecord } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { createSender, type SenderOptions } from '../../src/index.ts'
import { md5Of, recordArtifacts } from './recording-artifacts.ts'
import { startRecordingServer } from './recording-server.ts'
import { createQuickClock, createTestJournal, linesOf, type TestJournal } from './test-journal.ts'

const exit = { kind: 'exit', exit: { exitCode: 0 } } as const

/** Stages a text in a run folder, as the SDK does. */
function stage(journal: TestJournal, path: string, text: string): ArtifactManifestEntry {
  const directory = join(journal.runDirectory, 'artifacts')
  mkdirSync(directory, { recursive: true })
  const localPath = join(directory, createHash('sha256').update(text).digest('hex'))
  writeFileSync(localPath, text)
  return { path, digest: md5Of(text), size: Buffer.byteLength(text), localPath }
}

function artifactOf(contents: readonly ArtifactManifestEntry[], more: ArtifactRecord = {}): ArtifactRecord {
  const hash = createHash('md5').update('wandb-artifact-manifest-v1\n')
  for (const { path, digest } of contents) hash.update(`${path}:${digest}\n`)
  return {
    type: 'dataset',
    name: 'digits',
    digest: hash.digest('hex'),
    aliases: ['latest'],
    finalize: true,
    clientId: 'c'.repeat(128),
    sequenceClientId: 's'.repeat(128),
    manifest: { version: 1, storagePolicy: 'wandb-storage-policy-v1', contents },
    ...more,
  }
}

function senderOf(journal: TestJournal, baseUrl: string, options: Partial<SenderOptions> = {}) {
  const { runDirectory, journalPath } = journal
  const clock = createQuickClock()
  return createSender({ runDirectory, journalPath, target: { baseUrl }, follow: false, clock, ...options })
}

async function openParts() {
  const directory = await openTemporaryDirectory()
  const server = await startRecordingServer()
  return {
    server,
    artifacts: recordArtifacts(server),
    journal: createTestJournal(directory.path),
    directory,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

describe('an artifact', () => {
  test('goes through every step of the protocol, and the exit comes last', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    journal.appendRows(0, 3)
    const entries = [
      stage(journal, 'a.txt', 'alpha'),
      stage(journal, 'sub/größe b', ''),
      { path: 'z', ref: 's3://b/z', digest: 'etag', size: 9, extra: [{ key: 'etag', valueJson: '"e"' }] },
    ]
    const record = artifactOf(entries, {
      description: 'ten digits',
      metadata: '{"rows":10}',
      tags: ['clean'],
      aliases: ['latest', 'best'],
      ttlDurationSeconds: 60,
      useAfterCommit: true,
    })
    artifacts.inputFields = undefined
    journal.append({ kind: 'artifact', artifact: record }, exit)
    const report = await senderOf(journal, server.url).run()

    expect(report).toMatchObject({ isExitSent: true, problems: {}, uploaded: { artifactCount: 1 } })
    expect(report.unsent).toMatchObject({ artifactCount: 0, fileCount: 0, rowCount: 0, bytes: 0 })
    expect(artifacts.operations.map(({ name }) => name)).toEqual([
      'ArtifactInputFields',
      'CreateArtifact',
      'CreateArtifactManifest',
      'CreateArtifactFiles',
      'CreateArtifactManifest',
      'CommitArtifact',
      'UseArtifact',
    ])
    expect(artifacts.operations[1]?.variables.input).toEqual({
      entityName: 'alice',
      projectName: 'digits',
      runName: 'testrun1',
      artifactTypeName: 'dataset',
      artifactCollectionName: 'digits',
      digest: record.digest,
      description: 'ten digits',
      metadata: '{"rows":10}',
      labels: null,
      aliases: ['latest', 'best'].map((alias) => ({ alias, artifactCollectionName: 'digits' })),
      tags: [{ tagName: 'clean', tagCategoryName: null, attributes: null }],
      enableDigestDeduplication: true,
      distributedID: null,
      clientID: 'c'.repeat(128),
      sequenceClientID: 's'.repeat(128),
      historyStep: 3,
      ttlDurationSeconds: 60,
    })
    const [version] = artifacts.committed
    expect(version?.manifest).toEqual({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      storagePolicyConfig: { storageLayout: 'V2' },
      contents: {
        'a.txt': { digest: md5Of('alpha'), size: 5, birthArtifactID: version?.id },
        'sub/größe b': { digest: md5Of(''), size: 0, birthArtifactID: version?.id },
        z: { digest: 'etag', size: 9, ref: 's3://b/z', extra: { etag: 'e' } },
      },
    })
    expect(server.uploads.get(`${version?.id}/a.txt`)).toBe('alpha')
    expect(server.uploads.get(`${version?.id}/sub/größe b`)).toBe('')
    const manifestDigest = artifacts.operations[4]?.variables.digest
    expect(manifestDigest).toBe(md5Of(server.uploads.get(`manifest:${version?.id}`) ?? ''))
    const commitIndex = server.requests.findIndex(({ body }) => body.includes('"CommitArtifact"'))
    const exitIndex = server.requests.findIndex(({ body }) => body.includes('"complete":true'))
    expect(exitIndex).toBeGreaterThan(commitIndex)
  })

  test('fields that only newer servers take go to those that say so', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'a')]) }, exit)
    await senderOf(journal, server.url).run()
    expect(artifacts.versions[0]?.input).toMatchObject({ digestAlgorithm: 'MANIFEST_MD5' })
  })

  test('whose content the server has as a version is announced and nothing more', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    const entry = stage(journal, 'a', 'a')
    journal.append({ kind: 'artifact', artifact: artifactOf([entry]) })
    const sender = senderOf(journal, server.url)
    await sender.sendAvailable()
    rmSync(entry.localPath as string)
    journal.append({ kind: 'artifact', artifact: artifactOf([entry], { clientId: 'd'.repeat(128) }) }, exit)
    const report = await sender.run()
    expect(report).toMatchObject({ isExitSent: true, problems: {} })
    expect(artifacts.versions).toHaveLength(1)
  })

  test('contents that the server has are not sent again', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    artifacts.known.add(md5Of('old'))
    const entries = [stage(journal, 'a', 'old'), stage(journal, 'b', 'new')]
    journal.append({ kind: 'artifact', artifact: artifactOf(entries) }, exit)
    await senderOf(journal, server.url).run()
    const [version] = artifacts.committed
    expect([...server.uploads.keys()].filter((name) => name.startsWith(`${version?.id}/`))).toEqual([
      `${version?.id}/b`,
    ])
  })

  test('of a folder that was moved is found among what the run has staged', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts, directory } = parts
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'moved')]) }, exit)
    const runDirectory = directory.join('elsewhere')
    renameSync(journal.runDirectory, runDirectory)
    const journalPath = join(runDirectory, 'run-testrun1.wandb')
    const report = await senderOf({ ...journal, runDirectory, journalPath }, server.url).run()
    expect(report.problems).toEqual({})
    expect(artifacts.committed).toHaveLength(1)
  })

  test('a list of files too long for a record is read from its own file, and left there', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts, directory } = parts
    const [a, b] = [stage(journal, 'a', 'one'), stage(journal, 'b', 'two')]
    const path = directory.join('list.jl.gz')
    const toLine = ({ path, digest, size, localPath }: ArtifactManifestEntry) =>
      JSON.stringify({ path, digest, size, local_path: localPath, skip_cache: false, extra: { n: 1 } })
    writeFileSync(path, gzipSync(`${toLine(b)}\n${toLine(a)}\n`))
    const record = { ...artifactOf([a, b]), manifest: { version: 1, manifestFilePath: path } }
    journal.append({ kind: 'artifact', artifact: record }, exit)
    for (let time = 0; time < 2; time += 1) {
      rmSync(join(journal.runDirectory, 'sync.json'), { force: true })
      expect((await senderOf(journal, server.url).run()).problems).toEqual({})
    }
    expect(artifacts.committed.map(({ manifest }) => Object.keys(manifest?.contents as object))).toEqual([['a', 'b']])
    expect(artifacts.committed[0]?.manifest).toMatchObject({ contents: { a: { extra: { n: 1 } } } })
  })

  test('increments and shares of several writers have manifests of their own', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    journal.append(
      {
        kind: 'artifact',
        artifact: artifactOf([stage(journal, 'a', 'a')], { incrementalBeta1: true, baseId: 'QmFzZQ==' }),
      },
      {
        kind: 'artifact',
        artifact: artifactOf([stage(journal, 'b', 'b')], {
          name: 'shared',
          distributedId: 'g',
          finalize: false,
          clientId: 'e',
        }),
      },
      exit,
    )
    await senderOf(journal, server.url).run()
    const manifests = artifacts.operations.filter(({ name }) => name === 'CreateArtifactManifest')
    expect(
      manifests
        .map(({ variables: { name, manifestType, baseArtifactID } }) => [name, manifestType, baseArtifactID])
        .sort(),
    ).toEqual([
      ['wandb_manifest.incremental.json', 'INCREMENTAL', 'QmFzZQ=='],
      ['wandb_manifest.patch.json', 'PATCH', null],
    ])
    expect(artifacts.operations.filter(({ name }) => name === 'UpdateArtifactManifest')).toHaveLength(2)
    expect(artifacts.committed.map(({ input }) => input.artifactCollectionName)).toEqual(['digits'])
  })

  test('may refer to another one of the run by the id that its client gave it', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    const reference = { path: 'x', ref: `wandb-client-artifact://${'c'.repeat(128)}/a`, digest: md5Of('a') }
    journal.append(
      { kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'a')]) },
      { kind: 'artifact', artifact: artifactOf([reference], { name: 'other', clientId: 'd'.repeat(128) }) },
      {
        kind: 'artifact',
        artifact: artifactOf([{ ...reference, ref: 'wandb-client-artifact://nobody/a' }], {
          name: 'lost',
          clientId: 'e',
        }),
      },
      exit,
    )
    const report = await senderOf(journal, server.url).run()
    const other = artifacts.committed.find(({ input }) => input.artifactCollectionName === 'other')
    const hex = Buffer.from('Artifact:1').toString('hex')
    expect(other?.manifest?.contents).toEqual({ x: { digest: md5Of('a'), ref: `wandb-artifact://${hex}/a` } })
    expect(report.failures).toMatchObject([{ kind: 'artifact', name: 'lost', clientId: 'e' }])
    expect(report).toMatchObject({ isExitSent: true, problems: { artifact: 1 } })
  })

  test('versions of one name are saved in the order in which they were logged', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    for (let index = 0; index < 6; index += 1) {
      const entry = stage(journal, 'a', `version ${index}`)
      journal.append({
        kind: 'artifact',
        artifact: artifactOf([entry], { clientId: `c${index}`, name: index % 3 === 0 ? 'x' : 'y' }),
      })
    }
    journal.append(exit)
    await senderOf(journal, server.url).run()
    const idsOf = (name: string) =>
      artifacts.operations
        .filter(({ name: operation }) => operation === 'CommitArtifact')
        .map(({ variables }) => artifacts.versions.find(({ id }) => id === variables.artifactID)?.input)
        .filter((input) => input?.artifactCollectionName === name)
        .map((input) => input?.clientID)
    expect(idsOf('x')).toEqual(['c0', 'c3'])
    expect(idsOf('y')).toEqual(['c1', 'c2', 'c4', 'c5'])
  })
})

describe('an artifact that cannot be saved', () => {
  test('is named and why, keeps nothing else back, and is tried again when asked to', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    const entry = stage(journal, 'weights.bin', 'weights')
    journal.appendRows(0, 2)
    journal.append({ kind: 'artifact', artifact: artifactOf([entry]) }, exit)
    rmSync(entry.localPath as string)
    const report = await senderOf(journal, server.url).run()
    expect(report).toMatchObject({ isExitSent: true, historyRowCount: 2, problems: { artifact: 1 } })
    expect(report.failures).toEqual([
      {
        kind: 'artifact',
        name: 'digits',
        clientId: 'c'.repeat(128),
        code: 'file-unreadable',
        message: `its file "weights.bin" is gone from ${entry.localPath}.`,
        hint: expect.stringContaining('lossline sync'),
      },
    ])
    const requestCount = server.requests.length
    await senderOf(journal, server.url).run()
    expect(server.requests).toHaveLength(requestCount)

    stage(journal, 'weights.bin', 'weights')
    const again = await senderOf(journal, server.url, { retriesFailed: true }).run()
    expect(again).toMatchObject({ isExitSent: true, problems: {}, uploaded: { artifactCount: 1 } })
    expect(artifacts.committed).toHaveLength(1)
    // The run has ended: neither announced anew nor told any lines.
    expect(
      server.requests
        .slice(requestCount)
        .some(({ body, path }) => body.includes('UpsertBucket') || path.endsWith('file_stream')),
    ).toBe(false)
  })

  test.each([
    ['missing', undefined],
    ['garbage', Buffer.from('not a list at all')],
    ['cut off', gzipSync(`${JSON.stringify({ path: 'a', digest: 'b' })}\n`.repeat(1000)).subarray(0, 40)],
    ['of something else', gzipSync('[]\n')],
  ])('a list of its files that is %s: that one fails, others and the rows do not', async (_, content) => {
    await using parts = await openParts()
    const { journal, server, artifacts, directory } = parts
    const path = directory.join('list.jl.gz')
    if (content !== undefined) writeFileSync(path, content)
    const listed = artifactOf([], { name: 'listed', manifest: { version: 1, manifestFilePath: path } })
    journal.append(
      { kind: 'artifact', artifact: listed },
      { kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'a')], { clientId: 'd'.repeat(128) }) },
      exit,
    )
    journal.appendRows(0, 2)
    const report = await senderOf(journal, server.url).run()
    expect(report).toMatchObject({ isExitSent: true, historyRowCount: 2, problems: { artifact: 1 } })
    expect(report.failures).toMatchObject([{ name: 'listed', message: expect.stringContaining(`${path}, cannot be`) }])
    expect(artifacts.committed.map(({ input }) => input.artifactCollectionName)).toEqual(['digits'])
  })

  test('a file with another content than was logged is not sent', async () => {
    await using parts = await openParts()
    const { journal, server } = parts
    const outside = join(journal.runDirectory, 'secret')
    writeFileSync(outside, 'not what it says')
    const entry = { path: 'a', digest: md5Of('something else'), size: 16, localPath: outside }
    journal.append({ kind: 'artifact', artifact: artifactOf([entry]) }, exit)
    const report = await senderOf(journal, server.url).run()
    expect(report.failures).toMatchObject([
      { code: 'file-unreadable', message: expect.stringContaining('has changed'), hint: 'Log the artifact again.' },
    ])
    expect([...server.uploads.values()]).not.toContain('not what it says')
  })

  test('a place that has expired is asked for anew; one that is refused for good ends it', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    let refusals = 0
    server.intercept = ({ method, path }) => {
      if (method !== 'PUT' || !path.includes('expires') || refusals === 1) return undefined
      refusals += 1
      return { kind: 'answer', status: 403, body: 'expired' }
    }
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'expires', 'a')]) })
    const sender = senderOf(journal, server.url)
    expect((await sender.sendAvailable()).problems).toEqual({})
    expect(artifacts.committed).toHaveLength(1)

    server.intercept = ({ method, path }) =>
      method === 'PUT' && path.includes('refused') ? { kind: 'answer', status: 403, body: 'never' } : undefined
    journal.append(
      { kind: 'artifact', artifact: artifactOf([stage(journal, 'refused', 'b')], { clientId: 'e' }) },
      exit,
    )
    const report = await sender.run()
    expect(report.failures).toMatchObject([
      { name: 'digits', code: 'server-refused', message: expect.stringContaining('403: never') },
    ])
    expect(report.isExitSent).toBe(true)
  })

  test.each(['CreateArtifact', 'CreateArtifactFiles', 'CommitArtifact'])('%s refused by GraphQL', async (operation) => {
    await using parts = await openParts()
    const { journal, server } = parts
    server.intercept = ({ body }) =>
      body.includes(`"operationName":"${operation}"`)
        ? { kind: 'answer', status: 200, body: '{"data":null,"errors":[{"message":"bad name"}]}' }
        : undefined
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'a')]) }, exit)
    const report = await senderOf(journal, server.url).run()
    expect(report.failures).toMatchObject([{ message: expect.stringContaining('bad name') }])
    expect(report.isExitSent).toBe(true)
  })

  test('errors of the server are waited out', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    const failed = new Set<string>()
    server.intercept = ({ path, body }) => {
      const name = path === '/graphql' ? JSON.parse(body).operationName : path
      if (failed.has(name)) return undefined
      failed.add(name)
      return { kind: 'answer', status: 503 }
    }
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'a', 'a')]) }, exit)
    const report = await senderOf(journal, server.url).run()
    expect(report.problems).toEqual({})
    expect(artifacts.committed).toHaveLength(1)
    expect(failed.size).toBeGreaterThan(8)
  })
})

describe('beside the stream', () => {
  test('rows arrive while an artifact hangs, the exit does not, and what is left is said', async () => {
    await using parts = await openParts()
    const { journal, server, artifacts } = parts
    const held = Promise.withResolvers<void>()
    const heldFetch: typeof fetch = async (input, init) => {
      if (init?.method === 'PUT' && String(input).includes('big')) await held.promise
      return fetch(input, init)
    }
    journal.append({ kind: 'artifact', artifact: artifactOf([stage(journal, 'big', 'x'.repeat(1000))]) })
    journal.appendRows(0, 2)
    const aborter = new AbortController()
    const seen = Promise.withResolvers<void>()
    const sender = senderOf(journal, server.url, {
      follow: true,
      signal: aborter.signal,
      target: { baseUrl: server.url, transmitIntervalMs: 0, fetch: heldFetch },
      onProgress: () => {
        if ((server.files.get('wandb-history.jsonl')?.length ?? 0) >= 4) seen.resolve()
      },
    })
    const running = sender.run()
    journal.appendRows(2, 4)
    journal.append(exit)
    await seen.promise
    expect(server.exitCode).toBeUndefined()
    expect(await senderOf(journal, 'http://127.0.0.1:9').readUnsent()).toMatchObject({
      rowCount: 4,
      artifactCount: 1,
      artifacts: [{ name: 'digits', bytes: 1000 }],
    })
    held.resolve()
    const report = await running
    expect(report).toMatchObject({ isExitSent: true, problems: {} })
    expect(server.files.get('wandb-history.jsonl')).toEqual(linesOf(0, 4))
    expect(artifacts.committed).toHaveLength(1)
    await sender.close()
  })

  test('a server in this process is told where contents are', async () => {
    await using parts = await openParts()
    const { journal, server } = parts
    const told: [string, number][] = []
    const inProcess: typeof fetch = async (input, init) => {
      const source = new Headers(init?.headers).get('x-lossline-source')
      if (source !== null) told.push([decodeURI(source), init?.body === null ? 0 : 1])
      return fetch(input, init)
    }
    const entry = stage(journal, 'a', 'a')
    writeFileSync(join(journal.runDirectory, 'files', 'größe.txt'), 'x')
    journal.append(
      { kind: 'files', files: { files: [{ path: 'größe.txt' }] } },
      { kind: 'artifact', artifact: artifactOf([entry]) },
      exit,
    )
    await senderOf(journal, server.url, { target: { baseUrl: server.url, isInProcess: true, fetch: inProcess } }).run()
    expect(told.sort()).toEqual([
      [entry.localPath, 0],
      [join(journal.runDirectory, 'files', 'größe.txt'), 0],
    ])
  })
})
