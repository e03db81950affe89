import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { Artifact, Image, init, Table } from '@lossline/core'
import { openRunWriter } from '@lossline/journal'
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

/** A run as W&B's client leaves it offline: nothing but its journal. */
async function writeBareRun(dir: string): Promise<string> {
  const folder = join(dir, 'wandb', 'offline-run-20261124_101500-bare')
  const writer = await openRunWriter({
    runDirectory: folder,
    run: {
      runId: 'bare',
      project: 'demo',
      startTime: { seconds: 1_795_515_300 },
      config: { update: [{ key: 'lr', valueJson: '0.5' }] },
    },
    producer: 'test',
  })
  const print = (outputType: 'stdout' | 'stderr', line: string): void =>
    writer.append({ kind: 'outputRaw', outputRaw: { outputType, line, timestamp: { seconds: 1_795_515_301 } } })
  print('stdout', 'epoch 1\repoch 2')
  print('stdout', '\repoch 3\n\u001b[31mplain\u001b[0m\n')
  print('stderr', 'to stderr\n')
  print('stdout', 'no newline at the end')
  writer.logRow({ items: [{ path: ['loss'], json: '1' }] })
  await writer.finish({ exitCode: 0 })
  return folder
}

const filesQuery = `query Files($run: String!) { project(name: "demo", entityName: "local") { run(name: $run) {
  files(names: ["config.yaml", "output.log"]) { edges { node { name directUrl } } } } } }`

/** What a server has of the files that clients make from the journal. */
async function readMadeFiles(
  url: string,
  run: string,
): Promise<{ config: string | undefined; output: string | undefined }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: filesQuery, variables: { run } }),
  })
  const { data } = (await response.json()) as {
    data: { project: { run: { files: { edges: { node: { name: string; directUrl: string } }[] } } } }
  }
  const texts = new Map<string, string>()
  for (const { node } of data.project.run.files.edges) {
    texts.set(node.name, await (await fetch(new URL(node.directUrl, url))).text())
  }
  // What is under `_wandb` names the client that sent the run.
  const config = texts.get('config.yaml')?.replace(/^_wandb:\n(?: .*\n)*/m, '')
  return { config, output: texts.get('output.log') }
}

async function runPython(args: readonly string[], home: string, url: string): Promise<string> {
  const child = spawn('python' in client ? client.python : '', args, {
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

const onlineQuery = `{ project(name: "demo", entityName: "local") { run(name: "online") {
  state historyLineCount eventsLineCount logLineCount logLines(first: 1000) { edges { node { number line } } } } } }`

describe.skipIf('missing' in client)("W&B's own sync", { timeout: 180_000 }, () => {
  test('takes a run of ours with media, tables and artifacts, and brings what our sync brings', async () => {
    await using directory = await openTemporaryDirectory()
    const open = (name: string) =>
      startServer({ dataDirectory: directory.join(name), port: 0, watch: [], log: () => {} })
    const [ours, theirs] = [await open('ours'), await open('theirs')]
    try {
      const { id, directory: folder } = await writeRun(directory.path)
      const bare = await writeBareRun(directory.path)
      const args = ['sync', folder, bare, '--base-url', ours.url]
      const { stdout, exitCode } = await runLossline(args, { cwd: directory.path })
      expect(exitCode, stdout).toBe(0)
      const output = await runPython(['-m', 'wandb', 'sync', folder, bare], directory.path, theirs.url)
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

      const ourFiles = await readMadeFiles(ours.url, 'bare')
      expect(ourFiles.output).toBe('epoch 3\nplain\nto stderr\nno newline at the end\n')
      expect(ourFiles.config).toContain('lr:\n    value: 0.5\n')
      const theirFiles = await readMadeFiles(theirs.url, 'bare')
      // Colours are for terminals; ours leaves them out.
      expect({ ...theirFiles, output: stripVTControlCharacters(theirFiles.output ?? '') }).toEqual(ourFiles)
    } finally {
      await ours.close()
      await theirs.close()
    }
  })

  test('a run that it logged online is not there twice when our sync sends its folder', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('data'), port: 0, watch: [], log: () => {} })
    try {
      const script = join(directory.path, 'log.py')
      const lines = ['import wandb', 'run = wandb.init(project="demo", id="online")', 'for i in range(20):']
      writeFileSync(script, [...lines, '    run.log({"loss": i})', '    print("step", i)', 'run.finish()'].join('\n'))
      await runPython([script], directory.path, server.url)
      const readRun = async () => {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: onlineQuery }),
        })
        return ((await response.json()) as { data: { project: { run: object } } }).data.project.run
      }
      const before = await readRun()
      expect(before).toMatchObject({ historyLineCount: 20, state: 'finished' })
      const args = ['sync', directory.join('wandb'), '--base-url', server.url, '--clean']
      const { stdout, exitCode } = await runLossline(args, { cwd: directory.path })
      expect(exitCode, stdout).toBe(0)
      expect(await readRun()).toEqual(before)
      expect(stdout).toContain('removed ')
    } finally {
      await server.close()
    }
  })
})
