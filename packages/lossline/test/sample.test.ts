import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { SampleResponse } from '@lossline/protocol'
import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory, until, workspaceUrl } from '@lossline/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const script = workspaceUrl('packages/lossline/scripts/sample/make-sample.mjs')
const patienceMs = 90_000

let shared: TemporaryDirectory
let packPath = ''
beforeAll(async () => {
  shared = await openTemporaryDirectory()
  packPath = shared.join('sample.br')
  await using child = spawnScript(script, { args: [packPath] })
  expect(await child.exited, child.stderr).toEqual({ exitCode: 0, signal: null })
}, patienceMs)
afterAll(() => shared[Symbol.asyncDispose]())

/** A content of the sample's artifacts. */
function readStaged(): Buffer {
  const whole = brotliDecompressSync(readFileSync(packPath))
  let position = 4 + whole.readUInt32LE(0)
  for (const { path, sizeBytes } of JSON.parse(whole.subarray(4, position).toString()).files) {
    if (path.startsWith('staged/')) return whole.subarray(position, position + sizeBytes)
    position += sizeBytes
  }
  throw new Error('nothing is staged')
}

/** The sample with its first runs alone. */
function writeShortPack(path: string, runCount: number): void {
  const whole = brotliDecompressSync(readFileSync(packPath))
  const headEnd = 4 + whole.readUInt32LE(0)
  const head = JSON.parse(whole.subarray(4, headEnd).toString())
  const json = Buffer.from(JSON.stringify({ ...head, runs: head.runs.slice(0, runCount) }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  // As it is packed best, this alone takes ten seconds.
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY }
  writeFileSync(path, brotliCompressSync(Buffer.concat([length, json, whole.subarray(headEnd)]), { params }))
}

interface Client {
  sample(method?: 'GET' | 'POST'): Promise<SampleResponse>
  get<Answer>(path: string): Promise<Answer>
  send(method: string, path: string, body?: object): Promise<Response>
}

function toClient({ url }: Pick<StartedServer, 'url'>): Client {
  const send: Client['send'] = (method, path, body) =>
    fetch(url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  const read = async <Answer>(response: Response): Promise<Answer> => {
    expect(response.status).toBe(200)
    return (await response.json()) as Answer
  }
  return {
    send,
    get: async (path) => read(await send('GET', path)),
    sample: async (method = 'GET') => read(await send(method, '/api/sample/local')),
  }
}

/** Uploads a file of a run of another project. @returns its path on the server */
async function putOwnFile(client: Client, content: Buffer): Promise<string> {
  const ask = async (query: string): Promise<string> => (await client.send('POST', '/graphql', { query })).text()
  await ask('mutation { upsertBucket(input: { name: "r1", modelName: "mine" }) { inserted } }')
  const slot = await ask(
    'mutation { createRunFiles(input: { entityName: "local", projectName: "mine", runName: "r1", files: ["f.bin"] }) { files { uploadUrl } } }',
  )
  const { data } = JSON.parse(slot) as { data: { createRunFiles: { files: { uploadUrl: string }[] } } }
  const response = await fetch(data.createRunFiles.files[0]!.uploadUrl, {
    method: 'PUT',
    body: new Uint8Array(content),
  })
  expect(response.status).toBe(200)
  return '/api/runs/local/mine/r1/file?name=f.bin'
}

const untilLoaded = (client: Client) =>
  until(async () => {
    const sample = await client.sample()
    expect(sample).toMatchObject({ state: 'loaded' })
    return sample
  }, patienceMs)

/** Files of a folder, relative, without those that every database has. */
function filesIn(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory, { recursive: true }).map(String).sort() : []
}

test('two clicks load one sample: recent runs of all kinds, and removing it leaves nothing of it on disk', {
  timeout: 2 * patienceMs,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.path
  const server = await startServer({ dataDirectory, samplePack: packPath, port: 0, log: () => {} })
  try {
    const client = toClient(server)
    expect(await client.sample()).toMatchObject({ isAvailable: true, state: 'absent', project: null })
    const filesBefore = ['blobs', 'run-files'].map((name) => filesIn(join(dataDirectory, name)))
    const clicks = await Promise.all([client.sample('POST'), client.sample('POST')])
    for (const click of clicks) expect(click).toMatchObject({ state: 'loading', project: 'sample', runCount: 60 })
    expect(await untilLoaded(client)).toMatchObject({ loadedRunCount: 60, otherRunCount: 0, problem: null })
    expect((await client.sample('POST')).state).toBe('loaded')

    const { projects } = await client.get<{ projects: object[] }>('/api/projects')
    expect(projects).toMatchObject([{ project: 'sample', isSample: true, runCount: 60, runningCount: 0 }])
    const { runs } = await client.get<{ runs: Record<string, unknown>[] }>('/api/projects/local/sample/runs?limit=100')
    const states = runs.map(({ state }) => String(state)).sort()
    expect([...new Set(states)]).toEqual(['crashed', 'failed', 'finished', 'killed'])
    const [nowMs, hourMs] = [Date.now(), 3_600_000]
    const beginnings = runs.map(({ createdAtMs }) => nowMs - Number(createdAtMs))
    expect(Math.min(...beginnings)).toBeGreaterThan(0)
    expect(Math.min(...beginnings)).toBeLessThan(hourMs)
    expect(Math.max(...beginnings)).toBeGreaterThan(24 * hourMs)
    const { sweeps } = await client.get<{ sweeps: object[] }>('/api/projects/local/sample/sweeps')
    expect(sweeps).toMatchObject([{ state: 'finished', runCount: 32 }])
    const { views } = await client.get<{ views: object[] }>('/api/projects/local/sample/views?type=project-view')
    expect(views).toHaveLength(3)
    const answer = await client.send('POST', '/graphql', {
      query: `{ project(name: "sample") {
        artifactType(name: "model") { artifactCollections { edges { node { name } } } }
        run(name: "${runs.find(({ displayName }) => displayName === 'evaluate large')?.runId}") {
          inputArtifacts { edges { node { artifactSequence { name } aliases { alias } } } }
          outputArtifacts { edges { node { artifactSequence { name } } } } } } }`,
    })
    const { data } = (await answer.json()) as { data: Record<string, never> }
    expect(JSON.stringify(data)).toMatch(/digits-large/)
    expect(data).toMatchObject({
      project: { run: { outputArtifacts: { edges: expect.arrayContaining([expect.anything()]) } } },
    })
    const inputs = JSON.stringify(
      (data as { project?: { run?: { inputArtifacts?: unknown } } }).project?.run?.inputArtifacts,
    )
    for (const name of ['digits-large', 'production', '"digits"', 'clean']) expect(inputs).toContain(name)

    // What somebody else has with the same content stays.
    const own = await putOwnFile(client, readStaged())
    expect(filesIn(join(dataDirectory, 'blobs')).length).toBeGreaterThan(filesBefore[0]!.length + 200)
    expect((await client.send('DELETE', '/api/sample/local')).status).toBe(204)
    expect(await client.sample()).toMatchObject({ state: 'absent', project: null })
    expect(await client.get('/api/projects')).toMatchObject({ projects: [{ project: 'mine', isSample: false }] })
    const left = readdirSync(join(dataDirectory, 'blobs'), { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => entry.isFile())).toHaveLength(1)
    expect(filesIn(join(dataDirectory, 'run-files'))).toHaveLength(1)
    expect(Buffer.from(await (await client.send('GET', own)).arrayBuffer()).equals(readStaged())).toBe(true)
    expect(readdirSync(dataDirectory).filter((name) => name.startsWith('sample-'))).toEqual([])
    expect((await client.send('DELETE', '/api/sample/local')).status).toBe(404)
  } finally {
    await server.close()
  }
})

test('a server that is killed while it loads goes on after it, and what others have logged is counted and kept apart', {
  timeout: 2 * patienceMs,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('data')
  const shortPack = directory.join('short.br')
  mkdirSync(dataDirectory)
  writeShortPack(shortPack, 8)
  {
    await using child = spawnScript(new URL('./serve-sample.ts', import.meta.url), { args: [dataDirectory, shortPack] })
    const [, url = ''] = await child.waitForOutput(/at (\S+)/)
    const client = toClient({ url })
    await client.sample('POST')
    await until(async () => expect((await client.sample()).loadedRunCount).toBeGreaterThanOrEqual(2))
    child.send('SIGKILL')
    await child.exited
  }
  expect(readdirSync(dataDirectory).some((name) => name.startsWith('sample-work-'))).toBe(true)
  const server = await startServer({ dataDirectory, samplePack: shortPack, port: 0, log: () => {} })
  try {
    const client = toClient(server)
    expect(readdirSync(dataDirectory).filter((name) => name.startsWith('sample-work-'))).toEqual([])
    expect(await client.sample()).toMatchObject({ state: 'incomplete', project: 'sample', runCount: 8 })
    const input = { name: 'mine', modelName: 'sample', entityName: 'local' }
    await client.send('POST', '/graphql', {
      query: 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }',
      variables: { input },
    })
    // What somebody has changed or thrown away meanwhile stays so.
    const { sweeps } = await client.get<{ sweeps: { name: string }[] }>('/api/projects/local/sample/sweeps')
    expect((await client.send('DELETE', `/api/projects/local/sample/sweeps/${sweeps[0]!.name}`)).status).toBe(204)
    const description = 'Mine now'
    expect((await client.send('PATCH', '/api/projects/local/sample', { description })).status).toBe(200)
    expect(await client.sample('POST')).toMatchObject({ state: 'loading' })
    expect(await untilLoaded(client)).toMatchObject({ loadedRunCount: 8, otherRunCount: 1 })
    expect(await client.get('/api/projects/local/sample')).toMatchObject({ project: { description } })
    expect(await client.get('/api/projects/local/sample/sweeps')).toMatchObject({ sweeps: [] })
    const { runs } = await client.get<{ runs: Record<string, unknown>[] }>('/api/projects/local/sample/runs?limit=100')
    const rowCounts = await Promise.all(
      runs.map(async ({ runId }) => {
        const { run } = await client.get<{ run: { historyLineCount: number; lastStep: number | null } }>(
          `/api/runs/local/sample/${runId}`,
        )
        return [run.historyLineCount, (run.lastStep ?? -1) + 1]
      }),
    )
    for (const [lines, steps] of rowCounts) expect(lines).toBe(steps)
    // A run that goes on would make the project anew.
    expect((await client.send('DELETE', '/api/sample/local')).status).toBe(409)
    expect((await client.sample()).state).toBe('loaded')
  } finally {
    await server.close()
  }
})

test('the sample is made of its sources alone: made twice, it is the same to the last bit', async () => {
  await using child = spawnScript(script, { args: [shared.join('again.br')] })
  await child.exited
  expect(readFileSync(shared.join('again.br')).equals(readFileSync(packPath))).toBe(true)
})

test('a server loads it when it starts, but to nobody where people have accounts', {
  timeout: patienceMs,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const samplePack = directory.join('short.br')
  writeShortPack(samplePack, 2)
  const server = await startServer({ dataDirectory: directory.join('data'), samplePack, port: 0, log: () => {} })
  try {
    await server.loadSample()
    await server.loadSample()
    expect(await untilLoaded(toClient(server))).toMatchObject({ loadedRunCount: 2 })
  } finally {
    await server.close()
  }
  const bare = await startServer({ dataDirectory: directory.join('bare'), port: 0, log: () => {} })
  try {
    await expect(bare.loadSample()).rejects.toMatchObject({ code: 'unsupported-operation' })
  } finally {
    await bare.close()
  }
})
