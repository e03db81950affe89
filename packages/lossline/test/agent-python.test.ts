import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Api } from '@lossline/core'
import { startServer } from '@lossline/server'
import { findPythonClient, openTemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

const client = findPythonClient()
const python = 'python' in client ? client.python : ''
const sdk = workspaceUrl('packages/lossline/src/index.ts').href

test.skipIf('missing' in client)(
  "W&B's agent starts our programs, ours starts W&B's, for one sweep",
  { timeout: 120_000 },
  async () => {
    await using directory = await openTemporaryDirectory()
    const { path: cwd } = directory
    const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
    try {
      await writeFile(join(cwd, 'package.json'), '{"type":"module"}')
      await writeFile(
        join(cwd, 'train.js'),
        `import { init } from ${JSON.stringify(sdk)}
         const run = await init({ project: 'another', config: { lr: 9 } })
         run.log({ loss: run.config.lr, depth: run.config.net.depth, language: 1 })
         await run.finish()`,
      )
      await writeFile(
        join(cwd, 'train.py'),
        `import wandb
with wandb.init() as run:
    run.log({"loss": run.config["lr"], "depth": run.config["net"]["depth"], "language": 2})
`,
      )
      const config = {
        method: 'grid',
        metric: { name: 'loss' },
        parameters: { lr: { values: [0.00001, 2, 3, 4] }, net: { parameters: { depth: { value: 2 } } } },
        // Which program it is is up to whoever starts the agent.
        command: ['env', 'envvar:LANGUAGE_COMMAND', 'envvar:LANGUAGE_PROGRAM', 'args_no_hyphens'].map(
          (name) => `\${${name}}`,
        ),
      }
      await writeFile(join(cwd, 'sweep.yaml'), JSON.stringify(config))
      const env = {
        LOSSLINE_BASE_URL: server.url,
        LOSSLINE_API_KEY: 'x'.repeat(40),
        NODE_OPTIONS: '--conditions=source --disable-warning=ExperimentalWarning',
        NO_PROXY: '*',
      }
      const made = await runLossline(['sweep', 'sweep.yaml', '--project', 'demo'], { cwd, env })
      const path = made.stdout.trim()
      const theirs = spawn(python, ['-m', 'wandb', 'agent', '--count', '2', path], {
        cwd,
        env: {
          ...env,
          PATH: process.env.PATH,
          HOME: cwd,
          WANDB_BASE_URL: server.url,
          WANDB_API_KEY: 'x'.repeat(40),
          WANDB_ERROR_REPORTING: 'true',
          LANGUAGE_COMMAND: process.execPath,
          LANGUAGE_PROGRAM: 'train.js',
        },
      })
      let output = ''
      for (const stream of [theirs.stdout, theirs.stderr]) stream.on('data', (part: Buffer) => (output += part))
      const [exitCode] = await once(theirs, 'close')
      expect(exitCode, output).toBe(0)
      const ours = await runLossline(['agent', path], {
        cwd,
        env: { ...env, LANGUAGE_COMMAND: python, LANGUAGE_PROGRAM: 'train.py' },
      })
      expect(ours, ours.stderr).toMatchObject({ exitCode: 0 })
      await using api = new Api({ baseUrl: server.url })
      const runs = await api.runs('demo', { order: '+created_at' }).toArray()
      expect(runs.map(({ state, summary: { loss, depth, language } }) => [state, loss, depth, language])).toEqual([
        ['finished', 0.00001, 2, 1],
        ['finished', 2, 2, 1],
        ['finished', 3, 2, 2],
        ['finished', 4, 2, 2],
      ])
    } finally {
      await server.close()
    }
  },
)
