import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type JournalEvent, openJournalReader, readJournal } from '@lossline/journal'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

interface Expected {
  readonly file: string
  readonly bytes: number
  readonly blocks: number
  readonly records: number
  readonly records_by_type: Record<string, number>
  readonly history_rows: number
  readonly end: { readonly kind: string }
  readonly fragments: { readonly full: number; readonly first: number; readonly middle: number; readonly last: number }
}

async function readExpected(name: string): Promise<Expected> {
  return JSON.parse(await readFile(fixtureUrl(`wandb-runs/${name}/expected.json`), 'utf8')) as Expected
}

const goldenRuns = (await readdir(fixtureUrl('wandb-runs'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  // Kept compressed, for those who decode; its framing is that of the others. `corrupt` has a test of its own.
  .filter((name) => name !== 'many-rows' && name !== 'corrupt')

/** The journal of a golden run, as bytes, and the offset behind each of its records. */
async function openGolden(name: string) {
  const path = fileURLToPath(fixtureUrl(`wandb-runs/${name}/${(await readExpected(name)).file}`))
  const endOffsets: number[] = []
  for await (const event of openJournalReader(path)) if (event.kind === 'record') endOffsets.push(event.endOffset)
  return { path, bytes: await readFile(path), endOffsets }
}

test('reads of a few bytes give the same records as large ones', async () => {
  const { path, endOffsets } = await openGolden('scalars')
  const offsets: number[] = []
  for await (const event of openJournalReader(path, { chunkBytes: 100 })) {
    if (event.kind === 'record') offsets.push(event.endOffset)
  }
  expect(offsets).toEqual(endOffsets)
})

describe('the journals that W&B wrote', () => {
  test.each(goldenRuns)('%s', async (name) => {
    const expected = await readExpected(name)
    const contents = await readJournal(fileURLToPath(fixtureUrl(`wandb-runs/${name}/${expected.file}`)))
    expect(contents.records).toHaveLength(expected.records)
    expect(contents.records.filter((record) => record.kind === 'history')).toHaveLength(expected.history_rows)
    expect(contents.bytes).toBe(expected.bytes)
    expect(contents.blocks).toBe(expected.blocks)
    const { full, first, middle, last } = expected.fragments
    expect(contents.fragments).toMatchObject({ full, first, middle, last })
    expect(contents.damage).toEqual([])
    expect(contents.end).toBe(expected.end.kind.replace(' ', '-'))
  })

  test('corrupt: everything before and after the damaged block', async () => {
    const { path } = await openGolden('corrupt')
    const whole = await openGolden('scalars')
    const events: JournalEvent[] = []
    for await (const event of openJournalReader(path)) events.push(event)
    const [damage] = events.filter((event) => event.kind === 'damage')
    const damagedFrom = 75_456
    const damagedUntil = 3 * 32_768
    expect(damage).toEqual({
      kind: 'damage',
      reason: 'checksum',
      offset: damagedFrom,
      skippedBytes: damagedUntil - damagedFrom,
    })
    const lost = new Set<number>()
    for await (const event of openJournalReader(whole.path)) {
      if (event.kind === 'record' && event.endOffset > damagedFrom && event.offset < damagedUntil)
        lost.add(event.offset)
    }
    const kept: number[] = []
    for await (const event of openJournalReader(whole.path)) {
      if (event.kind === 'record' && !lost.has(event.offset)) kept.push(event.offset)
    }
    expect(events.flatMap((event) => (event.kind === 'record' ? [event.offset] : []))).toEqual(kept)
  })
})

describe('reading', () => {
  test('can begin behind any record', async () => {
    const { path, endOffsets } = await openGolden('scalars')
    for (const index of [0, 1, 100, endOffsets.length - 2, endOffsets.length - 1]) {
      const offsets: number[] = []
      for await (const event of openJournalReader(path, { from: endOffsets[index] as number })) {
        if (event.kind === 'record') offsets.push(event.endOffset)
        expect(event.kind).not.toBe('damage')
      }
      expect(offsets).toEqual(endOffsets.slice(index + 1))
    }
  })

  test('closes the file when the caller has enough', async () => {
    const { path } = await openGolden('scalars')
    for await (const event of openJournalReader(path)) {
      expect(event.kind).toBe('record')
      break
    }
  })

  test('says what is missing when there is no such file', async () => {
    await expect(readJournal('/nonexistent/run-a.wandb')).rejects.toMatchObject({ code: 'journal-not-found' })
  })
})

/** Follows a journal, and tells when so many records have come. */
function follow(path: string) {
  const abort = new AbortController()
  const events: JournalEvent[] = []
  const waiting: { recordCount: number; resolve: () => void }[] = []
  const recordCount = () => events.filter((event) => event.kind === 'record').length
  const done = (async () => {
    for await (const event of openJournalReader(path, { follow: { signal: abort.signal, pollIntervalMs: 2 } })) {
      events.push(event)
      for (const each of waiting) if (recordCount() >= each.recordCount) each.resolve()
    }
  })()
  return {
    events,
    recordCount,
    until: (count: number) =>
      recordCount() >= count
        ? undefined
        : new Promise<void>((resolve) => waiting.push({ recordCount: count, resolve })),
    async stop() {
      abort.abort()
      await done
    },
  }
}

describe('following', () => {
  test('a file that grows by odd pieces gives each record once, as soon as it is whole', async () => {
    await using folder = await openTemporaryDirectory('lossline-reader-')
    const { bytes, endOffsets } = await openGolden('scalars')
    const path = folder.join('run-a.wandb')
    await writeFile(path, bytes.subarray(0, 3))
    const reader = follow(path)
    let written = 3
    for (const size of [1, 5, 50, 500, 5000, 40_000, 7, 70_000, 1e6]) {
      await appendFile(path, bytes.subarray(written, written + size))
      written = Math.min(bytes.length, written + size)
      await reader.until(endOffsets.filter((offset) => offset <= written).length)
    }
    await reader.stop()
    const offsets = reader.events.flatMap((event) => (event.kind === 'record' ? [event.endOffset] : []))
    expect(offsets).toEqual(endOffsets)
    expect(reader.events.at(-1)).toEqual({ kind: 'end', state: 'clean', offset: bytes.length })
  })

  test('a tail that is not whole is no damage, and more bytes cure it', async () => {
    await using folder = await openTemporaryDirectory('lossline-reader-')
    const { bytes, endOffsets } = await openGolden('scalars')
    const path = folder.join('run-a.wandb')
    const cut = (endOffsets[9] as number) + 5
    await writeFile(path, bytes.subarray(0, cut))
    expect(await readJournal(path)).toMatchObject({ damage: [], end: 'unexpected-end' })
    const reader = follow(path)
    await reader.until(10)
    expect(reader.recordCount()).toBe(10)
    await appendFile(path, bytes.subarray(cut))
    await reader.until(endOffsets.length)
    await reader.stop()
    expect(reader.events.filter((event) => event.kind === 'damage')).toEqual([])
  })

  test('goes on in the file that takes the place of a removed one', async () => {
    await using folder = await openTemporaryDirectory('lossline-reader-')
    const { bytes, endOffsets } = await openGolden('scalars')
    const path = folder.join('run', 'run-a.wandb')
    await mkdir(dirname(path))
    await writeFile(path, bytes.subarray(0, endOffsets[4]))
    const reader = follow(path)
    await reader.until(5)
    await rename(dirname(path), folder.join('removed'))
    await rm(folder.join('removed'), { recursive: true })
    await mkdir(dirname(path))
    await writeFile(join(folder.path, 'fresh'), bytes)
    await rename(join(folder.path, 'fresh'), path)
    await reader.until(endOffsets.length)
    await reader.stop()
    const offsets = reader.events.flatMap((event) => (event.kind === 'record' ? [event.endOffset] : []))
    expect(offsets).toEqual(endOffsets)
  })
})
