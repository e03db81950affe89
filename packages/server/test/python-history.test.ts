import { parseJson } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

type Row = Readonly<Record<string, unknown>>

describe.skipIf('missing' in pythonClient)("histories as W&B's Python client reads them", { timeout: 180_000 }, () => {
  let results: unknown[] = []
  beforeAll(async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    const { exitCode, output } = await runPython(server, directory, ['read-history.py']).finally(server.close)
    expect(exitCode, output).toBe(0)
    results = [...output.matchAll(/^RESULT (.*)$/gm)].map(([, json]) => parseJson(json!))
  }, 180_000)

  const image = { _type: 'image-file', path: 'a.png', size: 3 }

  test('by rows while the run goes on: what was logged, and with keys the rows that have them all', () => {
    const live = results[0] as Readonly<Record<string, readonly Row[]>>
    const all: Row[] = [
      {
        _step: 0,
        _runtime: 0.5,
        loss: 1,
        n: 1,
        d: { x: 1, y: { z: 2.5 } },
        'dot.key': 5,
        flag: true,
        name: 'a',
        mix: 1,
      },
      { _step: 1, loss: Number.NaN, n: 2, flag: false, name: 'b ü', mix: 'one', list: [1, 2] },
      { _step: 2, loss: Number.POSITIVE_INFINITY, n: 3, val: 0.5, none: null, half: 1 },
      { _step: 10, loss: Number.NEGATIVE_INFINITY, n: 9007199254740993n, half: null, name: null },
      { _step: 25, loss: 0.1, val: 0.25, image, d: { x: 2 } },
      { _step: 26, val: 0.125 },
      { _step: 40, loss: 0.0625 },
    ]
    for (const read of ['all', 'uncached', 'pages', 'beta']) expect(live[read], read).toEqual(all)
    expect(live.window).toEqual(all.slice(3, 5))
    expect(live.both).toEqual([
      { _step: 2, loss: 'Infinity', val: 0.5 },
      { _step: 25, loss: 0.1, val: 0.25 },
    ])
    expect(live.loss!.map(({ _step }) => _step)).toEqual([0, 1, 2, 10, 25, 40])
    expect(live.nested).toEqual([
      { _step: 0, 'd.x': 1 },
      { _step: 25, 'd.x': 2 },
    ])
    expect(live.dotted).toEqual([{ _step: 0, 'dot.key': 5 }])
    expect(live.missing).toEqual([])
    expect(live.exports).toMatch(/^IncompleteRunHistoryError/)
    expect(live.sampled).toEqual([all[0], all[3], all[6]])
    expect(live.sampledKeys!.map(({ _step }) => _step)).toEqual([0, 10, 40])
    expect(live.xAxis).toEqual([
      { loss: 'Infinity', val: 0.5 },
      { loss: 0.1, val: 0.25 },
    ])
    expect(live.system!.map((row) => row['system.cpu'])).toEqual([0, 1, 2, 3, 4])
    expect(live.lastStep).toBe(40)
    expect(live.keys).toMatchObject({
      lastStep: 40,
      keys: { loss: { previousValue: 0.0625 }, 'd.y.z': { previousValue: 2.5 }, 'dot.key': { previousValue: 5 } },
    })
  })

  test('the same after the end, when rows have different keys, nested names, lists or media', () => {
    expect(results[1]).toEqual(results[0])
  })

  test('from a file after the end, when all rows have the same keys: again the same', () => {
    const [before, after] = results[2] as readonly Readonly<Record<string, readonly Row[]>>[]
    const rows: Row[] = [
      { _step: 0, _runtime: 0.5, loss: 1, epoch: 0, flag: true, name: 'a' },
      { _step: 3, _runtime: 1, loss: Number.NaN, epoch: 1, flag: false, name: null },
      { _step: 4, _runtime: 1.5, loss: Number.NEGATIVE_INFINITY, epoch: 2, flag: null, name: 'ü' },
    ]
    expect(before!.all).toEqual(rows)
    expect(before!.exports).toMatch(/^IncompleteRunHistoryError/)
    // Rows asked for by keys come as strict JSON, which has words for what is not finite; files have the numbers.
    const losses = rows.map(({ _step, loss }) => ({ _step, loss }))
    expect(before!.loss!.map(({ loss }) => Number(loss))).toEqual(losses.map(({ loss }) => loss))
    // Of keys that no row has, it makes rows with nothing else but the step.
    const steps = rows.map(({ _step }) => ({ _step }))
    const ofKeys = { loss: losses, both: losses, nested: steps, dotted: steps, missing: steps }
    expect(after).toEqual({ ...before, ...ofKeys, exports: ['local_reads_even_0.runhistory.parquet'] })
  })

  test('a client that keeps files reads the right rows after a resumption and after a rewind', () => {
    const [ended, resumed, endedAgain, files, rewound, rewoundEnded] = results[3] as readonly unknown[][]
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => [i, i])
    const afterRewind = [...upTo(3), [3, 33]]
    expect(ended).toEqual([upTo(5), upTo(5)])
    expect(resumed).toEqual([upTo(8), upTo(8)])
    expect(endedAgain).toEqual([upTo(8), upTo(8), upTo(8).slice(3, 7)])
    expect([...files!].sort()).toEqual([0, 1].map((part) => `local_reads_again_${part}.runhistory.parquet`))
    expect(rewound).toEqual([afterRewind, afterRewind])
    expect(rewoundEnded).toEqual([afterRewind, afterRewind, expect.stringMatching(/^IncompleteRunHistoryError/)])
  })

  test('a fork has its own file with the rows of its parent', () => {
    const rows = [
      [0, 1],
      [3, Number.NaN],
      [4, 9],
    ]
    expect(results[4]).toEqual([rows, ['local_reads_fork_0.runhistory.parquet']])
  })

  test('console lines come in pages, in order', () => {
    const lines = Array.from({ length: 10 }, (_, i) => [i, '', `line ${i}`])
    expect(results[5]).toEqual([...lines, [10, 'error', 'bad']])
  })
})
