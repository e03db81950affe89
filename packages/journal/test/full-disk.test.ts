import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { openRunWriter, readJournal } from '@lossline/journal'
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
