import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createRunArtifacts, type RunArtifactsParts } from '../src/artifacts/run-artifacts.ts'
import { Artifact, type ArtifactVersion } from '../src/index.ts'
import { nodeArtifactFiles } from '../src/node/artifacts/node-artifact-files.ts'
import { connect } from '../src/node/server/connect.ts'
import { openFakeServer, silence } from './api/fake-server.ts'

const place = { name: 'mnist', project: { name: 'demo', entity: { name: 'local' } } }
const version = {
  id: 'QXJ0aWZhY3Q6MQ==',
  artifactSequence: place,
  versionIndex: 0,
  artifactType: { name: 'dataset' },
  digest: 'd',
}

type Answers = Parameters<typeof openFakeServer>[0]

/** The artifacts of a run whose server gives these answers. */
async function openParts(
  answers: Answers,
  problems: RunArtifactsParts['problems'] = () => [],
  mode: RunArtifactsParts['mode'] = 'online',
) {
  const directory = await openTemporaryDirectory()
  const server = await openFakeServer({
    Viewer: () => ({ viewer: { id: 'u', entity: 'local' } }),
    ArtifactByID: () => ({ artifact: { ...version, state: 'COMMITTED' } }),
    ...answers,
  })
  const connection = await connect({ kind: 'remote', baseUrl: server.url, apiKey: undefined })
  const records: unknown[] = []
  const artifacts = createRunArtifacts({
    mode,
    directory: directory.path,
    files: nodeArtifactFiles,
    connection: { connect: () => Promise.resolve(connection), close: () => {} },
    // Of a run's facts these are all that is looked at.
    facts: () => ({ id: 'r', project: 'demo', entity: 'local' }) as ReturnType<RunArtifactsParts['facts']>,
    append: (body) => records.push(body),
    flush: () => Promise.resolve(),
    problems,
    warn: () => {},
  })
  return {
    artifacts,
    directory: directory.path,
    server,
    records,
    async [Symbol.asyncDispose]() {
      await connection.close()
      await server[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

test('a use that is refused just before the server knows the run is told again', async () => {
  let count = 0
  const noted = () => {
    count += 1
    return count < 2 ? undefined : { useArtifact: { artifact: { id: version.id } } }
  }
  await using parts = await openParts({ UseArtifact: noted, RunByName: () => ({ project: { run: { id: 'r' } } }) })
  const used = await parts.artifacts.useArtifact('wandb-artifact://_id/1')
  expect([used.type, count, parts.records.length]).toEqual(['dataset', 2, 1])
})

test('a use that a server refuses twice of a run it knows fails', async () => {
  await using parts = await openParts({ RunByName: () => ({ project: { run: { id: 'r' } } }) })
  await expect(parts.artifacts.useArtifact('wandb-artifact://_id/1')).rejects.toMatchObject({
    code: 'server-request',
  })
  expect(parts.server.questions.filter(({ operationName }) => operationName === 'UseArtifact')).toHaveLength(2)
})

test('the end waits for uses that are being noted', async () => {
  await using parts = await openParts({ UseArtifact: () => ({ useArtifact: { artifact: { id: version.id } } }) })
  const using = parts.artifacts.useArtifact('wandb-artifact://_id/1')
  await parts.artifacts.settled()
  expect(parts.records).toHaveLength(1)
  await using
})

test('a version does not fail because an earlier one of its name did', async () => {
  let count = 0
  const pendingOnce = () => {
    count += 1
    return { artifact: { ...version, state: count === 1 ? 'PENDING' : 'COMMITTED' } }
  }
  const problem = { reason: 'upload-failed', droppedRowCount: 0 } as const
  const message = 'Artifact "mnist" was not saved: it was too large.'
  let failedId = 'of another version'
  await using parts = await openParts(
    { ClientIDMapping: () => ({ clientIDMapping: { serverID: version.id } }), ArtifactByID: pendingOnce },
    () => [{ ...problem, message, artifactClientId: failedId }],
  )
  const draft = new Artifact('mnist', 'dataset')
  const logged = parts.artifacts.logArtifact(draft)
  expect((await logged.wait()).state).toBe('committed')
  count = 0
  const failed = new Artifact('mnist', 'dataset')
  failedId = failed.facts.clientId
  await expect(parts.artifacts.logArtifact(failed).wait()).rejects.toMatchObject({ code: 'artifact-save-failed' })
})

test('what whoever reads the folder of a local run did not take is a failure of the run, and of the wait', async () => {
  await using parts = await openParts({ ClientIDMapping: () => ({ clientIDMapping: null }) }, () => [], 'local')
  const draft = new Artifact('mnist', 'dataset')
  const logged = parts.artifacts.logArtifact(draft)
  expect(parts.artifacts.failures).toEqual([])
  const failed = { state: 'failed', name: 'mnist', message: 'it has another type', clientId: draft.facts.clientId }
  const sync = { version: 2, servers: { 'http://store-1.localhost': { artifacts: { 17: failed } } } }
  writeFileSync(join(parts.directory, 'sync.json'), JSON.stringify(sync))
  const message = 'Artifact "mnist" was not taken by the server: it has another type'
  await expect(logged.wait()).rejects.toMatchObject({ code: 'artifact-save-failed', message })
  expect(parts.artifacts.failures).toEqual([message])
})

test('a version that was found is waited for, and stays where it was found', async () => {
  let count = 0
  const pendingOnce = () => {
    count += 1
    return { artifact: { ...version, state: count < 3 ? 'PENDING' : 'COMMITTED' } }
  }
  await using parts = await openParts({
    ArtifactByID: pendingOnce,
    UseArtifact: () => ({ useArtifact: { artifact: { id: version.id } } }),
  })
  const found = await parts.artifacts.useArtifact('wandb-artifact://_id/1')
  expect(found.state).toBe('pending')
  expect((await found.wait()).state).toBe('committed')
})

test('waiting ends with the reason of its signal, whatever it waits for', async () => {
  await using parts = await openParts({})
  const logged = parts.artifacts.logArtifact(new Artifact('mnist', 'dataset'))
  const reason = new Error('enough')
  await expect(logged.wait({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('what is assigned while changes are saved is kept for the next time', async () => {
  const sent: unknown[] = []
  let logged: ArtifactVersion | undefined
  await using parts = await openParts({
    ClientIDMapping: () => ({ clientIDMapping: { serverID: version.id } }),
    UpdateArtifact: ({ variables }) => {
      sent.push(variables)
      if (sent.length === 1 && logged !== undefined) logged.description = 'second'
      return sent.length === 1 ? undefined : { updateArtifact: { artifact: { id: version.id } } }
    },
  })
  logged = await parts.artifacts.logArtifact(new Artifact('mnist', 'dataset')).wait()
  logged.description = 'first'
  logged.metadata = { a: 1 }
  await expect(logged.save()).rejects.toMatchObject({ code: 'server-request' })
  expect([logged.description, logged.metadata]).toEqual(['second', { a: 1 }])
})

test('calls that ask a server end with their signal, and with its reason', async () => {
  let controller = new AbortController()
  const reason = new Error('enough')
  const giveUp = () => {
    controller.abort(reason)
    return silence
  }
  await using parts = await openParts({
    ClientIDMapping: () => ({ clientIDMapping: { serverID: version.id } }),
    DeleteArtifact: giveUp,
    LinkArtifact: giveUp,
    UpdateArtifact: giveUp,
    FetchLinkedArtifacts: giveUp,
    ArtifactCreatedBy: giveUp,
    ArtifactUsedBy: giveUp,
    FetchArtifactManifest: giveUp,
  })
  const logged = await parts.artifacts.logArtifact(new Artifact('mnist', 'dataset')).wait()
  logged.description = 'changed'
  const calls: ((options: { signal: AbortSignal }) => Promise<unknown>)[] = [
    (options) => logged.delete(options),
    (options) => logged.link('elsewhere', options),
    (options) => logged.save(options),
    (options) => logged.links(options),
    (options) => logged.loggedBy(options),
    (options) => logged.usedBy(options),
    (options) => logged.entries(options),
    (options) => {
      // The list of files is on its way for the call before, and is not asked for again.
      const verifying = logged.verify(undefined, options)
      controller.abort(reason)
      return verifying
    },
  ]
  for (const call of calls) {
    controller = new AbortController()
    await expect(call({ signal: controller.signal })).rejects.toBe(reason)
    await expect(call({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  }
})
