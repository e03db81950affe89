import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { ArtifactFileError, keepFile, openRunWriter, readJournal } from '@lossline/journal'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'

/** A file system of 256 KiB, where this process may mount one. */
async function maybeMountSmallDisk() {
  const folder = await openTemporaryDirectory('lossline-disk-')
  const path = folder.join('disk')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    await folder[Symbol.asyncDispose]()
    return undefined
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['--lazy', path])
      await folder[Symbol.asyncDispose]()
    },
  }
}

test('a disk that is really full: training goes on, and so does the journal when there is room again', async (context) => {
  await using disk = await maybeMountSmallDisk()
  if (disk === undefined) return context.skip('This process may not mount a tmpfs.')
  const ballast = `${disk.path}/ballast`
  writeFileSync(ballast, new Uint8Array(128 * 1024))
  const writer = await openRunWriter({
    runDirectory: `${disk.path}/run`,
    run: { runId: 'disk', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
  })
  // About 170 bytes a row: 340 KB on a disk that has room for 128 KiB of them.
  for (let index = 0; index < 2000; index += 1) writer.tryLogNumbers({ index, third: index / 3 })
  await writer.flush()
  const { end, damage, records } = await readJournal(writer.journalPath)
  expect(damage).toEqual([])
  expect(['clean', 'unexpected-end']).toContain(end)
  expect(records.length).toBeLessThan(2000)
  rmSync(ballast)
  const report = await writer.finish({ exitCode: 0 })
  const after = await readJournal(writer.journalPath)
  expect(report.problems.map((problem) => problem.reason)).toEqual(['disk-full'])
  expect(after.damage).toEqual([])
  const rowCount = after.records.filter((record) => record.kind === 'history').length
  expect(report.rowCount).toBe(rowCount)
  expect(report.rowCount + report.droppedRowCount).toBe(2000)
})

test('images on a disk that is really full: they are left out and counted, their rows are kept', async (context) => {
  await using disk = await maybeMountSmallDisk()
  if (disk === undefined) return context.skip('This process may not mount a tmpfs.')
  const writer = await openRunWriter({
    runDirectory: `${disk.path}/run`,
    run: { runId: 'disk', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
  })
  let state = 1
  const noise = () =>
    Uint8Array.from({ length: 60_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
  const size = { width: 300, height: 200 }
  // 60 KB each: three or four of them fit.
  for (let step = 0; step < 10; step += 1) {
    const content = { kind: 'pixels', data: noise(), ...size, channels: 1, isNormalized: true } as const
    const image = { kind: 'image', content, extension: '.png', ...size } as const
    writer.logRow({
      items: [
        { path: ['loss'], json: String(step) },
        { path: ['image'], media: image },
      ],
    })
    await writer.flush()
  }
  const report = await writer.finish({ exitCode: 0 })
  const { records, damage } = await readJournal(writer.journalPath)
  expect(damage).toEqual([])
  const rows = records.filter((record) => record.kind === 'history')
  const images = rows.filter((record) => record.history.item?.some(({ nestedKey }) => nestedKey?.[0] === 'image'))
  expect(rows).toHaveLength(10)
  expect(images.length).toBeGreaterThan(0)
  expect(images.length).toBeLessThan(10)
  expect(report).toMatchObject({ rowCount: 10, droppedRowCount: 0, droppedMediaCount: 10 - images.length })
  expect(new Set(report.problems.map(({ reason }) => reason))).toEqual(new Set(['media-failed']))
})

test.for([
  ['small', 200_000],
  ['large', 2_000_000],
] as const)(
  'a %s file for an artifact on a disk that is really full: it is said, and leaves nothing',
  async ([, bytes], context) => {
    await using disk = await maybeMountSmallDisk()
    if (disk === undefined) return context.skip('This process may not mount a tmpfs.')
    await using elsewhere = await openTemporaryDirectory('lossline-file-')
    const path = elsewhere.join('weights.bin')
    writeFileSync(path, Buffer.alloc(bytes, 'weights'))
    const ballast = `${disk.path}/ballast`
    writeFileSync(ballast, new Uint8Array(128 * 1024))
    const dataDirectory = `${disk.path}/data`
    const keep = () => keepFile({ path, dataDirectory, policy: 'mutable' })
    const failure: unknown = await keep().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ArtifactFileError)
    expect(failure).toMatchObject({
      code: 'artifact-disk-full',
      path,
      message: expect.stringContaining(path),
      hint: expect.stringContaining('Free some space'),
    })
    const left = readdirSync(dataDirectory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(left).toEqual([])
    expect(existsSync(path)).toBe(true)
    rmSync(ballast)
    // There is room for the small one then.
    if (bytes < 256 * 1024) expect(await keep()).toMatchObject({ sizeBytes: bytes })
    else await expect(keep()).rejects.toMatchObject({ code: 'artifact-disk-full' })
  },
)
