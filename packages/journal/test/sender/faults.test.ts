import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
