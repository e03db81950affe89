import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import {
  encodeSeriesFrame,
  joinSeriesFrames,
  type LogLine,
  type PageEvent,
  type RunDetail,
  type RunsQueryRequest,
  type SearchResponse,
  type SeriesBatchRequest,
  type SeriesRequest,
} from '@lossline/protocol'
import type { GeneratedColumn } from './generated-data.ts'
import { reduceColumns } from './reduce-column.ts'

/** A run that the fake server knows, with its numbers. */
export interface FakeRun extends RunDetail {
  readonly columns: Map<string, GeneratedColumn>
  readonly lines: LogLine[]
  historyRevision: number
  state: RunDetail['state']
  isStopRequested: boolean
}

/** A server with the page's API over data in memory: for what a real one would need minutes to be filled with. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string
  readonly runs: FakeRun[]
  /** Paths of requests so far, without those for files. */
  readonly requests: string[]
  addRun(run: Partial<FakeRun> & { readonly columns?: Map<string, GeneratedColumn> }): FakeRun
  /** Appends points to a run's metric and says so to the page. */
  log(run: FakeRun, key: string, values: readonly number[]): void
  send(event: PageEvent): void
  /** Answers every data request with this status until given undefined. */
  failWith(status: number | undefined): void
  /** Stops listening and cuts all connections; {@link FakeServer.start} brings it back on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** As strict as the real one: no inline script, nothing from elsewhere. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'"
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Starts on a free port; serves the built page from `webRoot`. All runs belong to `local/demo` unless they say otherwise. */
export async function startFakeServer(webRoot: string): Promise<FakeServer> {
  const runs: FakeRun[] = []
  const requests: string[] = []
  const streams = new Set<ServerResponse>()
  let eventId = 0
  let failure: number | undefined
  let port = 0

  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500)
      response.end(JSON.stringify({ error: { code: 'internal', message: String(error), requestId: 'r' } }))
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response)
    requests.push(url.pathname + url.search)
    if (url.pathname === '/api/events') return openStream(response)
    if (failure !== undefined) return sendError(response, failure, 'The server was told to fail.')
    const parts = url.pathname.split('/').slice(2).map(decodeURIComponent)
    if (url.pathname === '/api/series') {
      return sendBytes(response, frameFor(JSON.parse(await readBody(request)) as SeriesRequest))
    }
    if (url.pathname === '/api/series/batch') {
      const batch = JSON.parse(await readBody(request)) as SeriesBatchRequest
      return sendBytes(response, joinSeriesFrames(batch.requests.map(frameFor)))
    }
    const isQuery = parts[0] === 'projects' && parts[3] === 'runs' && parts[4] === 'query'
    const data = isQuery
      ? runsPage(runsOf(parts[1], parts[2]), JSON.parse(await readBody(request)) as RunsQueryRequest)
      : jsonFor(parts, url.searchParams)
    if (data === undefined) return sendError(response, 404, 'Not found.')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(data))
  }

  function frameFor(body: SeriesRequest): Uint8Array {
    requests.push(`series ${body.key} ${body.runIds.length} ${body.range?.join('…') ?? 'all'}`)
    return encodeSeriesFrame(reduceColumns(body, columnsFor(body)))
  }

  function columnsFor({ entity, project, runIds, key, x }: SeriesRequest) {
    return runIds.map((runId) => {
      const run = runs.find((one) => one.entity === entity && one.project === project && one.runId === runId)
      const values = run?.columns.get(key ?? '')
      const xs = x.kind === 'metric' ? run?.columns.get(x.key)?.values : values?.steps
      const empty = new Float64Array()
      return {
        runId,
        revision: run?.historyRevision ?? 0,
        column: values && xs ? { steps: xs, values: values.values } : { steps: empty, values: empty },
      }
    })
  }

  function runsOf(entity: string | undefined, project: string | undefined): FakeRun[] {
    return runs.filter((run) => run.entity === entity && run.project === project)
  }

  function jsonFor([kind, entity, project, runId, rest]: readonly string[], params: URLSearchParams): unknown {
    const ours = runsOf(entity, project)
    if (kind === 'status')
      return { version: '0', mode: 'open', timeMs: Date.now(), runCount: runs.length, isExposed: false }
    if (kind === 'session') return { mode: 'open', user: { name: 'local', isAdmin: true } }
    if (kind === 'refusals') return { refusals: [] }
    if (kind === 'search') {
      const named = runs.filter(({ displayName }) => displayName === params.get('q'))
      return { projects: [], runs: named.map(plain), artifacts: [] } satisfies SearchResponse
    }
    if (kind === 'projects' && entity === undefined) return { projects: projectsOf(runs) }
    if (kind === 'projects' && runId === 'workspace') {
      return { type: 'project-view', view: null, name: 'nw-local-w', username: 'local', mayWrite: false }
    }
    if (kind === 'projects' && runId === 'run-keys') return { keys: [], runCount: ours.length }
    if (kind === 'projects' && runId === 'metrics') return { metrics: metricsOf(ours, params.get('run')) }
    const run = ours.find((one) => one.runId === runId)
    if (kind !== 'runs' || !run) return undefined
    if (rest === 'stop') {
      run.isStopRequested = true
      return { isStopRequested: true }
    }
    if (rest === 'charts') return { charts: [] }
    if (rest === 'logs') {
      const from = Number(params.get('from') ?? 0)
      return { lineCount: run.lines.length, lines: run.lines.slice(from, from + Number(params.get('limit') ?? 1000)) }
    }
    return { run: plain(run) }
  }

  function openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(`id: ${eventId}\ndata: ${JSON.stringify({ type: 'hello', version: '0' })}\n\n`)
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  async function sendFile(path: string, response: ServerResponse): Promise<void> {
    const name = /\.\w+$/.test(path) ? path : '/index.html'
    const bytes = await readFile(join(webRoot, name)).catch(() => readFile(join(webRoot, 'index.html')))
    response.writeHead(200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(bytes)
  }

  const server: FakeServer = {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    runs,
    requests,
    addRun(given) {
      const number = runs.filter((run) => run.project === (given.project ?? 'demo')).length + 1
      const run: FakeRun = {
        ...emptyRun(number),
        ...given,
        columns: given.columns ?? new Map(),
        lines: given.lines ?? [],
      }
      runs.push(run)
      server.send({ type: 'project', entity: run.entity, project: run.project })
      server.send(runEvent(run, ['created']))
      return run
    },
    log(run, key, values) {
      const old = run.columns.get(key) ?? { steps: new Float64Array(), values: new Float64Array() }
      const start = (old.steps.at(-1) ?? -1) + 1
      run.columns.set(key, {
        steps: Float64Array.from([...old.steps, ...values.map((_, i) => start + i)]),
        values: Float64Array.from([...old.values, ...values]),
      })
      run.historyRevision++
      server.send(runEvent(run, ['history']))
    },
    send(event) {
      eventId++
      for (const stream of streams) stream.write(`id: ${eventId}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    failWith(status) {
      failure = status
    },
    async stop() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
    async start() {
      await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
      port = (http.address() as AddressInfo).port
    },
    async [Symbol.asyncDispose]() {
      if (http.listening) await server.stop()
    },
  }
  await server.start()
  return server
}

function emptyRun(number: number): Omit<FakeRun, 'columns' | 'lines'> {
  const now = Date.now()
  return {
    entity: 'local',
    project: 'demo',
    runId: `run${number}`,
    displayName: `calm-river-${number}`,
    state: 'finished',
    stateCause: '',
    number,
    createdAtMs: now - 3_600_000 + number * 1000,
    heartbeatAtMs: now,
    finishedAtMs: now,
    stateChanges: [{ atMs: now, state: 'finished', cause: '' }],
    runtimeSeconds: 312,
    tags: [],
    group: '',
    jobType: '',
    sweepId: '',
    color: '',
    notes: '',
    username: 'local',
    lastStep: null,
    revision: 1,
    historyRevision: 1,
    host: 'laptop',
    program: 'train.mjs',
    commit: '',
    repo: '',
    exitCode: 0,
    config: {},
    summary: {},
    metadata: {},
    isStopRequested: false,
    historyLineCount: 0,
    logLineCount: 0,
  }
}

function runEvent(run: FakeRun, changed: Extract<PageEvent, { type: 'run' }>['changed']): PageEvent {
  const { entity, project, runId, revision, historyRevision, state } = run
  return { type: 'run', entity, project, runId, revision, historyRevision, state, changed }
}

function plain({ columns, lines, ...run }: FakeRun): RunDetail {
  const lastStep = Math.max(-1, ...[...columns.values()].map(({ steps }) => steps.at(-1) ?? -1))
  return { ...run, lastStep: lastStep < 0 ? null : lastStep, logLineCount: lines.length }
}

function projectsOf(runs: readonly FakeRun[]) {
  const names = [...new Set(runs.map((run) => `${run.entity}/${run.project}`))]
  return names.map((name) => {
    const ours = runs.filter((run) => `${run.entity}/${run.project}` === name)
    return {
      entity: ours[0]?.entity,
      project: ours[0]?.project,
      runCount: ours.length,
      runningCount: ours.filter((run) => run.state === 'running').length,
      createdAtMs: ours[0]?.createdAtMs,
      updatedAtMs: Math.max(...ours.map((run) => run.heartbeatAtMs)),
      isSample: false,
      tags: [],
      protectedAliases: [],
      mayAdminister: true,
    }
  })
}

/** Of filters it knows words, of orders the newest first. */
function runsPage(ours: readonly FakeRun[], request: RunsQueryRequest) {
  const { filter, search = '', columns = [], offset = 0, limit = 200 } = request
  const { $regex = search } = (filter?.text ?? {}) as { readonly $regex?: string }
  const pattern = new RegExp($regex.replace('(?i)', ''), 'i')
  const matching = ours.filter((run) => pattern.test(run.displayName) || pattern.test(run.runId)).toReversed()
  const values = columns.map(() => null)
  return {
    runs: matching.slice(offset, offset + limit).map((run) => ({ ...plain(run), values })),
    total: matching.length,
  }
}

function metricsOf(ours: readonly FakeRun[], runId: string | null) {
  const runs = runId === null ? ours : ours.filter((run) => run.runId === runId)
  const keys = [...new Set(runs.flatMap((run) => [...run.columns.keys()]))]
  return keys.map((key) => ({
    key,
    kind: 'number',
    stream: 'history',
    runCount: runs.filter((run) => run.columns.has(key)).length,
    pointCount: runs.reduce((sum, run) => sum + (run.columns.get(key)?.steps.length ?? 0), 0),
    stepMetric: null,
    isHidden: false,
    goal: null,
    description: '',
    unit: '',
  }))
}

function sendBytes(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  response.end(bytes)
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { code: 'fake', message, requestId: 'req-1' } }))
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}
