import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { openTemporaryDirectory, spawnScript, until } from '@lossline/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { findVersion, logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { type StartedClient, toStartedClient } from './started-client.ts'
import { historyLines } from './test-server.ts'

/** A handful here; `npm run crash-test` asks for 200. */
const killCount = Number(process.env.LOSSLINE_KILLS ?? 5)
const serveScript = new URL('./scripts/serve.ts', import.meta.url)

/** What a client knows to be on the server, because it was told so. */
interface Acknowledged {
  rowCount: number
  /** Content by name. */
  readonly files: Map<string, string>
  readonly artifacts: Set<number>
}

/** Contents of files and artifacts follow from their number, so that any of them can be checked. */
const contentOf = (kind: string, number: number): string => `${kind} ${number} `.repeat(20_000 + number)
const chunkRowCount = 40
const filesCount = 7

test('killed at random moments under load: what was acknowledged is there once, and nothing is left over', {
  timeout: 60_000 + killCount * 15_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('data')
  const acknowledged: Acknowledged = { rowCount: 0, files: new Map(), artifacts: new Set() }
  const next = { file: 0, artifact: 0 }
  for (const delayMs of fc.sample(fc.integer({ min: 0, max: 500 }), { numRuns: killCount })) {
    await using server = await spawnScript(serveScript, { args: [dataDirectory] })
    const [, url = ''] = await server.waitForOutput(/listening on (\S+)/)
    const client = toStartedClient({ url, dataDirectory })
    await checkRows(client, acknowledged.rowCount)
    await client.upsert('r1')
    const load = Promise.all([
      logRows(client, acknowledged),
      putFiles(client, acknowledged, next),
      putArtifacts(client, acknowledged, next),
    ])
    // A slow machine may need longer than all delays together for the first row.
    if (acknowledged.rowCount === 0) await until(() => expect(acknowledged.rowCount).toBeGreaterThan(0))
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    server.send('SIGKILL')
    await server.exited
    await load
  }

  const server = await startServer({ dataDirectory, port: 0, watch: [], log: () => {} })
  try {
    const client = toStartedClient(server)
    await checkRows(client, acknowledged.rowCount)
    const expected = new Set<string>()
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
    for (let slot = 0; slot < filesCount; slot++) {
      const found = await client.readRunFile('r1', `file-${slot}`)
      const known = acknowledged.files.get(`file-${slot}`)
      // One that was being put may be there too, but whole.
      if (found === undefined) expect(known).toBeUndefined()
      else {
        const number = Number(/^file (\d+) /.exec(found.toString('latin1', 0, 30))?.[1])
        expect(found.toString() === contentOf('file', number), `file-${slot} holds all of one upload`).toBe(true)
        expect(number).toBeGreaterThanOrEqual(Number(/^file (\d+) /.exec(known ?? 'file 0 ')?.[1]))
        expected.add(digest(found.toString()))
      }
    }
    for (let number = 0; number <= next.artifact; number++) {
      const found = await findVersion(client, `artifact-${number}:latest`)
      if (acknowledged.artifacts.has(number)) expect(found).not.toBeNull()
      if (found === null) continue
      // Tried again after a kill, it is the same version.
      expect([found.versionIndex, found.files.totalCount]).toEqual([0, 1])
      const response = await client.request(found.files.edges[0]!.node.directUrl)
      expect((await response.text()) === contentOf('artifact', number), `artifact-${number} is whole`).toBe(true)
      expected.add(digest(contentOf('artifact', number)))
    }
    const all = { graceMs: -60_000, abandonedMs: -60_000 }
    await server.collectGarbage({ apply: true, ...all })
    expect(await server.collectGarbage({ apply: false, ...all })).toMatchObject({
      contents: [],
      leftovers: { count: 0 },
      expiredVersionCount: 0,
      abandonedVersionCount: 0,
    })
    const kept = readdirSync(directory.join('data/blobs/sha256'), { recursive: true }).map((name) =>
      String(name).replace(/[/\\]/, ''),
    )
    expect(new Set(kept.filter((name) => name.length === 64))).toEqual(expected)
    expect(readdirSync(directory.join('data/blobs/temporary'))).toEqual([])
  } finally {
    await server.close()
  }
  expect(acknowledged.rowCount).toBeGreaterThan(0)
  console.log(
    `${killCount} kills: ${acknowledged.rowCount} rows, ${next.file} uploads, ${acknowledged.artifacts.size} artifacts acknowledged`,
  )
})

/** All rows are there once, in their order, and of the last request all or nothing. */
async function checkRows(client: StartedClient, acknowledgedCount: number): Promise<void> {
  const { project } = await client.graphql<{
    project: { run: { historyLineCount: number; history: string[] } | null } | null
  }>(
    `query { project(name: "demo") { run(name: "r1") { historyLineCount history(minStep: ${Math.max(0, acknowledgedCount - 100)}, maxStep: 100000000) } } }`,
  )
  const run = project?.run
  if (run == null) return expect(acknowledgedCount).toBe(0)
  expect([acknowledgedCount, acknowledgedCount + chunkRowCount]).toContain(run.historyLineCount)
  const steps = run.history.map((line) => JSON.parse(line) as { _step: number; loss: number })
  const from = Math.max(0, acknowledgedCount - 100)
  expect(steps.map(({ _step }) => _step)).toEqual(
    Array.from({ length: run.historyLineCount - from }, (_, i) => from + i),
  )
  for (const { _step, loss } of steps) expect(loss).toBe(_step / 2)
}

/** The same request again until it is acknowledged: its answer may be what the kill took. */
async function logRows(client: StartedClient, acknowledged: Acknowledged): Promise<void> {
  await untilGone(async () => {
    const offset = acknowledged.rowCount
    const rows = Array.from({ length: chunkRowCount }, (_, i) => ({ loss: (offset + i) / 2 }))
    const { status } = await client.stream('r1', {
      files: { 'wandb-history.jsonl': { offset, content: historyLines(offset, rows) } },
    })
    expect(status).toBe(200)
    acknowledged.rowCount += chunkRowCount
  })
}

async function putFiles(client: StartedClient, acknowledged: Acknowledged, next: { file: number }): Promise<void> {
  await untilGone(async () => {
    const name = `file-${next.file % filesCount}`
    const content = contentOf('file', next.file)
    await uploadRunFile(client, 'r1', name, content)
    acknowledged.files.set(name, content)
    next.file += 1
  })
}

async function putArtifacts(
  client: StartedClient,
  acknowledged: Acknowledged,
  next: { artifact: number },
): Promise<void> {
  await untilGone(async () => {
    await logArtifact(client, {
      name: `artifact-${next.artifact}`,
      files: { data: contentOf('artifact', next.artifact) },
    })
    acknowledged.artifacts.add(next.artifact)
    next.artifact += 1
  })
}

/** Goes on until the server cannot be reached any more. Any answer but success is an error of the test. */
async function untilGone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work()
    } catch (error) {
      // What `fetch` says of a connection that is gone.
      if (error instanceof TypeError) return
      throw error
    }
  }
}
