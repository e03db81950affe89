import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { createFramer, encodeRecord, type WandbRecordBody } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { createSender, readSyncState, type SenderOptions } from '../../src/index.ts'
import { startRecordingServer } from './recording-server.ts'
import { createQuickClock, createTestJournal, linesOf, type TestJournal } from './test-journal.ts'

const exit = { kind: 'exit', exit: { exitCode: 0 } } as const

function senderOf({ runDirectory, journalPath }: TestJournal, baseUrl: string, options: Partial<SenderOptions> = {}) {
  const clock = createQuickClock()
  return createSender({ runDirectory, journalPath, target: { baseUrl }, follow: false, clock, ...options })
}

describe('files that were not taken', () => {
  test('stay known as failed until somebody asks for another try', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    for (const name of ['bad.txt', 'good.txt']) writeFileSync(join(journal.runDirectory, 'files', name), name)
    journal.append({ kind: 'files', files: { files: [{ path: 'bad.txt' }, { path: 'good.txt' }] } })
    server.intercept = ({ path }) => (path.includes('bad.txt') ? { kind: 'answer', status: 403 } : undefined)
    const stateOf = () => readSyncState(journal.runDirectory, server.url)

    const first = senderOf(journal, server.url)
    expect((await first.sendAvailable()).failures).toMatchObject([{ kind: 'file', name: 'bad.txt' }])
    await first.close()
    server.intercept = () => undefined
    journal.append(exit)
    await senderOf(journal, server.url).run()
    expect(server.uploads.has('bad.txt')).toBe(false)
    expect(await stateOf()).toMatchObject({ failedFiles: ['bad.txt'], isExitSent: true })

    const report = await senderOf(journal, server.url, { retriesFailed: true }).run()
    expect(report).toMatchObject({ isExitSent: true, problems: {}, uploaded: { fileCount: 1 } })
    expect(server.uploads.get('bad.txt')).toBe('bad.txt')
    expect(await stateOf()).toMatchObject({ failedFiles: [] })
  })
})

describe('a run that goes on', () => {
  test('sends no line before it is noted where its lines begin, and none twice', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.historyLineCount = 10
    const journal = createTestJournal(directory.path, { resumed: true, startingStep: 10 })
    journal.appendRows(10, 12)
    // Nothing can be renamed to where a folder is.
    const place = join(journal.runDirectory, 'sync.json')
    mkdirSync(join(place, 'in the way'), { recursive: true })
    const sender = senderOf(journal, server.url)
    expect(await sender.run()).toMatchObject({ error: { code: 'state-unwritable' }, historyRowCount: 0 })
    expect(server.streamRequests).toEqual([])
    rmSync(place, { recursive: true })
    await sender.sendAvailable()
    await sender.close()
    server.historyLineCount = 12
    journal.appendRows(12, 13)
    await senderOf(journal, server.url).sendAvailable()
    const sent = server.streamRequests.map(({ files }) => files?.['wandb-history.jsonl'])
    expect(sent).toEqual([
      { offset: 10, content: linesOf(10, 12) },
      { offset: 12, content: linesOf(12, 13) },
    ])
  })

  test('finds its lines on the server when it is not noted any more where they begin', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const earlier = { historyLineCount: 10, eventsLineCount: 7, logLineCount: 30 }
    const tailOf = (name: string) => JSON.stringify([server.files.get(name)?.at(-1)].filter(Boolean))
    // Counts and last lines of what was sent, as W&B's servers give them.
    server.answerMore = (name) => {
      if (name !== 'RunResumeStatus') return undefined
      const bucket = {
        historyLineCount: server.files.get('wandb-history.jsonl')?.length ?? earlier.historyLineCount,
        eventsLineCount: server.files.get('wandb-events.jsonl')?.length ?? earlier.eventsLineCount,
        logLineCount: server.files.get('output.log')?.length ?? earlier.logLineCount,
        historyTail: tailOf('wandb-history.jsonl'),
        eventsTail: tailOf('wandb-events.jsonl'),
      }
      server.historyLineCount = bucket.historyLineCount
      return { data: { model: { bucket } } }
    }
    const journal = createTestJournal(directory.path, { resumed: true, startingStep: 10 })
    server.historyLineCount = 10
    const write = (step: number) => {
      const timestamp = { seconds: 1_795_000_000 + step, nanos: 250_000_000 }
      journal.append(
        { kind: 'outputRaw', outputRaw: { outputType: 'stdout', line: `step ${step}\n`, timestamp } },
        { kind: 'stats', stats: { timestamp, item: [{ key: 'cpu', valueJson: String(step) }] } },
      )
      journal.appendRows(step, step + 1)
    }
    for (const step of [10, 11, 12]) write(step)
    await senderOf(journal, server.url).sendAvailable()
    rmSync(join(journal.runDirectory, 'sync.json'))
    for (const step of [13, 14]) write(step)
    await senderOf(journal, server.url).sendAvailable()

    expect(server.files.get('wandb-history.jsonl')?.slice(10)).toEqual(linesOf(10, 15))
    const events = server.files.get('wandb-events.jsonl')?.slice(7) ?? []
    expect(events.map((line) => JSON.parse(line)['system.cpu'])).toEqual([10, 11, 12, 13, 14])
    const texts = server.files.get('output.log')?.slice(30) ?? []
    expect(texts.map((line) => line.slice(-7))).toEqual([10, 11, 12, 13, 14].map((step) => `step ${step}`))
  })

  test('goes behind the lines of another process that had the same step', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.historyLineCount = 14
    server.answerMore = (name) => {
      const tail = JSON.stringify([JSON.stringify({ loss: 1, _timestamp: 1_795_000_300, _step: 11 })])
      return name === 'RunResumeStatus'
        ? { data: { model: { bucket: { historyLineCount: 14, historyTail: tail, eventsTail: '[]' } } } }
        : undefined
    }
    const journal = createTestJournal(directory.path, { resumed: true, startingStep: 10 })
    journal.appendRows(10, 13)
    await senderOf(journal, server.url).sendAvailable()
    expect(server.streamRequests[0]?.files?.['wandb-history.jsonl']).toEqual({ offset: 14, content: linesOf(10, 13) })
  })

  test.each([
    ['its own config', { lossline: { writer: 'me' } }, 0],
    ['its own environment beside a later writer', { lossline: { writer: 'later' }, e: { env1: {} } }, 0],
    ['another config', { lossline: { writer: 'earlier' }, e: { env0: {} } }, 1],
    ['none', undefined, 1],
  ])('is not taken back when the server shows that it went on: %s', async (_, internals, count) => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    let rewindCount = 0
    server.answerMore = (name) => {
      if (name === 'RewindRun') {
        rewindCount += 1
        return { data: { rewindRun: { rewoundRun: { id: 'b' } } } }
      }
      if (name !== 'RunResumeStatus' || internals === undefined) return undefined
      const config = JSON.stringify({ _wandb: { value: internals } })
      return { data: { model: { bucket: { id: 'b', config } } } }
    }
    const own = { key: '_wandb', valueJson: JSON.stringify({ lossline: { writer: 'me' } }) }
    const branchPoint = { run: 'testrun1', metric: '_step', value: 4 }
    const journal = createTestJournal(directory.path, { branchPoint, config: { update: [own] } })
    journal.append({ kind: 'environment', environment: { writerId: 'env1' } })
    journal.appendRows(5, 7)
    await senderOf(journal, server.url).sendAvailable()
    expect(rewindCount).toBe(count)
    expect(server.streamRequests).not.toEqual([])
  })
})

test('a journal without a run ends the sending at once, whatever else it holds', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await startRecordingServer()
  const journal = createTestJournal(directory.path)
  const framer = createFramer({ crc32 })
  const bodies: WandbRecordBody[] = [
    { kind: 'header', header: { versionInfo: { producer: 'test', minConsumer: '0.70.0' } } },
    { kind: 'files', files: { files: [{ path: 'a.txt' }] } },
    exit,
  ]
  for (const [num, body] of bodies.entries()) framer.append(encodeRecord({ ...body, num }))
  writeFileSync(journal.journalPath, framer.bytes())
  for (const follow of [false, true]) {
    const report = await senderOf(journal, server.url, { follow }).run()
    expect(report).toMatchObject({ run: undefined, isExitSent: false, hasMore: false })
    expect(report.unsent).toMatchObject({ fileCount: 1 })
  }
  expect(server.requests).toEqual([])
})

describe('alerts', () => {
  test('rows do not wait for them; one that the server cannot take is tried twice, one without an answer later', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const seen: string[] = []
    server.answerMore = (name) => (name === 'NotifyScriptableRunAlert' ? { data: {} } : undefined)
    let isCut = true
    server.intercept = ({ path, body }) => {
      if (path.endsWith('/file_stream')) seen.push('lines')
      if (!body.includes('NotifyScriptableRunAlert')) return undefined
      const { title } = (JSON.parse(body) as { variables: { title: string } }).variables
      seen.push(title)
      if (title === 'broken') return { kind: 'answer', status: 500 }
      return isCut ? { kind: 'cut' } : undefined
    }
    const journal = createTestJournal(directory.path)
    journal.append({ kind: 'alert', alert: { title: 'broken' } }, { kind: 'alert', alert: { title: 'cut' } })
    journal.appendRows(0, 2)
    const sender = senderOf(journal, server.url)
    expect(await sender.sendAvailable()).toMatchObject({ historyRowCount: 2, hasMore: true })
    isCut = false
    expect(await sender.sendAvailable()).toMatchObject({ hasMore: false })
    expect(seen).toEqual(['lines', 'broken', 'broken', 'cut', 'cut', 'cut'])
  })
})

describe('a server that never answers', () => {
  test('a sign of life is given up in time', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 2)
    const hangingFetch: typeof fetch = (url, init) =>
      init?.body === '{}'
        ? new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
        : fetch(url, init)
    const sender = senderOf(journal, server.url, { target: { baseUrl: server.url, fetch: hangingFetch } })
    await sender.sendAvailable()
    await sender.heartbeat()
    journal.appendRows(2, 4)
    await sender.sendAvailable()
    expect(server.files.get('wandb-history.jsonl')).toEqual(linesOf(0, 4))
  })
})
