import { ProtocolError } from './errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from './json/json-value.ts'
import { parseJson } from './json/parse-json.ts'

/** Consecutive lines of a streamed file: line `offset + i` becomes `content[i]`, whatever was there. */
export interface FileStreamChunk {
  /** Index of the first line, from 0. */
  readonly offset: number
  /** Lines without newline. Those of history, events and summary hold W&B's JSON. */
  readonly content: readonly string[]
}

/** Names of the files that are streamed. */
export type StreamedFile = 'wandb-history.jsonl' | 'wandb-events.jsonl' | 'wandb-summary.json' | 'output.log'

/** Body of `POST …/file_stream`. An empty one is a heartbeat. */
export interface FileStreamRequest {
  readonly files?: { readonly [Name in StreamedFile]?: FileStreamChunk }
  /** Run files whose upload has ended. */
  readonly uploaded?: readonly string[]
  readonly preempting?: boolean
  /** The run has ended, with `exitcode`. */
  readonly complete?: boolean
  readonly exitcode?: number
}

/** Answer to it. */
export interface FileStreamResponse {
  /** true asks the client to end the run's program. */
  readonly stopped?: boolean
}

const streamedFiles: readonly StreamedFile[] = [
  'wandb-history.jsonl',
  'wandb-events.jsonl',
  'wandb-summary.json',
  'output.log',
]

/**
 * Reads the body of a file_stream request. Members that we do not know, files included, are ignored.
 *
 * @throws {@link ProtocolError} `invalid-json`, or `invalid-request` if a member that we know has another shape.
 */
export function parseFileStreamRequest(text: string): FileStreamRequest {
  const body = parseBody(text)
  if (!isJsonObject(body)) throw invalid('it is not an object')
  const files = body.files
  return {
    ...(isGiven(files) ? { files: toFiles(files) } : {}),
    ...(isGiven(body.uploaded) ? { uploaded: toTexts(body.uploaded, 'uploaded') } : {}),
    ...toFlag(body, 'preempting'),
    ...toFlag(body, 'complete'),
    ...(isGiven(body.exitcode) ? { exitcode: toInteger(body.exitcode, 'exitcode') } : {}),
  }
}

/** Bodies are strict JSON; only the lines inside are not. The dialect is tried for clients that mix that up. */
function parseBody(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return parseJson(text)
  }
}

function toFiles(files: JsonValue): NonNullable<FileStreamRequest['files']> {
  if (!isJsonObject(files)) throw invalid('"files" is not an object')
  const chunks: { [Name in StreamedFile]?: FileStreamChunk } = {}
  for (const name of streamedFiles) {
    const chunk = Object.hasOwn(files, name) ? files[name] : undefined
    if (!isGiven(chunk)) continue
    if (!isJsonObject(chunk)) throw invalid(`"${name}" is not an object`)
    const offset = toInteger(chunk.offset ?? 0, `${name}.offset`)
    if (offset < 0) throw invalid(`"${name}.offset" is negative`)
    chunks[name] = { offset, content: toTexts(chunk.content ?? [], `${name}.content`) }
  }
  return chunks
}

function toFlag(body: JsonObject, name: 'preempting' | 'complete'): { readonly [name: string]: boolean } {
  const value = body[name]
  if (!isGiven(value)) return {}
  if (typeof value !== 'boolean') throw invalid(`"${name}" is not true or false`)
  return { [name]: value }
}

function toTexts(value: JsonValue, name: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((element) => typeof element === 'string')) {
    throw invalid(`"${name}" is not a list of texts`)
  }
  return value
}

function toInteger(value: JsonValue, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw invalid(`"${name}" is not an integer`)
  return value
}

function isGiven(value: JsonValue | undefined): value is Exclude<JsonValue, null> {
  return value !== undefined && value !== null
}

function invalid(reason: string): ProtocolError {
  return new ProtocolError({ code: 'invalid-request', message: `Not a file_stream request: ${reason}.` })
}
