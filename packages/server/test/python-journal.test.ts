import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { readJournalRun } from './journal-run.ts'
import { pythonClient, runPython } from './python.ts'
import { expectSameRun, readRuns } from './read-back.ts'

describe.skipIf('missing' in pythonClient)("a run of W&B's client with values of every type", () => {
  test('is read back as the client wrote it down', { timeout: 120_000 }, async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, watch: [], log: () => {} })
    const { exitCode, output } = await runPython(server, directory, ['../frameworks/plain.py']).finally(server.close)
    expect(exitCode, output).toBe(0)
    const [read] = readRuns(output)
    expectSameRun(read!, await readJournalRun(directory.join('wandb'), 'plain'))
    expect(read!.used.map(({ name, version }) => `${name}:${version}`)).toEqual(['folder:v0'])
  })
})
