import {
  type FileStreamChunk,
  type FileStreamRequest,
  isJsonObject,
  parseFileStreamRequest,
  parseJson,
} from '@lossline/protocol'
import { Hono } from 'hono'
import type { StreamBatch } from '../domain/run-requests.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { readBody } from '../http/read-body.ts'
import type { WandbServices } from './context.ts'
import { parseHistoryLines } from './history-lines.ts'
import { readWriter } from './read-writer.ts'

/** The client sends about 10 MiB of lines, which JSON's escapes can double; a single oversized line comes whole. */
const bodyBytesMax = 64 * 2 ** 20

/** `POST /files/{entity}/{project}/{run}/file_stream`: history, system metrics, summary, console, heartbeats and the exit. */
export function createFileStreamRoutes(services: WandbServices): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.post('/files/:entity/:project/:run/file_stream', async (c) => {
    const text = (await readBody(c.req.raw, bodyBytesMax)).toString('utf8')
    const request = parseOrRefuse(text)
    const { entity, project, run: runId } = c.req.param()
    const { batch, badLineCount } = toStreamBatch(request)
    const writer = readWriter(c.req.raw.headers)
    const run = await services.runs.receive(
      { entity, project, runId },
      { ...batch, ...(writer && { writer }), heardAtMs: c.env?.heardAtMs },
    )
    if (badLineCount > 0) services.log('warn', 'history lines that are no JSON objects', { runId, badLineCount })
    // The client interrupts its script when this is true.
    return c.json({ stopped: run.isStopRequested })
  })
  return app
}

function parseOrRefuse(text: string): FileStreamRequest {
  try {
    return parseFileStreamRequest(text)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'Not a file_stream request.', cause })
  }
}

/** From W&B's files to what they mean. */
function toStreamBatch(request: FileStreamRequest): {
  readonly batch: StreamBatch
  readonly badLineCount: number
} {
  const files = request.files ?? {}
  const history = toRows(files['wandb-history.jsonl'], true)
  const events = toRows(files['wandb-events.jsonl'], false)
  // Always the whole summary in one line; of several only the last counts.
  const summary = toObjectText(files['wandb-summary.json']?.content.at(-1))
  const consoleChunk = files['output.log']
  return {
    batch: {
      ...(history && { history: history.chunk }),
      ...(events && { events: events.chunk }),
      ...(summary === undefined ? {} : { summary }),
      ...(consoleChunk && consoleChunk.content.length > 0
        ? { console: { lineOffset: consoleChunk.offset, lines: consoleChunk.content.map(withoutNewline) } }
        : {}),
      ...(request.preempting ? { isPreempting: true } : {}),
      ...(request.complete ? { exitCode: request.exitcode ?? 0 } : {}),
    },
    badLineCount: (history?.badLineCount ?? 0) + (events?.badLineCount ?? 0),
  }
}

function toRows(chunk: FileStreamChunk | undefined, hasSteps: boolean) {
  if (chunk === undefined || chunk.content.length === 0) return undefined
  const { rows, badLineCount } = parseHistoryLines(chunk.content, chunk.offset, hasSteps)
  return { chunk: { lineOffset: chunk.offset, rows }, badLineCount }
}

/** What nobody could read back is not stored; refusing it would end the client's stream for good. */
function toObjectText(text: string | undefined): string | undefined {
  try {
    return text !== undefined && isJsonObject(parseJson(text)) ? text : undefined
  } catch {
    return undefined
  }
}

/** W&B's older sender ends lines with a newline. */
function withoutNewline(line: string): string {
  return line.endsWith('\n') ? line.slice(0, line.endsWith('\r\n') ? -2 : -1) : line
}
