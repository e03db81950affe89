import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRunWriter, stageBytesSync } from '@lossline/journal'
import {
  type ArtifactRecord,
  generateClientId,
  type JsonObject,
  manifestDigest,
  parseJson,
  toManifestRecord,
} from '@lossline/protocol'
import { expect } from 'vitest'
import { createRandom } from '../src/domain/importance/random.ts'

/** What a run logs, and so what the server has to end with. */
export interface Logged {
  readonly rows: JsonObject[]
  readonly lines: string[]
  readonly files: Map<string, string>
  /** Contents of the versions of each artifact, in their order. */
  readonly artifacts: Map<string, Record<string, string>[]>
  readonly config: Record<string, number>
}

/** A run that logs by chance. */
export interface Logger {
  readonly logged: Logged
  logSome(): void
  /** Ends the run with exit code 3. */
  finish(): Promise<unknown>
}

/** Opens the run `faults` of the project `demo`; for the same seed it logs the same. */
export async function openLogger(runDirectory: string, seed: number): Promise<Logger> {
  const random = createRandom(seed ^ 0x5eed)
  const chance = (count: number): number => Math.floor(random() * count)
  const logged: Logged = { rows: [], lines: [], files: new Map(), artifacts: new Map(), config: {} }
  const writer = await openRunWriter({
    runDirectory,
    run: { runId: 'faults', project: 'demo', startTime: { seconds: 1_795_000_000 } },
    producer: 'lossline/test',
    durability: 'sync',
  })

  function logRow(): void {
    const row = { loss: random(), accuracy: chance(100) / 7 }
    writer.tryLogNumbers(row)
    logged.rows.push({ ...row, _step: logged.rows.length })
  }

  function logConsole(): void {
    const line = `line ${logged.lines.length} größe 日本 ${chance(1e6)}`
    logged.lines.push(line)
    writer.append({
      kind: 'outputRaw',
      outputRaw: { outputType: 'stdout', timestamp: { seconds: 1_795_000_001 }, line: `${line}\n` },
    })
  }

  function logFile(): void {
    const name = `media/${chance(3)} ü/${logged.files.size}.txt`
    const text = 'x'.repeat(chance(20_000)) + name
    const path = join(runDirectory, 'files', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    logged.files.set(name, text)
    writer.append({ kind: 'files', files: { files: [{ path: name }] } })
  }

  function logArtifact(): void {
    const name = `artifact-${chance(3)}`
    const versions = logged.artifacts.get(name) ?? []
    const files = Array.from({ length: 1 + chance(40) }, (_, index) => [
      `dir/${index}.bin`,
      chance(4) === 0 ? '' : `${name} ${versions.length} ${index} ${'y'.repeat(chance(3000))}`,
    ])
    const contents: Record<string, string> = Object.fromEntries(files)
    logged.artifacts.set(name, [...versions, contents])
    writer.append({ kind: 'artifact', artifact: toArtifact(runDirectory, name, contents) })
  }

  function logConfig(): void {
    const key = `key${chance(5)}`
    logged.config[key] = random()
    writer.append({ kind: 'config', config: { update: [{ key, valueJson: String(logged.config[key]) }] } })
  }

  return {
    logged,
    logSome() {
      for (let count = 1 + chance(30); count > 0; count -= 1) logRow()
      for (const log of [logConsole, logFile, logArtifact, logConfig]) if (chance(3) === 0) log()
    },
    finish: () => writer.finish({ exitCode: 3 }),
  }
}

function toArtifact(runDirectory: string, name: string, contents: Record<string, string>): ArtifactRecord {
  const entries = Object.entries(contents).map(([path, text]) => {
    const { md5Base64, sizeBytes, localPath } = stageBytesSync(runDirectory, Buffer.from(text))
    return { path, digest: md5Base64, size: sizeBytes, localPath }
  })
  return {
    type: 'dataset',
    name,
    digest: manifestDigest(entries),
    aliases: ['latest'],
    manifest: toManifestRecord(entries),
    finalize: true,
    clientId: generateClientId(),
    sequenceClientId: generateClientId(),
  }
}

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

interface RunAnswer {
  readonly project: {
    readonly run: {
      readonly state: string
      readonly exitcode: number
      readonly historyLineCount: number
      readonly config: string
      readonly summaryMetrics: string
      readonly history: readonly string[]
      readonly logLines: { readonly edges: readonly { readonly node: { readonly line: string } }[] }
      readonly files: { readonly edges: readonly { readonly node: { name: string; directUrl: string } }[] }
    }
  }
}

/** Fails unless a server has exactly what was logged. */
export async function expectAll(url: string, logged: Logged): Promise<void> {
  const { project } = await ask<RunAnswer>(
    url,
    `query Run($names: [String]) { project(name: "demo", entityName: "local") { run(name: "faults") {
      state exitcode historyLineCount config summaryMetrics history(minStep: 0, maxStep: 1000000, samples: 1000000)
      logLines(first: 10000) { edges { node { line } } }
      files(names: $names, first: 1000) { edges { node { name directUrl } } }
    } } }`,
    { names: [...logged.files.keys()] },
  )
  const { run } = project
  expect(run).toMatchObject({ state: 'failed', exitcode: 3, historyLineCount: logged.rows.length })
  // Lines of W&B's JSON are objects here.
  const rows = run.history.map((line) => parseJson(line) as JsonObject)
  expect(rows.map(({ loss, accuracy, _step }) => ({ loss, accuracy, _step }))).toEqual(logged.rows)
  expect(parseJson(run.summaryMetrics)).toMatchObject(logged.rows.at(-1) as object)
  expect(parseJson(run.config)).toMatchObject(
    Object.fromEntries(Object.entries(logged.config).map(([key, value]) => [key, { value }])),
  )
  expect(run.logLines.edges.map(({ node }) => node.line)).toEqual(logged.lines)
  const files = await Promise.all(
    run.files.edges.map(async ({ node }) => [node.name, await (await fetch(node.directUrl)).text()] as const),
  )
  expect(new Map(files)).toEqual(logged.files)
  for (const [name, versions] of logged.artifacts) expect(await readVersions(url, name)).toEqual(versions)
}

interface VersionsAnswer {
  readonly project: {
    readonly artifactType: {
      readonly artifactCollection: {
        readonly artifacts: { readonly edges: readonly { readonly node: { id: string; versionIndex: number } }[] }
      }
    }
  }
}

/** Contents of all committed versions, in their order. */
async function readVersions(url: string, name: string): Promise<Record<string, string>[]> {
  const { project } = await ask<VersionsAnswer>(
    url,
    `query Versions($name: String!) { project(name: "demo", entityName: "local") { artifactType(name: "dataset") {
      artifactCollection(name: $name) { artifacts(first: 100, filters: "{\\"state\\":\\"COMMITTED\\"}") {
        edges { node { id versionIndex } } } } } } }`,
    { name },
  )
  const nodes = project.artifactType.artifactCollection.artifacts.edges.map(({ node }) => node)
  const sorted = nodes.sort((a, b) => a.versionIndex - b.versionIndex)
  return Promise.all(
    sorted.map(async ({ versionIndex }) => {
      const answer = await ask<{
        project: { artifactCollection: { artifactMembership: RunAnswer['project']['run'] } }
      }>(
        url,
        `query Files($name: String!, $alias: String!) { project(name: "demo", entityName: "local") {
          artifactCollection(name: $name) { artifactMembership(aliasName: $alias) {
            files(first: 1000) { edges { node { name directUrl } } } } } } }`,
        { name, alias: `v${versionIndex}` },
      )
      const { edges } = answer.project.artifactCollection.artifactMembership.files
      const contents = edges.map(async ({ node }) => [node.name, await (await fetch(node.directUrl)).text()] as const)
      return Object.fromEntries(await Promise.all(contents))
    }),
  )
}
