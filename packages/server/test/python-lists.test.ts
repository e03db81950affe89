import { parseJson } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

describe.skipIf('missing' in pythonClient)("lists of W&B's own Python client", { timeout: 180_000 }, () => {
  test('are filtered and sorted', async () => {
    const directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { output } = await runPython(server, directory, ['find-runs.py'])
      const result = parseJson(/^RESULT (.*)$/m.exec(output)?.[1] ?? '{}')
      expect(result, output).toEqual({
        found: {
          'nested config': ['r2'],
          'nested config without value': ['r2'],
          'list in config': ['r1'],
          'dotted key': ['r1', 'r2'],
          'integer and float': ['r0'],
          'slash in summary': ['r1', 'r2'],
          'nested summary': ['r0', 'r2'],
          nan: ['r1'],
          tag: ['r0'],
          tags: ['r0', 'r1', 'r2'],
          'not tagged': ['r1', 'r2'],
          'single tag': ['r0'],
          regex: ['r0', 'r1'],
          or: ['r0', 'r2'],
          not: ['r2'],
          since: ['r0', 'r1', 'r2'],
          before: [],
          metric: ['r0', 'r1', 'r2'],
          'best first': ['r2', 'r1', 'r0'],
          'worst first': ['r0', 'r1', 'r2'],
          'by config': ['r2', 'r1', 'r0'],
          'newest first': ['r2', 'r1', 'r0'],
          'one a page': ['r0', 'r1', 'r2'],
          count: 2,
        },
        refused: {
          operator: expect.stringContaining('$near is not supported'),
          field: expect.stringContaining('the field "colour" is not supported'),
          pattern: expect.stringContaining('$regex "(a"'),
          time: expect.stringContaining('"yesterday" is no time'),
          order: expect.stringContaining('an order by "colour" is not supported'),
        },
      })
    } finally {
      await server.close()
      await directory[Symbol.asyncDispose]()
    }
  })
})
