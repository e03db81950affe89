import { join } from 'node:path'
import { columnTypes, type TableCell } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { keepMediaSync } from '../../src/artifacts/keep-media.ts'
import type { MediaContent, MediaSnapshot, TableSnapshot } from '../../src/index.ts'
import { createMediaFiles } from '../../src/media/media-files.ts'
import { createTableWriter } from '../../src/tables/table-writer.ts'

// A worker that shows no sign for long is taken for lost; nothing here may go on for more than this without one.
const quietBytesMax = 8 * 2 ** 20

const megapixel = 2 ** 20

const contents: readonly [string, MediaContent, number][] = [
  ['bytes', { kind: 'bytes', data: new Uint8Array(40 * 2 ** 20) }, 40 * 2 ** 20],
  [
    'pixels',
    {
      kind: 'pixels',
      data: new Uint8Array(24 * megapixel),
      width: 4096,
      height: 2048,
      channels: 3,
      isNormalized: true,
    },
    24 * 2 ** 20,
  ],
  ['sound', { kind: 'sound', data: new Int16Array(24 * 2 ** 20), channelCount: 1, sampleRate: 8000 }, 2 * 24 * 2 ** 20],
  [
    'frames',
    { kind: 'frames', data: new Uint8Array(8 * megapixel), shape: [1, 2, 1, 2048, 2048], framesPerSecond: 4 },
    8 * 2 ** 20,
  ],
  ['points', { kind: 'points', data: new Float32Array(3 * 2 ** 18), columnCount: 3 }, 3 * 4 * 2 ** 18],
]

describe('the thread that writes shows that it is alive', () => {
  test.each(contents)('while it encodes and writes %s', async (_kind, content, sizeBytes) => {
    await using directory = await openTemporaryDirectory()
    const { onWork, count } = createSigns()
    const files = createMediaFiles({ runDirectory: directory.path, onWork })
    files.store(content, { key: 'k', place: '0', folder: 'f', extension: '.x' })
    expect(count()).toBeGreaterThan(sizeBytes / quietBytesMax)
  })

  test('inside of one frame, one row of compression and one column of arrays', async () => {
    await using directory = await openTemporaryDirectory()
    const { onWork, count } = createSigns()
    const tables = createTableWriter({
      runDirectory: join(directory.path, 'runs', 'run-1'),
      run: { runId: 'r', project: undefined, entity: undefined },
      onWork,
      takeRoom() {},
    })
    const length = 2 ** 16
    const rows = Array.from({ length: 64 }, () => new Float64Array(length))
    tables.write(tableOf(rows, length), { key: 't', step: 0 })
    // Copied, hashed, compressed: each of them part by part.
    expect(count()).toBeGreaterThan((3 * 64 * length * 8) / quietBytesMax)
  })
})

function createSigns() {
  let signs = 0
  return {
    onWork(): void {
      signs += 1
    },
    count: () => signs,
  }
}

function tableOf(values: readonly TableCell<MediaSnapshot>[], length: number): TableSnapshot {
  return {
    kind: 'table',
    columns: [{ name: 'a', type: { kind: 'array', shape: [length] }, cells: { kind: 'values', values: [...values] } }],
    rowCount: values.length,
    totalRowCount: values.length,
    logMode: 'IMMUTABLE',
    clientId: 'c'.repeat(128),
    sequenceClientId: 's'.repeat(128),
  }
}

test('a table of more rows than an artifact holds is refused, not cut', () => {
  const values = new Float64Array(200_001)
  const table: TableSnapshot = {
    ...tableOf([], 0),
    columns: [{ name: 'n', type: columnTypes.number, cells: { kind: 'numbers', values, isFloat: true } }],
    rowCount: values.length,
  }
  const keep = () => keepMediaSync({ snapshot: table, name: 'long', dataDirectory: undefined, runDirectory: undefined })
  expect(keep).toThrow(/"long" has 200001 rows, more than the 200000/)
})
