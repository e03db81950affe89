import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FileStreamRequest, parseFileStreamRequest } from '@lossline/protocol'

/** What a W&B server that takes everything would have, and the ways in which it can misbehave. */
export interface RecordingServer extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly RecordedRequest[]
  /** Streamed files by name: line by line, as the last request left them. */
  readonly files: ReadonlyMap<string, readonly string[]>
  readonly streamRequests: readonly FileStreamRequest[]
  readonly upserts: readonly Record<string, unknown>[]
  /** Contents of uploaded run files. */
  readonly uploads: ReadonlyMap<string, string>
  /** The run's exit code, once it has ended. */
  readonly exitCode: number | undefined
  readonly authorization: string | undefined
  /** Number of lines that the next announcement says the run has. */
  historyLineCount: number
  isStopRequested: boolean
  features: string[]
  /** Answers GraphQL operations that are not about runs; undefined = not known. */
  answerMore: (operationName: string, variables: Record<string, unknown>) => object | undefined
  /** Answers a request instead of the server; undefined = let the server answer. */
  intercept: (request: RecordedRequest) => Misbehaviour | undefined
  /** Stops listening; open connections are cut. */
  stop(): Promise<void>
  /** Listens again at the same address. */
  start(): Promise<void>
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly body: string
}

export type Misbehaviour =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body?: string
      readonly headers?: Record<string, string>
    }
  /** Takes the request in, and cuts the connection instead of answering. */
  | { readonly kind: 'cut' }

export async function startRecordingServer(): Promise<RecordingServer> {
  const requests: RecordedRequest[] = []
  const files = new Map<string, string[]>()
  const streamRequests: FileStreamRequest[] = []
  const upserts: Record<string, unknown>[] = []
  const uploads = new Map<string, string>()
  const recorded = { exitCode: undefined as number | undefined, authorization: undefined as string | undefined }
  let server: Server
  let port = 0

  function stream(body: string): string {
    const request = parseFileStreamRequest(body)
    streamRequests.push(request)
    for (const [name, chunk] of Object.entries(request.files ?? {})) {
      const lines = files.get(name) ?? []
      for (const [index, line] of chunk.content.entries()) lines[chunk.offset + index] = line
      files.set(name, lines)
    }
    if (request.complete) recorded.exitCode = request.exitcode
    return JSON.stringify({ stopped: recording.isStopRequested })
  }

  function graphql(body: string): string {
    const { operationName, variables } = JSON.parse(body) as {
      operationName: string
      variables: Record<string, unknown>
    }
    if (operationName === 'ServerFeaturesQuery') {
      const features = recording.features.map((name) => ({ name, isEnabled: true }))
      return JSON.stringify({ data: { serverInfo: { features } } })
    }
    if (operationName === 'UpsertBucket') {
      upserts.push(variables)
      const project = {
        id: 'p',
        name: variables.project || 'uncategorized',
        entity: { id: 'e', name: variables.entity || 'alice' },
      }
      const bucket = {
        id: 'b',
        name: variables.name,
        displayName: 'calm-river',
        historyLineCount: recording.historyLineCount,
        project,
      }
      return JSON.stringify({ data: { upsertBucket: { bucket, inserted: true } } })
    }
    if (operationName === 'CreateRunFiles') {
      const names = variables.files as string[]
      const slots = names.map((name) => ({
        name,
        uploadUrl: `${recording.url}/storage?name=${encodeURIComponent(name)}`,
      }))
      return JSON.stringify({ data: { createRunFiles: { runID: 'b', uploadHeaders: ['X-Slot:1'], files: slots } } })
    }
    const answer = recording.answerMore(operationName, variables)
    if (answer !== undefined) return JSON.stringify(answer)
    return JSON.stringify({ errors: [{ message: `what is ${operationName}?` }] })
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readText(incoming)
    const { method = '', url = '' } = incoming
    const request = { method, path: url, body }
    requests.push(request)
    if (url !== '/storage' && incoming.headers.authorization) recorded.authorization = incoming.headers.authorization
    const misbehaviour = recording.intercept(request)
    if (misbehaviour?.kind === 'answer') {
      outgoing.writeHead(misbehaviour.status, misbehaviour.headers).end(misbehaviour.body ?? '')
      return
    }
    let text = ''
    if (url === '/graphql') text = graphql(body)
    else if (url.endsWith('/file_stream')) text = stream(body)
    else if (method === 'PUT') uploads.set(new URL(url, recording.url).searchParams.get('name') ?? '', body)
    if (misbehaviour?.kind === 'cut') incoming.socket.destroy()
    else outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end(text)
  }

  const recording = {
    url: '',
    requests,
    files,
    streamRequests,
    upserts,
    uploads,
    historyLineCount: 0,
    isStopRequested: false,
    features: [] as string[],
    answerMore: (() => undefined) as RecordingServer['answerMore'],
    intercept: (() => undefined) as RecordingServer['intercept'],
    get exitCode() {
      return recorded.exitCode
    },
    get authorization() {
      return recorded.authorization
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
    async start() {
      server = createServer((incoming, outgoing) => {
        answer(incoming, outgoing).catch(() => outgoing.destroy())
      })
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      port = (server.address() as AddressInfo).port
      recording.url = `http://127.0.0.1:${port}`
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await recording.stop()
    },
  }
  await recording.start()
  return recording
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
