import { expect, onTestFinished, test } from 'vitest'
import type { TableQuestion, TableRequest } from '../domain/tables/table-request.ts'
import type { TableFileSource, TableThread } from '../domain/tables/table-thread.ts'
import { type OpenTableThreadOptions, openTableThread } from './open-table-thread.ts'

const plain: Omit<TableQuestion, 'tree'> = {
  computed: [],
  filter: '',
  search: '',
  isChangedOnly: false,
  sort: [],
  group: [],
}

function windowOf(id: string, question: Partial<TableQuestion> = {}): TableRequest & { kind: 'window' } {
  const tree = { kind: 'file', id, name: `${id}.table.json` } as const
  return {
    kind: 'window',
    question: { ...plain, tree, ...question },
    offset: 0,
    limit: 2,
    textLengthMax: 100,
    mayBePart: true,
  }
}

function openThread(options?: OpenTableThreadOptions): TableThread {
  const thread = openTableThread(options)
  onTestFinished(() => thread.close())
  return thread
}

/** A file whose pieces come when they are told to. */
function openSource() {
  const stream = new TransformStream<Uint8Array, Uint8Array>()
  const writer = stream.writable.getWriter()
  const encoder = new TextEncoder()
  let openCount = 0
  const source: TableFileSource = {
    open: async () => {
      openCount += 1
      return stream.readable
    },
    readBeside: async () => undefined,
    readCopy: async () => undefined,
  }
  return {
    files: (id: string) => new Map([[id, source]]),
    write: (text: string) => writer.write(encoder.encode(text)),
    end: () => writer.close(),
    fail: (error: Error) => writer.abort(error),
    closed: writer.closed,
    openCount: () => openCount,
  }
}

test('the first rows are there before the last are read, and a file is read once', async () => {
  const thread = openThread()
  const source = openSource()
  const first = thread.ask(windowOf('a'), source.files('a'))
  await source.write('{"columns":["x"],"data":[[1],[2],[3]')
  expect(await first).toMatchObject({ isComplete: false, rowCount: 3, rows: [{ cells: [1] }, { cells: [2] }] })
  const sorted = thread.ask(windowOf('a', { sort: [{ column: 'x', isDescending: true }] }), source.files('a'))
  await source.write(',[4]]}')
  await source.end()
  expect(await sorted).toMatchObject({ isComplete: true, rowCount: 4, rows: [{ cells: [4] }, { cells: [3] }] })
  expect((await thread.ask(windowOf('a'), source.files('a'))).isComplete).toBe(true)
  expect(source.openCount()).toBe(1)
})

test('what belongs to a file is read after its last row, though nobody waits once the first rows were shown', async () => {
  const thread = openThread()
  let tellRead = (): void => undefined
  const isCopyRead = new Promise<void>((resolve) => {
    tellRead = resolve
  })
  const readCopy = async () => {
    tellRead()
    return new TextEncoder().encode('{"columns":["x"],"data":[[NaN],[1],[2]]}')
  }
  const files = ready('a', '{"columns":["x"],"data":[[null],[1],[2]]}', readCopy)
  expect(await thread.ask(windowOf('a'), files)).toMatchObject({ isComplete: false })
  await isCopyRead
  const whole = await thread.ask({ ...windowOf('a'), mayBePart: false }, files)
  expect(whole).toMatchObject({ isComplete: true, rows: [{ cells: [Number.NaN] }, { cells: [1] }] })
})

test('when nobody waits for a file any more, the rest of it is not read', async () => {
  const thread = openThread()
  const source = openSource()
  const asker = new AbortController()
  const answer = thread.ask(windowOf('a'), source.files('a'), asker.signal)
  await source.write('{"columns":["x"],"data":[[1]')
  asker.abort()
  await expect(answer).rejects.toMatchObject({ reason: 'cancelled' })
  // A reader that has left makes writing fail, once the piece after the last one tells it.
  await expect(
    (async () => {
      for (;;) await source.write(',[1]')
    })(),
  ).rejects.toBeUndefined()
  const other = openSource()
  const again = thread.ask(windowOf('a'), other.files('a'))
  await other.write('{"columns":["x"],"data":[[5]]}')
  await other.end()
  expect((await again).rows).toMatchObject([{ cells: [5] }])
})

test('what cannot be read is said, and the thread goes on', async () => {
  const thread = openThread()
  const gone = new Map([
    ['a', { open: async () => undefined, readBeside: async () => undefined, readCopy: async () => undefined }],
  ])
  await expect(thread.ask(windowOf('a'), gone)).rejects.toMatchObject({ reason: 'gone' })
  const broken = openSource()
  const failing = thread.ask(windowOf('b'), broken.files('b'))
  await broken.write('{"columns":["x"],')
  await broken.fail(new Error('the disk is gone'))
  await expect(failing).rejects.toThrow('the disk is gone')
  const ragged = openSource()
  const refused = thread.ask(windowOf('c'), ragged.files('c'))
  await ragged.write('{"columns":["x"],"data":[[1,2]]}')
  await expect(refused).rejects.toMatchObject({ reason: 'invalid', message: expect.stringContaining('"c.table.json"') })
  const good = openSource()
  const answer = thread.ask(windowOf('d'), good.files('d'))
  await good.write('{"columns":["x"],"data":[]}')
  await good.end()
  expect(await answer).toMatchObject({ isComplete: true, rowCount: 0 })
})

/** A file whose content is there whenever it is asked for. */
function ready(
  id: string,
  text = '{"columns":["x"],"data":[[1]]}',
  readCopy: TableFileSource['readCopy'] = async () => undefined,
) {
  const open: TableFileSource['open'] = async () => new Blob([text]).stream()
  return new Map([[id, { open, readBeside: async () => undefined, readCopy }]])
}

test('whoever asks while the thread is closed gets a new one', async () => {
  const thread = openThread()
  await thread.ask(windowOf('a'), ready('a'))
  const closing = thread.close()
  expect(await thread.ask(windowOf('a'), ready('a'))).toMatchObject({ rowCount: 1 })
  await closing
  expect(await thread.ask(windowOf('a'), ready('a'))).toMatchObject({ rowCount: 1 })
})

test('a question that needs more memory than there is leaves the others their answers', async () => {
  const thread = openThread({ heapMegabytesMax: 40 })
  // Rows as objects are more than fits.
  const manyRows = { ...windowOf('b'), limit: 700_000, mayBePart: false }
  const many = ready('b', `{"columns":["x"],"data":[${'[1],'.repeat(699_999)}[1]]}`)
  let openCount = 0
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const slow: TableFileSource = {
    // The first time its content never comes.
    open: async () => {
      openCount += 1
      open()
      return openCount === 1 ? new ReadableStream() : new Blob(['{"columns":["x"],"data":[[1]]}']).stream()
    },
    readBeside: async () => undefined,
    readCopy: async () => undefined,
  }
  const innocent = thread.ask(windowOf('a'), new Map([['a', slow]]))
  await opened
  const greedy = thread.ask(manyRows, many)
  await expect(greedy).rejects.toMatchObject({ reason: 'too-large' })
  expect(await innocent).toMatchObject({ rowCount: 1 })
  expect(openCount).toBe(2)
  // Alone it is refused at once.
  await expect(thread.ask(manyRows, many)).rejects.toMatchObject({ reason: 'too-large' })
})
