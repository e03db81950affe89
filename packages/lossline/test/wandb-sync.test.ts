import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Artifact, Image, init, Table } from '@lossline/core'
import { parseJson } from '@lossline/protocol'
import { startServer } from '@lossline/server'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

const client = findPythonClient()
if ('missing' in client) console.warn(`Not synced with W&B's own client: ${client.missing}`)

/** A run with something of everything. */
async function writeRun(dir: string): Promise<{ id: string; directory: string }> {
  const run = await init({
    project: 'demo',
    mode: 'offline',
    dir,
    silent: true,
    console: 'off',
    config: { learningRate: 0.1, optimizer: { name: 'adam' } },
  })
  for (let step = 0; step < 50; step += 1) run.log({ loss: Math.exp(-step / 10), 'val/accuracy': step / 50 })
  run.log({ nested: { deep: 1, missing: Number.NaN }, text: 'größe' })
  for (let index = 0; index < 3; index += 1) {
    const pixels = new Uint8Array(64).map((_, pixel) => pixel * (index + 1))
    run.log({ sample: new Image(pixels, { width: 8, height: 8, caption: `number ${index}` }) })
  }
  const rows = [
    ['cat', 0.9],
    ['dog', 0.1],
  ]
  run.log({ predictions: new Table({ columns: ['label', 'score'], rows }) })
  const model = new Artifact('digits-cnn', 'model', { description: 'a model', metadata: { layers: 3 } })
  await model.addBuffer(new Uint8Array(5000).fill(7), 'weights.bin')
  await model.addBuffer(new Uint8Array(), 'empty')
  run.logArtifact(model, { aliases: ['best'] })
  await run.finish()
  const runs = join(dir, '.lossline', 'runs')
  return { id: run.id, directory: join(runs, readdirSync(runs).find((name) => name.endsWith(run.id)) as string) }
}

const everythingQuery = `query Everything($run: String!) { project(name: "demo", entityName: "local") { run(name: $run) {
  state exitcode historyLineCount summaryMetrics config history(samples: 100000)
  files(first: 1000) { edges { node { name md5 sizeBytes } } }
  outputArtifacts(first: 100) { edges { node {
    digest description metadata state fileCount size artifactType { name } artifactSequence { name } aliases { alias }
  } } } } } }`

interface Everything {
  readonly project: {
    readonly run: {
      readonly history: readonly string[]
      readonly summaryMetrics: string
      readonly config: string
      readonly files: { readonly edges: readonly { readonly node: { readonly name: string } }[] }
      readonly outputArtifacts: {
        readonly edges: readonly {
          readonly node: { readonly aliases: readonly object[]; readonly artifactSequence: { readonly name: string } }
        }[]
      }
    }
  }
}

// Each client makes these anew when it sends, in its own way.
const madeByClients = new Set(['config.yaml', 'output.log', 'wandb-metadata.json', 'wandb-summary.json'])

/** All that a server has of a run, in an order that does not depend on which came first. */
async function readEverything(url: string, run: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: everythingQuery, variables: { run } }),
  })
  const { data } = (await response.json()) as { data: Everything }
  const { history, summaryMetrics, config, files, outputArtifacts, ...facts } = data.project.run
  const { _wandb, ...values } = parseJson(config) as Record<string, unknown>
  const names = files.edges.map(({ node }) => node).filter(({ name }) => !madeByClients.has(name))
  return {
    ...facts,
    rows: history.map((line) => parseJson(line)),
    summary: parseJson(summaryMetrics),
    config: values,
    files: names.sort((a, b) => a.name.localeCompare(b.name)),
    artifacts: outputArtifacts.edges
      .map(({ node }) => ({ ...node, aliases: node.aliases.map((alias) => JSON.stringify(alias)).sort() }))
      .sort((a, b) => a.artifactSequence.name.localeCompare(b.artifactSequence.name)),
  }
}

async function syncWithPython(directory: string, home: string, url: string): Promise<string> {
  const child = spawn('python' in client ? client.python : '', ['-m', 'wandb', 'sync', directory], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      WANDB_BASE_URL: url,
      WANDB_API_KEY: 'x'.repeat(40),
      WANDB_ERROR_REPORTING: 'false',
      NO_PROXY: '*',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  expect(exitCode, output).toBe(0)
  return output
}

describe.skipIf('missing' in client)("W&B's own sync", { timeout: 180_000 }, () => {
  test('takes a run of ours with media, tables and artifacts, and brings what our sync brings', async () => {
    await using directory = await openTemporaryDirectory()
    const open = (name: string) =>
      startServer({ dataDirectory: directory.join(name), port: 0, watch: [], log: () => {} })
    const [ours, theirs] = [await open('ours'), await open('theirs')]
    try {
      const { id, directory: folder } = await writeRun(directory.path)
      const { stdout, exitCode } = await runLossline(['sync', folder, '--base-url', ours.url], { cwd: directory.path })
      expect(exitCode, stdout).toBe(0)
      const output = await syncWithPython(folder, directory.path, theirs.url)
      expect(output).toContain('Finished syncing')

      const our = await readEverything(ours.url, id)
      expect(our).toMatchObject({ state: 'finished', exitcode: 0, historyLineCount: 55 })
      expect(our.files.filter(({ name }) => name.startsWith('media/images/'))).toHaveLength(3)
      expect(our.files.filter(({ name }) => name.startsWith('media/table/'))).toHaveLength(1)
      expect(our.artifacts).toMatchObject([
        {
          state: 'COMMITTED',
          fileCount: 2,
          size: 5000,
          artifactSequence: { name: 'digits-cnn' },
          description: 'a model',
        },
        { state: 'COMMITTED', artifactType: { name: 'run_table' } },
      ])
      expect(await readEverything(theirs.url, id)).toEqual(our)
    } finally {
      await ours.close()
      await theirs.close()
    }
  })
})
