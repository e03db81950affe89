import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '@lossline/protocol'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { createSender, type SenderOptions, type SendProgress } from '../../src/index.ts'
import { startRecordingServer } from './recording-server.ts'
import { createQuickClock, createTestJournal, lineOf, linesOf } from './test-journal.ts'

const exit = { kind: 'exit', exit: { exitCode: 0, runtime: 3 } } as const
const historyFile = 'wandb-history.jsonl'

function senderOf(
  journal: { readonly runDirectory: string; readonly journalPath: string },
  baseUrl: string,
  options: Partial<SenderOptions> = {},
) {
  const { runDirectory, journalPath } = journal
  return createSender({
    runDirectory,
    journalPath,
    target: { baseUrl },
    follow: false,
    clock: createQuickClock(),
    ...options,
  })
}

describe('what is sent', () => {
  test('a finished run: announcement, rows, summary, events, console, exit', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path, {
      entity: 'bob',
      displayName: 'first',
      tags: ['a', 'b'],
      notes: 'note',
      runGroup: 'g',
      jobType: 'train',
      host: 'box',
      config: {
        update: [
          { key: 'lr', valueJson: '0.1' },
          { key: 'opt', valueJson: '{"name":"adam"}' },
        ],
      },
    })
    journal.append(
      { kind: 'telemetry', telemetry: { cliVersion: '1.2.3', feature: { metric: true } } },
      {
        kind: 'environment',
        environment: {
          program: '/srv/train.ts',
          codePath: 'train.ts',
          writerId: 'w1',
          git: { commit: 'c0', remoteUrl: 'r' },
        },
      },
      { kind: 'config', config: { update: [{ nestedKey: ['opt', 'beta'], valueJson: '0.9' }] } },
      {
        kind: 'metric',
        metric: {
          name: 'loss',
          stepMetric: 'epoch',
          options: { defined: true, stepSync: true },
          summary: { min: true },
        },
      },
      {
        kind: 'outputRaw',
        outputRaw: {
          outputType: 'stdout',
          timestamp: { seconds: 1_795_000_001, nanos: 500_000_000 },
          line: 'hello\nhalf',
        },
      },
      { kind: 'stats', stats: { timestamp: { seconds: 1_795_000_002 }, item: [{ key: 'cpu', valueJson: '12.5' }] } },
    )
    journal.appendRows(0, 3)
    journal.append(
      {
        kind: 'history',
        history: {
          item: [
            { nestedKey: ['a', 'b'], valueJson: 'NaN' },
            { nestedKey: ['a', 'c'], valueJson: '-Infinity' },
            { nestedKey: ['_step'], valueJson: '3' },
          ],
        },
      },
      {
        kind: 'summary',
        summary: {
          update: [
            { nestedKey: ['loss'], valueJson: '{"min":0}' },
            { nestedKey: ['gone'], valueJson: 'null' },
            { nestedKey: ['_step'], valueJson: '3' },
          ],
        },
      },
      exit,
    )
    const report = await senderOf(journal, server.url, {
      target: { baseUrl: `${server.url}/`, apiKey: 'k'.repeat(40) },
    }).sendAvailable()

    expect(server.authorization).toBe(`Basic ${Buffer.from(`api:${'k'.repeat(40)}`).toString('base64')}`)
    expect(server.upserts).toHaveLength(1)
    const { config, ...fields } = server.upserts[0] as Record<string, unknown>
    expect(fields).toEqual({
      name: 'testrun1',
      entity: 'bob',
      project: 'digits',
      displayName: 'first',
      groupName: 'g',
      jobType: 'train',
      notes: 'note',
      tags: ['a', 'b'],
      sweep: null,
      host: 'box',
      program: 'train.ts',
      commit: 'c0',
      repo: 'r',
    })
    expect(JSON.parse(config as string)).toEqual({
      lr: { value: 0.1 },
      opt: { value: { name: 'adam', beta: 0.9 } },
      _wandb: {
        value: {
          cli_version: '1.2.3',
          t: { 3: [7], 5: '1.2.3' },
          m: [
            { 1: 'loss', 5: 2, 6: [1, 3], 7: [1] },
            { 1: 'epoch', 6: [], 7: [] },
          ],
          e: {
            w1: { program: '/srv/train.ts', codePath: 'train.ts', writerId: 'w1', git: { commit: 'c0', remote: 'r' } },
          },
        },
      },
    })
    expect(server.files.get(historyFile)).toEqual([...linesOf(0, 3), '{"a":{"b":NaN,"c":-Infinity},"_step":3}'])
    const [summary = ''] = server.files.get('wandb-summary.json') ?? []
    expect(parseJson(summary)).toEqual({
      loss: { min: 0 },
      a: { b: Number.NaN, c: Number.NEGATIVE_INFINITY },
      _step: 3,
      _timestamp: 1795000002,
    })
    expect(server.files.get('wandb-events.jsonl')).toEqual([
      '{"_wandb":true,"_timestamp":1795000002,"_runtime":2,"system.cpu":12.5}',
    ])
    expect(server.files.get('output.log')).toEqual([
      '2026-11-18T11:06:41.500000 hello',
      '2026-11-18T11:06:41.500000 half',
    ])
    // The rows do not wait for the files of the end; the end does.
    expect(server.streamRequests).toHaveLength(2)
    expect(server.streamRequests[1]).toEqual({
      uploaded: expect.arrayContaining(['config.yaml', 'wandb-summary.json', 'wandb-metadata.json']),
      complete: true,
      exitcode: 0,
    })
    expect(server.exitCode).toBe(0)
    expect(report).toMatchObject({
      run: { entity: 'bob', project: 'digits', runId: 'testrun1' },
      acknowledgedOffset: journal.size,
      historyRowCount: 4,
      isExitSent: true,
      problems: {},
    })
  })

  test('structured console lines where the server wants them', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.features = ['STRUCTURED_CONSOLE_LOGS']
    const journal = createTestJournal(directory.path)
    journal.append({ kind: 'outputRaw', outputRaw: { timestamp: { seconds: 1_795_000_001 }, line: 'bad\n' } })
    await senderOf(journal, server.url).sendAvailable()
    expect(server.files.get('output.log')).toEqual([
      '{"level":"error","ts":"2026-11-18T11:06:41.000000","content":"bad"}',
    ])
  })

  test('files: those named in the journal, and the standard ones at the end', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    const put = (name: string, text: string) => writeFileSync(join(journal.runDirectory, 'files', name), text)
    put('now.txt', 'now')
    put('live.txt', 'early')
    put('end.txt', 'end')
    writeFileSync(join(journal.runDirectory, 'outside.txt'), 'outside')
    journal.append({
      kind: 'files',
      files: {
        files: [
          { path: 'now.txt' },
          { path: 'live.txt', policy: 'live' },
          { path: 'end.txt', policy: 'end' },
          { path: '../outside.txt' },
          { path: 'missing.txt' },
        ],
      },
    })
    const sender = senderOf(journal, server.url)
    await sender.sendAvailable()
    expect(Object.fromEntries(server.uploads)).toEqual({ 'now.txt': 'now', 'live.txt': 'early' })
    put('live.txt', 'late')
    put('config.yaml', 'lr:\n    value: 1\n')
    journal.append({ kind: 'summary', summary: { update: [{ key: 'x', valueJson: '1' }] } }, exit)
    await sender.sendAvailable()
    expect(Object.fromEntries(server.uploads)).toEqual({
      'now.txt': 'now',
      'live.txt': 'late',
      'end.txt': 'end',
      'config.yaml': 'lr:\n    value: 1\n',
      'wandb-summary.json': '{"x":1}\n',
    })
    expect(server.streamRequests.flatMap(({ uploaded = [] }) => uploaded).sort()).toEqual([
      'config.yaml',
      'end.txt',
      'live.txt',
      'live.txt',
      'now.txt',
      'wandb-summary.json',
    ])
  })

  test('files whose names match a pattern are left out, and live ones are sent again when they have changed', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    const put = (name: string, text: string) => writeFileSync(join(journal.runDirectory, 'files', name), text)
    put('a.ckpt', 'weights')
    put('live.txt', 'same')
    journal.append({ kind: 'files', files: { files: [{ path: 'a.ckpt' }, { path: 'live.txt', policy: 'live' }] } })
    const sender = senderOf(journal, server.url, { target: { baseUrl: server.url, ignoreGlobs: ['*.ckpt'] } })
    await sender.sendAvailable()
    journal.append(exit)
    await sender.sendAvailable()
    expect(server.uploads.has('a.ckpt')).toBe(false)
    const liveCount = server.requests.filter(({ method, path }) => method === 'PUT' && path.includes('live.txt')).length
    expect(liveCount).toBe(1)
    expect(server.exitCode).toBe(0)
  })

  test('console output of any length comes in requests of about 10 MiB', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    // One record of 24 MiB, as JSON twice as much, and many small ones behind it.
    const quotes = '"'.repeat(1023)
    journal.append({
      kind: 'outputLogger',
      outputLogger: {
        line: Array(24 * 1024)
          .fill(quotes)
          .join('\n'),
      },
    })
    for (let part = 0; part < 24; part += 1) {
      journal.append({ kind: 'outputLogger', outputLogger: { line: Array(1024).fill(quotes).join('\n') } })
    }
    journal.append(exit)
    const report = await senderOf(journal, server.url).run()
    expect(report.error).toBeUndefined()
    const lines = server.files.get('output.log') ?? []
    expect(lines).toHaveLength(48 * 1024)
    expect(lines.filter((line) => !line.endsWith(` ${quotes}`))).toEqual([])
    const sizes = server.requests.filter(({ path }) => path.endsWith('/file_stream')).map(({ body }) => body.length)
    expect(Math.max(...sizes)).toBeLessThan(11 * 2 ** 20)
    expect(server.exitCode).toBe(0)
  }, 30_000)

  test.each(['scalars', 'media', 'finished-exit-1', 'corrupt', 'killed'])('golden run %s', async (name) => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    cpSync(fixtureUrl(`wandb-runs/${name}`), directory.path, { recursive: true })
    const expected = JSON.parse(
      readFileSync(join(directory.path, 'expected.json'), 'utf8').replaceAll('9007199254740993', '0'),
    )
    const journalPath = join(directory.path, expected.file)
    const report = await senderOf({ runDirectory: join(journalPath, '..'), journalPath }, server.url).run()
    const after = expected.after_skipping_the_bad_block ?? expected
    expect(report.error).toBeUndefined()
    expect(server.files.get(historyFile)).toHaveLength(after.history_rows)
    expect(server.exitCode).toBe(after.exit?.exit_code)
    expect(report.problems).toEqual(name === 'corrupt' ? { damaged: 1 } : {})
    // What the folders of W&B's client lack until they are sent. A run that was killed may still go on.
    const config = server.uploads.get('config.yaml')
    if (after.exit === null || after.exit === undefined) expect(config).toBeUndefined()
    else {
      expect(config).toMatch(/^_wandb:\n {4}value:\n/)
      expect(config).toContain('\n        cli_version: "0.30.0"\n')
    }
    if (name === 'finished-exit-1') {
      expect(server.files.get('output.log')?.map((line) => line.replace(/^(ERROR )?\S+ /, '$1'))).toEqual(
        expect.arrayContaining([
          'epoch 1 of 3',
          'progress 100%',
          'red text and größe 日本',
          'ERROR a warning on stderr',
        ]),
      )
      const text = server.uploads.get('output.log')
      expect(text).toMatch(/^epoch 1 of 3\n/)
      expect(text?.split('\n')).toEqual(
        expect.arrayContaining(['progress 100%', 'red text and größe 日本', 'a warning on stderr']),
      )
    }
  })
})

describe('a server that misbehaves', () => {
  test('errors of the server are waited out, with growing pauses', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 5)
    journal.append(exit)
    let failuresLeft = 3
    server.intercept = ({ path }) => {
      if (!path.endsWith('/file_stream') || failuresLeft === 0) return undefined
      failuresLeft -= 1
      return { kind: 'answer', status: 500, body: 'oops' }
    }
    const clock = createQuickClock()
    const report = await senderOf(journal, server.url, { clock }).sendAvailable()
    expect(report.isExitSent).toBe(true)
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 5))
    expect(clock.waits).toHaveLength(3)
    for (const [index, wait] of clock.waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(2000 * 2 ** index)
      expect(wait).toBeLessThanOrEqual(2500 * 2 ** index)
    }
  })

  test('Retry-After is kept to', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.append(exit)
    let isFirst = true
    server.intercept = ({ path }) => {
      if (!path.endsWith('/file_stream') || !isFirst) return undefined
      isFirst = false
      return { kind: 'answer', status: 429, headers: { 'Retry-After': '7.5' } }
    }
    const clock = createQuickClock()
    await senderOf(journal, server.url, { clock }).sendAvailable()
    expect(clock.waits).toEqual([7500])
    expect(server.exitCode).toBe(0)
  })

  test.each([400, 401, 403, 404, 409, 410, 413, 422, 501])('status %i of lines is final', async (status) => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 2)
    server.intercept = ({ path }) =>
      path.endsWith('/file_stream') ? { kind: 'answer', status, body: '{"error":"no"}' } : undefined
    const sender = senderOf(journal, server.url)
    const report = await sender.run()
    expect(report.error).toMatchObject({ code: 'server-refused', status })
    expect(report.isExitSent).toBe(false)
    await expect(sender.sendAvailable()).rejects.toMatchObject({ code: 'server-refused' })
    // Once the server takes it, the same sender delivers what had been refused.
    server.intercept = () => undefined
    await sender.sendAvailable()
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 2))
  })

  test.each([402, 405, 408, 418, 429, 500, 502, 503])('status %i is tried again', async (status) => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    const failed = new Set<string>()
    server.intercept = ({ path }) => {
      if (failed.has(path)) return undefined
      failed.add(path)
      return { kind: 'answer', status }
    }
    journal.append(exit)
    const report = await senderOf(journal, server.url).sendAvailable()
    expect(report.isExitSent).toBe(true)
    expect([...failed].length).toBeGreaterThanOrEqual(2)
  })

  test('a conflict of the announcement is tried again', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.append(exit)
    let conflictsLeft = 2
    server.intercept = ({ body }) => {
      if (!body.includes('"UpsertBucket"') || conflictsLeft === 0) return undefined
      conflictsLeft -= 1
      return { kind: 'answer', status: 409 }
    }
    expect((await senderOf(journal, server.url).sendAvailable()).isExitSent).toBe(true)
  })

  test('garbage instead of JSON: harmless after lines, tried again after an announcement', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 2)
    journal.append(exit)
    let upsertCount = 0
    server.intercept = ({ path, body }) => {
      if (path.endsWith('/file_stream')) return undefined
      if (!body.includes('"UpsertBucket"')) return undefined
      upsertCount += 1
      return upsertCount === 1 ? { kind: 'answer', status: 200, body: '<html>proxy</html>' } : undefined
    }
    const report = await senderOf(journal, server.url).sendAvailable()
    expect(upsertCount).toBe(2)
    expect(report.isExitSent).toBe(true)
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 2))
  })

  test('an announcement that GraphQL refuses is final and says why', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    server.intercept = ({ body }) =>
      body.includes('"UpsertBucket"')
        ? {
            kind: 'answer',
            status: 200,
            body: '{"data":{"upsertBucket":null},"errors":[{"message":"no such entity"}]}',
          }
        : undefined
    const { error } = await senderOf(journal, server.url).run()
    expect(error).toMatchObject({ code: 'server-refused', message: expect.stringContaining('no such entity') })
  })

  test('a server that is away is waited for, and gets all that came meanwhile at once', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    await server.stop()
    const waiting = Promise.withResolvers<void>()
    const sender = senderOf(journal, server.url, {
      follow: true,
      onProgress: (progress: SendProgress) => {
        if (progress.kind === 'waiting') waiting.resolve()
      },
    })
    const running = sender.run()
    await waiting.promise
    journal.appendRows(0, 500)
    journal.append(exit)
    await server.start()
    const report = await running
    expect(report.error).toBeUndefined()
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 500))
    expect(server.exitCode).toBe(0)
  })

  test('a server that stays away ends the announcement; all is sent when it is back', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 3)
    journal.append(exit)
    await server.stop()
    const sender = senderOf(journal, server.url)
    const unreachable = {
      code: 'server-unreachable',
      message: expect.stringMatching(/^POST http:\/\/127\.0\.0\.1:\d+\/graphql failed: .*ECONNREFUSED/),
      hint: expect.stringContaining('complete in its folder'),
    }
    await expect(sender.sendAvailable()).rejects.toMatchObject(unreachable)
    await server.start()
    await sender.sendAvailable()
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 3))
    expect(server.exitCode).toBe(0)
  })

  test('an answer that got lost: the lines come twice and are there once', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 10)
    journal.append(exit)
    let cutsLeft = 2
    server.intercept = ({ path }) => {
      if (!path.endsWith('/file_stream') || cutsLeft === 0) return undefined
      cutsLeft -= 1
      return { kind: 'cut' }
    }
    await senderOf(journal, server.url).sendAvailable()
    const withRows = server.streamRequests.filter(({ files }) => files !== undefined)
    expect(withRows).toHaveLength(3)
    expect(new Set(withRows.map((request) => JSON.stringify(request))).size).toBe(1)
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 10))
  })

  test('a request to stop is told once', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.isStopRequested = true
    const journal = createTestJournal(directory.path)
    const told: string[] = []
    const sender = senderOf(journal, server.url, { onProgress: ({ kind }) => told.push(kind) })
    journal.appendRows(0, 1)
    expect((await sender.sendAvailable()).isStopRequested).toBe(true)
    journal.appendRows(1, 2)
    await sender.sendAvailable()
    expect(told.filter((kind) => kind === 'stop-requested')).toHaveLength(1)
  })
})

describe('going on', () => {
  test('a second sender sends only what is new, numbered on', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.append({
      kind: 'outputRaw',
      outputRaw: { outputType: 'stdout', timestamp: { seconds: 1 }, line: 'one\ntwo' },
    })
    journal.appendRows(0, 10)
    const first = senderOf(journal, server.url)
    await first.sendAvailable()
    await first.close()
    journal.appendRows(10, 15)
    journal.append(
      { kind: 'outputRaw', outputRaw: { outputType: 'stdout', timestamp: { seconds: 2 }, line: ' and more\nthree\n' } },
      exit,
    )
    const report = await senderOf(journal, server.url).sendAvailable()
    expect(report).toMatchObject({ isExitSent: true, historyRowCount: 15 })
    const last = server.streamRequests.findLast(({ files }) => files !== undefined)
    expect(last?.files?.[historyFile]).toEqual({ offset: 10, content: linesOf(10, 15) })
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 15))
    expect(server.files.get('output.log')?.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'one',
      'two and more',
      'three',
    ])
  })

  test('a run that was sent is not announced again', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.append(exit)
    await senderOf(journal, server.url).sendAvailable()
    const requestCount = server.requests.length
    const report = await senderOf(journal, server.url, { follow: true }).run()
    expect(server.requests).toHaveLength(requestCount)
    expect(report).toMatchObject({
      isExitSent: true,
      run: { entity: 'alice', project: 'digits', runId: 'testrun1', displayName: 'calm-river' },
    })
  })

  test('another server starts from the beginning; a lost sync.json does no harm', async () => {
    await using directory = await openTemporaryDirectory()
    await using first = await startRecordingServer()
    await using second = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    journal.appendRows(0, 5)
    journal.append(exit)
    await senderOf(journal, first.url).sendAvailable()
    await senderOf(journal, second.url).sendAvailable()
    expect(second.files.get(historyFile)).toEqual(linesOf(0, 5))
    expect(Object.keys(JSON.parse(readFileSync(join(journal.runDirectory, 'sync.json'), 'utf8')).servers)).toEqual([
      first.url,
      second.url,
    ])
    rmSync(join(journal.runDirectory, 'sync.json'))
    first.historyLineCount = 5
    await senderOf(journal, first.url).sendAvailable()
    expect(first.files.get(historyFile)).toEqual(linesOf(0, 5))
  })

  test('a resumed run appends behind the lines that the server has', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.historyLineCount = 100
    const journal = createTestJournal(directory.path, { resumed: true, startingStep: 100 })
    journal.appendRows(100, 102)
    await senderOf(journal, server.url).sendAvailable()
    expect(server.streamRequests[0]?.files?.[historyFile]).toEqual({ offset: 100, content: linesOf(100, 102) })
  })

  test('its console lines and system metrics too go behind those that the server has', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    server.historyLineCount = 100
    server.answerMore = (name) =>
      name === 'RunResumeStatus'
        ? { data: { model: { bucket: { id: 'b', eventsLineCount: 7, logLineCount: 30 } } } }
        : undefined
    const journal = createTestJournal(directory.path, { resumed: true, startingStep: 100 })
    journal.append(
      { kind: 'outputRaw', outputRaw: { outputType: 'stdout', line: 'again\n' } },
      { kind: 'stats', stats: { timestamp: { seconds: 1 }, item: [{ key: 'cpu', valueJson: '1' }] } },
    )
    await senderOf(journal, server.url).sendAvailable()
    journal.append({ kind: 'outputRaw', outputRaw: { outputType: 'stdout', line: 'and again\n' } })
    await senderOf(journal, server.url).sendAvailable()
    const offsets = server.streamRequests.map(({ files }) => [
      files?.['output.log']?.offset,
      files?.['wandb-events.jsonl']?.offset,
    ])
    expect(offsets).toEqual([
      [30, 7],
      [31, undefined],
    ])
  })

  test('alerts are sent once, and a refused one is left out', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const titles: unknown[] = []
    server.answerMore = (name, variables) => {
      if (name !== 'NotifyScriptableRunAlert') return undefined
      titles.push(variables.title)
      if (variables.title === 'refused') return { errors: [{ message: 'no' }] }
      return { data: { notifyScriptableRunAlert: { success: true } } }
    }
    const journal = createTestJournal(directory.path)
    journal.append({ kind: 'alert', alert: { title: 'refused' } }, { kind: 'alert', alert: { title: 'taken' } })
    await senderOf(journal, server.url).sendAvailable()
    await senderOf(journal, server.url).sendAvailable()
    expect(titles).toEqual(['refused', 'taken'])
  })

  test('more than a request holds goes in several, in order', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    const text = JSON.stringify('x'.repeat(1_000_000))
    for (let step = 0; step < 25; step += 1) {
      journal.append({
        kind: 'history',
        history: {
          item: [
            { nestedKey: ['text'], valueJson: text },
            { nestedKey: ['_step'], valueJson: String(step) },
          ],
        },
      })
    }
    journal.append(
      {
        kind: 'history',
        history: { item: [{ nestedKey: ['huge'], valueJson: JSON.stringify('y'.repeat(11_000_000)) }] },
      },
      exit,
    )
    const report = await senderOf(journal, server.url).sendAvailable()
    const withRows = server.streamRequests.filter(({ files }) => files?.[historyFile] !== undefined)
    expect(withRows.map(({ files }) => files?.[historyFile]?.content.length)).toEqual([5, 5, 5, 5, 5])
    expect(server.files.get(historyFile)?.map((line) => JSON.parse(line)._step)).toEqual(
      Array.from({ length: 25 }, (_, step) => step),
    )
    // The row, and the value in the summary; the rest of the summary is sent.
    expect(report.problems).toEqual({ 'too-large': 2 })
    expect(report.failures).toEqual([
      expect.objectContaining({ kind: 'summary', name: 'huge', code: 'value-too-large', hint: expect.any(String) }),
    ])
    expect(server.files.get('wandb-summary.json')).toEqual([`{"text":${text},"_step":24}`])
  })

  test('changed config and names are told, and nothing else of the run again', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path, { tags: ['a'] })
    const sender = senderOf(journal, server.url)
    await sender.sendAvailable()
    journal.appendRows(0, 1)
    await sender.sendAvailable()
    expect(server.upserts).toHaveLength(1)
    journal.append({ kind: 'config', config: { update: [{ key: 'lr', valueJson: 'Infinity' }] } })
    await sender.sendAvailable()
    expect(server.upserts[1]).toEqual({
      name: 'testrun1',
      entity: 'alice',
      project: 'digits',
      config: expect.stringContaining('"lr":{"value":Infinity}'),
    })
    journal.append({
      kind: 'run',
      run: { runId: 'testrun1', project: 'digits', displayName: 'better', startTime: { seconds: 1_795_000_000 } },
    })
    await sender.sendAvailable()
    expect(server.upserts[2]).toMatchObject({ displayName: 'better', tags: ['a'] })
  })

  test('following: rows arrive while the run goes on; an abort leaves the rest for later', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await startRecordingServer()
    const journal = createTestJournal(directory.path)
    const aborter = new AbortController()
    const sent: Promise<void>[] = []
    const waiters: (() => void)[] = []
    for (let index = 0; index < 2; index += 1) sent.push(new Promise((resolve) => waiters.push(resolve)))
    const running = senderOf(journal, server.url, {
      follow: true,
      signal: aborter.signal,
      target: { baseUrl: server.url, transmitIntervalMs: 0 },
      onProgress: () => {
        if ((server.files.get(historyFile)?.length ?? 0) >= 3) waiters[0]?.()
        if ((server.files.get(historyFile)?.length ?? 0) >= 6) waiters[1]?.()
      },
    }).run()
    journal.appendRows(0, 3)
    await sent[0]
    journal.appendRows(3, 6)
    await sent[1]
    aborter.abort()
    const { error } = await running
    expect(error?.code).toBe('send-aborted')
    journal.appendRows(6, 8)
    journal.append(exit)
    await senderOf(journal, server.url).sendAvailable()
    expect(server.files.get(historyFile)).toEqual(linesOf(0, 8))
    expect(lineOf(7)).toBe(server.files.get(historyFile)?.at(-1))
  })
})
