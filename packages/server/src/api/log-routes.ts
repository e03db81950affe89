import type { LogSearchResponse, LogsResponse } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Runs } from '../domain/runs.ts'
import { searchLines, toLineSearch, toLogLine } from '../domain/search-lines.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toDisposition } from '../http/send-blob.ts'
import { toByteStream } from '../http/to-byte-stream.ts'
import * as schemas from './log-schemas.ts'
import { existingRun, parse } from './parse-request.ts'

const logs = '/api/runs/:entity/:project/:runId/logs'
const linesAtATime = 2000

/** Console output: by line number, by what is in it, and as one text. */
export function createLogRoutes({ store, runs }: { readonly store: Store; readonly runs: Runs }): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()

  app.get(logs, async (c) => {
    const query = parse(schemas.logsQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    const lines = await store.lines({ run: run.id, ...query })
    return c.json({ lineCount: run.logLineCount, lines: lines.map(toLogLine) } satisfies LogsResponse)
  })

  app.get(`${logs}/search`, async (c) => {
    const { from, limit, ...query } = parse(schemas.logSearchQuery, c.req.query())
    const search = await toLineSearch(query)
    const run = await existingRun(runs, c.req.param())
    const lineCount = run.logLineCount
    const { lines, nextFrom = null } = await searchLines(store, { run: run.id, from, limit }, search)
    return c.json({ lines, nextFrom, lineCount } satisfies LogSearchResponse)
  })

  app.get(`${logs}/text`, async (c) => {
    const { timestamps } = parse(schemas.logTextQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    return c.body(toByteStream(textOf(store, run, timestamps)), 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': toDisposition(`${run.runId}-output.log`),
    })
  })

  return app
}

/** A piece of the output after the other. */
async function* textOf(store: Store, run: RunRow, hasTimestamps: boolean): AsyncGenerator<string> {
  for (let from = 0; ; ) {
    const lines = (await store.lines({ run: run.id, from, limit: linesAtATime })).map(toLogLine)
    const last = lines.at(-1)
    if (last === undefined) return
    from = last.number + 1
    yield lines.map(({ timestamp, text }) => (hasTimestamps ? `${timestamp ?? ''}\t${text}\n` : `${text}\n`)).join('')
  }
}
