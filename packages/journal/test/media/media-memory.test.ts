import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { type ImageSnapshot, type MediaSnapshot, type OpenRunWriterOptions, readJournal } from '@lossline/journal'
import { parseJson } from '@lossline/protocol'
import { decodePng, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { openRunWriterInternally } from '../../src/writer/open-run-writer.ts'
import type { InternalRunWriterOptions } from '../../src/writer/run-writer.ts'

async function openCase(options: Partial<OpenRunWriterOptions & InternalRunWriterOptions> = {}) {
  const folder = await openTemporaryDirectory('lossline-media-')
  const runDirectory = folder.join('run')
  const writer = openRunWriterInternally({
    runDirectory,
    run: { runId: 'test', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
    ...options,
  })
  return {
    writer,
    runDirectory,
    /** First pixel of each row's image, in the order of the journal. */
    async readPixels(): Promise<number[]> {
      const { records } = await readJournal(writer.journalPath)
      return records.flatMap((record) => {
        if (record.kind !== 'history') return []
        const item = record.history.item?.find(({ nestedKey }) => nestedKey?.at(-1) === 'path')
        if (item === undefined) return []
        return [decodePng(readFileSync(join(runDirectory, 'files', String(parseJson(item.valueJson!))))).data[0]!]
      })
    },
    async [Symbol.asyncDispose]() {
      writer.finishSync({ exitCode: 0 })
      await folder[Symbol.asyncDispose]()
    },
  }
}

function imageOf(data: Uint8Array): ImageSnapshot {
  const content = { kind: 'pixels', data, width: data.length, height: 1, channels: 1, isNormalized: true } as const
  return { kind: 'image', content, extension: '.png', width: data.length, height: 1 }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

describe.each([
  ['a worker', {}],
  ['the calling thread', { useWorker: false }],
])('media written by %s', (_name, mode) => {
  test('more of them than may wait, of all sizes up to more than may wait at once: all arrive as they were', async () => {
    await using run = await openCase({ ...mode, mediaBytesMax: 64 * 1024 })
    const sizes = [1, 9, 1000, 40_000, 70_000, 8, 65_536, 30_000, 30_000, 5_000]
    const pixels = new Uint8Array(100_000)
    for (const step of range(200)) {
      pixels.fill(step)
      const data = pixels.subarray(0, sizes[step % sizes.length])
      run.writer.logRow({ items: [{ path: ['image'], media: imageOf(data) }] })
    }
    await run.writer.flush()
    expect(await run.readPixels()).toEqual(range(200))
  })
})

test('a worker that is lost in the middle of media: the training thread writes the rest, each once', async () => {
  let worker: Worker | undefined
  await using run = await openCase({
    mediaBytesMax: 64 * 1024,
    onWorker: (started) => {
      worker = started
    },
  })
  const data = new Uint8Array(20_000)
  for (const step of range(100)) {
    data.fill(step)
    run.writer.logRow({ items: [{ path: ['image'], media: imageOf(data) }] })
    if (step === 40) void worker?.terminate()
  }
  const report = await run.writer.finish({ exitCode: 0 })
  expect(report.problems.map(({ reason }) => reason)).toEqual(['worker-lost'])
  expect(report).toMatchObject({ rowCount: 100, droppedMediaCount: 0, isWritten: true })
  expect(await run.readPixels()).toEqual(range(100))
})

test('a worker that is lost before it has read the files of the user: their copies are still there', async () => {
  let worker: Worker | undefined
  await using run = await openCase({
    onWorker: (started) => {
      worker = started
    },
  })
  const path = join(run.runDirectory, 'picture.txt')
  const texts = range(60).map((step) => `picture ${step} `.repeat(1000))
  texts.forEach((text, step) => {
    writeFileSync(path, text)
    const content = { kind: 'file', path } as const
    run.writer.logRow({
      items: [{ path: ['image'], media: { kind: 'image', content, extension: '.png', width: 1, height: 1 } }],
    })
    if (step === 20) void worker?.terminate()
  })
  const report = await run.writer.finish({ exitCode: 0 })
  expect(report).toMatchObject({ rowCount: 60, droppedMediaCount: 0 })
  const folder = join(run.runDirectory, 'files', 'media', 'images')
  const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(new Set(contents)).toEqual(new Set(texts))
  expect(existsSync(join(run.runDirectory, 'media-staging'))).toBe(false)
})

test('a disk without room: the image is left out and counted, its row is there, and later images are kept again', async () => {
  const diskBytesLeft = new Int32Array(new SharedArrayBuffer(4))
  Atomics.store(diskBytesLeft, 0, 1_000_000)
  await using run = await openCase({ diskBytesLeft })
  const noise = Uint8Array.from({ length: 50_000 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) ** 2 % 251)
  const log = (data: Uint8Array) =>
    run.writer.logRow({
      items: [
        { path: ['loss'], json: '1' },
        { path: ['image'], media: imageOf(data) },
      ],
    })
  log(Uint8Array.of(1))
  await run.writer.flush()
  Atomics.store(diskBytesLeft, 0, 20_000)
  log(noise)
  await run.writer.flush()
  Atomics.store(diskBytesLeft, 0, 1_000_000)
  log(Uint8Array.of(3))
  const report = await run.writer.finish({ exitCode: 0 })
  expect(report).toMatchObject({ rowCount: 3, droppedRowCount: 0, droppedMediaCount: 1 })
  expect(report.problems).toMatchObject([{ reason: 'media-failed', hint: expect.stringContaining('Free some space') }])
  expect(await run.readPixels()).toEqual([1, 3])
  expect(readdirSync(join(run.runDirectory, 'files', 'media', 'images'))).toHaveLength(2)
})

test('a file of the user may be changed right after the call, and its copy is not kept', async () => {
  await using run = await openCase()
  const path = join(run.runDirectory, 'picture.png')
  writeFileSync(path, 'before')
  const content = { kind: 'file', path } as const
  run.writer.logRow({
    items: [{ path: ['image'], media: { kind: 'image', content, extension: '.png', width: 1, height: 1 } }],
  })
  writeFileSync(path, 'after')
  await run.writer.flush()
  const [name] = readdirSync(join(run.runDirectory, 'files', 'media', 'images'))
  expect(readFileSync(join(run.runDirectory, 'files', 'media', 'images', name!), 'utf8')).toBe('before')
  await run.writer.finish({ exitCode: 0 })
  expect(existsSync(join(run.runDirectory, 'media-staging'))).toBe(false)
})

test('of media that fail no staged copy stays: one file of several is missing, the disk is full, there is no room', async () => {
  const diskBytesLeft = new Int32Array(new SharedArrayBuffer(4))
  Atomics.store(diskBytesLeft, 0, 1_000_000)
  await using run = await openCase({ diskBytesLeft })
  const path = join(run.runDirectory, 'picture.png')
  writeFileSync(path, 'picture')
  const fileImage = (file: string): ImageSnapshot => ({
    kind: 'image',
    content: { kind: 'file', path: file },
    extension: '.png',
    width: 1,
    height: 1,
  })
  const log = (media: MediaSnapshot) => run.writer.logRow({ items: [{ path: ['image'], media }] })
  const stagedNow = () => readdirSync(join(run.runDirectory, 'media-staging'))

  log({ kind: 'batch', of: 'image', items: [fileImage(path), fileImage(join(run.runDirectory, 'missing.png'))] })
  expect(stagedNow()).toEqual([])

  Atomics.store(diskBytesLeft, 0, 1000)
  const noise = Uint8Array.from({ length: 50_000 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) ** 2 % 251)
  log({ kind: 'list', items: [imageOf(noise), fileImage(path)] })
  await run.writer.flush()
  expect(stagedNow()).toEqual([])

  const report = await run.writer.finish({ exitCode: 0 })
  expect(report.droppedMediaCount).toBe(2)
  expect(existsSync(join(run.runDirectory, 'media-staging'))).toBe(false)
})
