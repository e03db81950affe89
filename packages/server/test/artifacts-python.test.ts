import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

describe.skipIf('missing' in pythonClient)("artifacts with W&B's own Python client", { timeout: 240_000 }, () => {
  test.each([
    ['are logged, found, downloaded and verified', ['files', 'verify_and_empty', 'reuse', 'wrong_type', 'regions']],
    ['are edited, used, linked, listed and deleted', ['edits', 'use_and_delete', 'links', 'collections']],
    ['grow, are shared and refer to each other', ['drafts_and_increments', 'distributed', 'references', 'tables']],
  ])('%s', async (_, parts) => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { exitCode, output } = await runPython(server, directory, ['log-artifacts.py', ...parts])
      expect(exitCode, output).toBe(0)
      expect(output.match(/^OK .*$/gm)).toEqual(parts.map((part) => `OK ${part}`))
    } finally {
      await server.close()
    }
  })
})
