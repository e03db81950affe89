import { gunzipSync, gzipSync } from 'node:zlib'

/** The content of a request or an answer: JSON is kept as it is, other texts as text, and all else as base64. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly base64: string }

/** One request of W&B's client and what the server answered. */
export interface Exchange {
  /** When it was answered, Unix milliseconds. */
  readonly atMs: number
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** Those that a server may heed, without the key. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content
  readonly status: number
  readonly answerHeaders: Readonly<Record<string, string>>
  readonly answer: Content
}

/** The exchanges of one session, in the order in which they ended: a request that needs the answer of another comes after it. */
export interface Recording {
  readonly client: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly session: string
  readonly exchanges: readonly Exchange[]
}

/** What stands for the server's address in a recording. */
export const recordedOrigin = 'http://server'

/** Bytes as they are kept. */
export function toContent(bytes: Buffer): Content {
  if (bytes.length === 0) return { kind: 'empty' }
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes) || text.includes('\0'))
    return { kind: 'bytes', base64: bytes.toString('base64') }
  return /^\s*[{[]/.test(text) ? { kind: 'json', json: text } : { kind: 'text', text }
}

/** The bytes again. */
export function fromContent(content: Content): Buffer {
  switch (content.kind) {
    case 'empty':
      return Buffer.alloc(0)
    case 'json':
      return Buffer.from(content.json)
    case 'text':
      return Buffer.from(content.text)
    case 'bytes':
      return Buffer.from(content.base64, 'base64')
    default:
      return content satisfies never
  }
}

/** File name of a recording. */
export function fileNameOf({ session, client, date }: Recording): string {
  return `${session}.wandb-${client}.${date}.json.gz`
}

/** A recording as it is stored. */
export function packRecording(recording: Recording): Buffer {
  return gzipSync(JSON.stringify(recording), { level: 9 })
}

/** A stored recording. It is our own, and trusted. */
export function unpackRecording(bytes: Uint8Array): Recording {
  return JSON.parse(gunzipSync(bytes).toString()) as Recording
}
