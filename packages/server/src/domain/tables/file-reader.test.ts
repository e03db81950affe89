import { expect, test } from 'vitest'
import { createBoundedMemory } from './bounded-memory.ts'
import { createFileReader } from './file-reader.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const file = { id: 'a', name: 'a.table.json' }
const good = '{"columns":["x"],"data":[[1],[2]]}'

/** A column of arrays whose numbers are in a file beside the table. */
const typeIn = (path: string, key: string) => ({
  wb_type: 'ndarray',
  params: { shape: [2], serialization_path: { path, key } },
})
const tableWithArrays = (paths: readonly string[]): string => {
  const columns = paths.map((_, index) => `c${index}`)
  const types = Object.fromEntries(columns.map((name, index) => [name, typeIn(paths[index]!, name)]))
  const column_types = { wb_type: 'typedDict', params: { type_map: types } }
  return JSON.stringify({ _type: 'table', columns, data: [columns.map(() => null)], column_types })
}

function openReader(readBeside: (path: string) => Promise<Uint8Array | undefined> = async () => undefined) {
  const opened: number[] = []
  const stopped: number[] = []
  const reader = createFileReader({
    memory: createBoundedMemory(2 ** 20),
    inflateRaw: (bytes) => bytes,
    open: (_, reading) => opened.push(reading),
    stop: (reading) => stopped.push(reading),
    close: () => undefined,
    readBeside: (_, path) => readBeside(path),
    readCopy: async () => undefined,
  })
  return { reader, opened, stopped }
}

test('what comes late for a reading that was given up does not reach the next one of the same file', async () => {
  const { reader, opened, stopped } = openReader()
  const asker = new AbortController()
  const first = reader.read(file, undefined, asker.signal)
  reader.push(opened[0]!, bytesOf('{"columns":["x"],'))
  asker.abort()
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  expect(stopped).toEqual([opened[0]])
  const second = reader.read(file)
  reader.push(opened[0]!, bytesOf('"data":[[1]]}'))
  await reader.end(opened[0]!)
  reader.fail(opened[0]!, new Error('the disk is gone'))
  reader.push(opened[1]!, bytesOf(good))
  await reader.end(opened[1]!)
  expect(await second).toMatchObject({ isComplete: true, table: { rowCount: 2 } })
})

test('a reading that was given up while its arrays are read leaves the next one alone', async () => {
  const besides: ((bytes: undefined) => void)[] = []
  const { reader, opened } = openReader(() => new Promise((resolve) => besides.push(resolve)))
  const text = bytesOf(tableWithArrays(['a.npz', 'b.npz']))
  const asker = new AbortController()
  const first = reader.read(file, undefined, asker.signal)
  reader.push(opened[0]!, text)
  const ended = reader.end(opened[0]!)
  asker.abort()
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  const second = reader.read(file)
  besides[0]!(undefined)
  await ended
  // The second file beside it was not asked for: nobody waits.
  expect(besides).toHaveLength(1)
  reader.push(opened[1]!, bytesOf(good))
  await reader.end(opened[1]!)
  expect(await second).toMatchObject({ table: { rowCount: 2 } })
})

test('the end of a reading that was given up does not make others read the file of the next one again', async () => {
  let fail = (_: Error): void => undefined
  const beside = new Promise<undefined>((_, reject) => {
    fail = reject
  })
  const { reader, opened } = openReader(() => beside)
  const asker = new AbortController()
  const first = reader.read(file, undefined, asker.signal)
  reader.push(opened[0]!, bytesOf(tableWithArrays(['a.npz'])))
  const ended = reader.end(opened[0]!)
  asker.abort()
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  const second = reader.read(file)
  fail(new Error('the disk is gone'))
  await ended
  const third = reader.read(file)
  expect(opened).toHaveLength(2)
  reader.push(opened[1]!, bytesOf(good))
  await reader.end(opened[1]!)
  expect(await Promise.all([second, third])).toMatchObject([{ table: { rowCount: 2 } }, { table: { rowCount: 2 } }])
})

test('a file of arrays is read once, however many columns name it, and one at a time', async () => {
  const asked: string[] = []
  let atOnce = 0
  let atOnceMax = 0
  const { reader, opened } = openReader(async (path) => {
    asked.push(path)
    atOnce += 1
    atOnceMax = Math.max(atOnceMax, atOnce)
    await Promise.resolve()
    atOnce -= 1
    return bytesOf('no archive')
  })
  const answer = reader.read(file)
  reader.push(opened[0]!, bytesOf(tableWithArrays(['a.npz', 'b.npz', 'a.npz', 'a.npz'])))
  await reader.end(opened[0]!)
  expect((await answer).table.rowCount).toBe(1)
  expect(asked).toEqual(['a.npz', 'b.npz'])
  expect(atOnceMax).toBe(1)
})
