// Records sessions of W&B's client anew:
//
//     LOSSLINE_PYTHON=… LOSSLINE_FRAMEWORKS_PYTHON=… node --conditions=source packages/server/test/traffic/record-traffic.ts [SESSION…]
//
// Each is a program against a server of its own. Look at what it prints before you commit the files.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, release, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fixtureUrl, type TemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { startServer } from '../../src/index.ts'
import { copyGoldenRun } from '../golden-run.ts'
import { pythonClient, runPython } from '../python.ts'
import { fileNameOf, packRecording, type Recording } from './exchange.ts'
import { startRecordingProxy } from './recording-proxy.ts'

type Commands = (home: TemporaryDirectory) => Promise<readonly (readonly string[])[]>

// Not those whose contents name the server's address: their digests would fit no other.
const artifactParts = ['files', 'reuse', 'wrong_type', 'edits', 'use_and_delete', 'links', 'collections']

const sessions: Readonly<Record<string, Commands>> = {
  values: async () => [['../frameworks/plain.py']],
  'go-on': async () => [['go-on.py', 'alone']],
  artifacts: async () => [['log-artifacts.py', ...artifactParts]],
  queries: async () => [['log-run.py', 'py1'], ['read-run.py', 'py1'], ['find-runs.py']],
  sync: async (home) => [['-m', 'wandb', 'sync', await copyGoldenRun(home, 'table')]],
  trainer: async () => [['../frameworks/transformers_trainer.py']],
}

const frameworks = process.env.LOSSLINE_FRAMEWORKS_PYTHON
const client = '0.30.0'
const date = new Date().toISOString().slice(0, 10)
const directory = fixtureUrl('wandb-traffic/')

/** A folder under a name that says nothing of this machine: manifests of artifacts name files in it, and have digests. */
async function openNeutralDirectory(): Promise<TemporaryDirectory> {
  const path = join(tmpdir(), 'wandb-recording')
  await mkdir(path)
  return {
    path,
    join: (...names) => join(path, ...names),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** Paths and names of this machine, and what stands for them. */
function replacementsOf(python: string): [string, string][] {
  const venv = python.replace(/\/bin\/[^/]*$/, '')
  return [
    [venv, '/venv'],
    [fileURLToPath(workspaceUrl('.')).replace(/\/$/, ''), '/workspace'],
    [release(), 'recorded'],
  ]
}

function scrubberOf(replacements: readonly (readonly [string, string])[]): (body: Buffer) => Buffer {
  return (body) => {
    if (!replacements.some(([from]) => body.includes(from))) return body
    const text = replacements.reduce((text, [from, to]) => text.replaceAll(from, to), body.toString('latin1'))
    return Buffer.from(text, 'latin1')
  }
}

async function record(session: string, commands: Commands): Promise<void> {
  const python = session === 'trainer' ? frameworks : 'python' in pythonClient ? pythonClient.python : undefined
  if (python === undefined) throw new Error(`No Python for the session "${session}".`)
  const home = await openNeutralDirectory()
  const server = await startServer({ dataDirectory: home.join('.lossline'), port: 0, watch: [], log: () => {} })
  const replacements = replacementsOf(python)
  const proxy = await startRecordingProxy(server.url, scrubberOf(replacements))
  try {
    for (const args of await commands(home)) {
      const { exitCode, output } = await runPython(proxy, home, args, { python, env: { WANDB_HOST: 'recorded' } })
      if (exitCode !== 0 || output.includes('FAILED')) throw new Error(`${session}: ${output}`)
    }
  } finally {
    await proxy.close()
    await server.close()
    await home[Symbol.asyncDispose]()
  }
  const recording: Recording = { client, date, session, exchanges: proxy.exchanges }
  const text = JSON.stringify(recording)
  const private_ = [...replacements.map(([from]) => from), userInfo().homedir, 'authorization', 'x'.repeat(40)]
  const left = [...private_, ...(hostname().length > 3 ? [hostname()] : [])].filter((word) => text.includes(word))
  if (left.length > 0) throw new Error(`${session} still holds ${left.join(', ')}.`)
  const bytes = packRecording(recording)
  for (const name of await readdir(directory)) if (name.startsWith(`${session}.`)) await rm(new URL(name, directory))
  await writeFile(new URL(fileNameOf(recording), directory), bytes)
  console.log(`${session}: ${recording.exchanges.length} exchanges, ${bytes.length} bytes`)
}

await mkdir(directory, { recursive: true })
const wanted = process.argv.slice(2)
for (const [session, commands] of Object.entries(sessions)) {
  if (wanted.length === 0 || wanted.includes(session)) await record(session, commands)
}
