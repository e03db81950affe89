import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodePng, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { Image, type InitOptions, init } from '../src/index.ts'
import { readRun } from './read-run.ts'

async function openCase(options: InitOptions = {}) {
  const folder = await openTemporaryDirectory()
  const run = await init({
    dir: folder.path,
    reinit: 'createNew',
    silent: true,
    console: 'off',
    disableMetadata: true,
    ...options,
  })
  return {
    run,
    read: async () => {
      await run.finish()
      return readRun(folder.path)
    },
    file: (path: unknown) => readFileSync(join(run.directory, 'files', String(path))),
    async [Symbol.asyncDispose]() {
      await run.finish()
      await folder[Symbol.asyncDispose]()
    },
  }
}

describe.each([
  ['in a worker', {}],
  ['synchronously', { durability: 'sync' as const }],
])('media written %s', (_name, options: InitOptions) => {
  test('an image becomes a PNG, a record and the leaves of its row', async () => {
    await using run = await openCase(options)
    const pixels = Uint8Array.of(0, 50, 100, 150, 200, 250)
    run.run.log({ loss: 1, sample: new Image(pixels, { width: 3, height: 2, caption: 'six' }) })
    pixels.fill(7)
    const { rows, records, summary } = await run.read()
    const { 'sample|path': path, 'sample|sha256': sha256, 'sample|size': size } = rows[0]!
    expect(rows[0]).toMatchObject({
      loss: 1,
      _step: 0,
      'sample|_type': 'image-file',
      'sample|format': 'png',
      'sample|width': 3,
      'sample|height': 2,
      'sample|caption': 'six',
    })
    expect(path).toBe(`media/images/sample_0_${String(sha256).slice(0, 20)}.png`)
    expect([...decodePng(run.file(path)).data]).toEqual([0, 50, 100, 150, 200, 250])
    expect(run.file(path)).toHaveLength(Number(size))
    const isOfImage = (record: (typeof records)[0]) => record.kind === 'files' && record.files.files?.[0]?.path === path
    expect(records.filter(isOfImage)).toHaveLength(1)
    expect(records.findIndex(isOfImage)).toBeLessThan(records.findIndex(({ kind }) => kind === 'history'))
    expect(summary).toMatchObject({ sample: { _type: 'image-file', path } })
  })

  test('nested keys, lists and the summary', async () => {
    await using run = await openCase(options)
    const image = (value: number, caption?: string) =>
      new Image(Uint8Array.of(value), { width: 1, height: 1, ...(caption === undefined ? {} : { caption }) })
    run.run.log({
      val: { 'in/../out': image(1) },
      list: [image(1, 'a'), image(2), image(1)],
      mixed: [image(3), 4, 'five'],
    })
    run.run.summary.best = image(9)
    const { rows, summary, records } = await run.read()
    expect(rows[0]).toMatchObject({
      'val|in/../out|path': expect.stringMatching(/^media\/images\/in\/__\/out_0_[0-9a-f]{20}\.png$/),
    })
    expect(rows[0]).toMatchObject({
      'list|_type': 'images/separated',
      'list|count': 3,
      'list|captions': ['a', null, null],
    })
    const names = rows[0]!['list|filenames'] as string[]
    expect(names[0]).toBe(names[2])
    expect(new Set(names).size).toBe(2)
    expect(rows[0]).toMatchObject({ mixed: [{ _type: 'image-file' }, 4, 'five'] })
    expect(summary).toMatchObject({ best: { path: expect.stringMatching(/^media\/images\/best_summary_/) } })
    const files = records
      .flatMap((record) => (record.kind === 'files' ? [record.files.files![0]!.path!] : []))
      .filter((path) => path.startsWith('media/'))
    expect(files).toHaveLength(5)
    expect(files.every((path) => existsSync(join(run.run.directory, 'files', path)))).toBe(true)
  })
})
