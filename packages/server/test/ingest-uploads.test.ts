import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openRunWriter, stageBytesSync } from '@lossline/journal'
import { type ArtifactRecord, generateClientId, manifestDigest, toManifestRecord } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type StartedServer, startServer } from '../src/index.ts'

async function ask<T>(server: StartedServer, query: string): Promise<T> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return ((await response.json()) as { data: T }).data
}

function toArtifact(runDirectory: string, contents: Record<string, string>): ArtifactRecord {
  const entries = Object.entries(contents).map(([path, text]) => {
    const { md5Base64, sizeBytes, localPath } = stageBytesSync(runDirectory, Buffer.from(text))
    return { path, digest: md5Base64, size: sizeBytes, localPath }
  })
  return {
    type: 'model',
    name: 'digits-cnn',
    digest: manifestDigest(entries),
    aliases: ['latest', 'best'],
    manifest: toManifestRecord(entries),
    finalize: true,
    clientId: generateClientId(),
    sequenceClientId: generateClientId(),
  }
}

test('files and artifacts of a folder arrive with their contents, and the run ends after them', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory('lossline größe % ')
  const dataDirectory = directory.join('.lossline')
  const runDirectory = join(dataDirectory, 'runs', 'run-20261124_101500-uploads')
  const writer = await openRunWriter({
    runDirectory,
    run: { runId: 'uploads', project: 'demo', startTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 } },
    producer: 'test/1',
  })
  mkdirSync(join(runDirectory, 'files', 'media'), { recursive: true })
  writeFileSync(join(runDirectory, 'files', 'media', 'größe #1?.txt'), 'a file')
  writer.append({ kind: 'files', files: { files: [{ path: 'media/größe #1?.txt' }] } })
  const contents = { 'weights.bin': 'w'.repeat(100_000), 'sub/labels.txt': 'zero\none', empty: '' }
  for (const version of [contents, { ...contents, more: 'x' }]) {
    writer.append({ kind: 'artifact', artifact: toArtifact(runDirectory, version) })
  }
  for (let step = 0; step < 20; step += 1) writer.tryLogNumbers({ loss: step })
  await writer.finish({ exitCode: 0 })

  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    await expect
      .poll(async () => (await fetch(`${server.url}/api/runs/local/demo/uploads`)).json(), { timeout: 20_000 })
      .toMatchObject({ run: { state: 'finished', historyLineCount: 20 } })
    const { project } = await ask<{ project: Record<string, never> }>(
      server,
      `{ project(name: "demo", entityName: "local") {
        v0: artifact(name: "digits-cnn:v0") { state fileCount size }
        best: artifact(name: "digits-cnn:best") { state fileCount versionIndex digest }
        none: artifact(name: "digits-cnn:v2") { id }
        run(name: "uploads") { files(names: ["media/größe #1?.txt"]) { edges { node { name sizeBytes directUrl } } } }
      } }`,
    )
    expect(project).toMatchObject({
      v0: { state: 'COMMITTED', fileCount: 3, size: 100_008 },
      best: { state: 'COMMITTED', fileCount: 4, versionIndex: 1 },
      none: null,
      run: { files: { edges: [{ node: { name: 'media/größe #1?.txt', sizeBytes: 6 } }] } },
    })
    const url = (project as unknown as { run: { files: { edges: { node: { directUrl: string } }[] } } }).run.files
      .edges[0]?.node.directUrl as string
    expect(await (await fetch(url)).text()).toBe('a file')
  } finally {
    await server.close()
  }
})

test('versions are numbered in the order in which runs began, whatever their folders are called', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('.lossline')
  const runIds = ['lr-1', 'lr-0.1', 'lr-0.01', 'lr-0.001', 'lr-0.0001']
  for (const [index, runId] of runIds.entries()) {
    // All began in one second; the first has the most to read and to copy.
    const runDirectory = join(dataDirectory, 'runs', `run-20261124_101500-${runId}`)
    const startTime = { seconds: Math.floor(Date.now() / 1000), nanos: 0 }
    const writer = await openRunWriter({ runDirectory, run: { runId, project: 'demo', startTime }, producer: 'test/1' })
    for (let step = 0; step < 4_000 / (index + 1); step += 1) writer.tryLogNumbers({ loss: step })
    const weights = runId.repeat(2_000_000 / (index + 1) ** 2)
    writer.append({ kind: 'artifact', artifact: toArtifact(runDirectory, { 'weights.bin': weights }) })
    await writer.finish({ exitCode: 0 })
  }
  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    const fields = runIds.map(
      (_, index) => `v${index}: artifact(name: "digits-cnn:v${index}") { createdBy { ... on Run { name } } }`,
    )
    const makers = async (): Promise<(string | undefined)[]> => {
      const { project } = await ask<{ project: Record<string, { createdBy: { name: string } } | null> | null }>(
        server,
        `{ project(name: "demo", entityName: "local") { ${fields} } }`,
      )
      return Object.values(project ?? {}).map((artifact) => artifact?.createdBy.name)
    }
    await expect.poll(makers, { timeout: 20_000 }).toEqual(runIds)
  } finally {
    await server.close()
  }
})
