import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { startServer } from '../../src/index.ts'
import { readJournalRun } from '../journal-run.ts'
import { runPython } from '../python.ts'
import { expectSameRun, readRuns } from '../read-back.ts'

// Set by `npm run frameworks`.
const python = process.env.LOSSLINE_FRAMEWORKS_PYTHON

/** Each checks by itself what its framework knows of the run, and prints what the server has of it. */
const programs = {
  plain: 'values of every type',
  torch_watch: 'wandb.watch on a module of PyTorch',
  transformers_trainer: "Hugging Face's Trainer",
  lightning_logger: "Lightning's WandbLogger",
  keras_callbacks: "Keras' callbacks",
  sklearn_plots: "wandb.sklearn's plots",
}

/** What `wandb verify` looks at besides transport by https and sweeps, and must find well. */
const verified = [
  'Checking if logged in',
  'Checking signed URL upload',
  'Checking ability to send large payloads through proxy',
  'Checking wandb package version is up to date',
  'Checking logged metrics, saving and downloading a file',
  'Checking artifact save and download workflows',
]

test.skipIf(python === undefined)('wandb verify finds the server well', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, watch: [], log: () => {} })
  const args = ['-m', 'wandb', 'verify', '--host', server.url]
  const { output } = await runPython(server, directory, args, { python }).finally(server.close)
  for (const check of verified) expect(output).toMatch(new RegExp(`${check}\\.*✅`))
})

test.skipIf(python === undefined).each(Object.entries(programs))('%s: %s', async (program) => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, watch: [], log: () => {} })
  const args = [`../frameworks/${program}.py`]
  const { exitCode, output } = await runPython(server, directory, args, { python }).finally(server.close)
  expect(exitCode, output).toBe(0)
  const runs = readRuns(output)
  expect(runs).toHaveLength(1)
  for (const run of runs) expectSameRun(run, await readJournalRun(directory.join('wandb'), run.id))
})
