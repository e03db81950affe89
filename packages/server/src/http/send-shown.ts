import type { ThumbnailHeight } from '@lossline/protocol'
import { detectMediaType, type MediaType } from '@lossline/protocol'
import type { ByteRange } from '@lossline/store'
import type { Thumbnails } from '../thumbnails/create-thumbnails.ts'
import { frameAncestors } from './frame-ancestors.ts'
import { type SentContent, sendContent } from './send-blob.ts'

/** Nothing that a content names is fetched, and no script in it belongs to an origin that has anything. */
const nothingAllowed = "default-src 'none'; base-uri 'none'; form-action 'none'"

/**
 * How a logged HTML file is shown: scripts run, in an origin of their own, without requests, forms, windows or the page around.
 * (Chromium 156 has no way to forbid WebRTC, with which a script can tell others what it knows: its own text, and that it runs.)
 */
const toFrameHeaders = (ancestors: string): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Disposition': 'inline',
  'Content-Security-Policy': [
    nothingAllowed,
    `frame-ancestors ${ancestors}`,
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'media-src data: blob:',
    'font-src data:',
    'sandbox allow-scripts',
  ].join('; '),
})

/** Types of content that hold no script, by what their first bytes are. Their names do not matter. */
const shownTypes: Readonly<Record<MediaType, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
}

/** Enough to tell all of them. */
const headBytes = 64

/** How a content is to be sent. */
export interface ShownAs {
  /** Whether it is wanted in a frame. */
  readonly frame: boolean
  /** Whether a picture of about this height will do. */
  readonly height?: ThumbnailHeight
}

/** What showing contents works with. */
export interface ShowOptions {
  /** Who may hold HTML in a frame, besides the page. */
  readonly notebookOrigins: readonly string[]
  readonly thumbnails: Thumbnails
}

/**
 * Answers with a content that somebody logged: pictures, sounds and films to be shown in place, everything else to be saved, SVG
 * and HTML included. In a frame, and only there, a file named `….html` is shown too. Of a large picture a thumbnail is sent where
 * one is asked for.
 */
export async function sendShown(
  request: Request,
  content: SentContent,
  { frame, height }: ShownAs,
  { notebookOrigins, thumbnails }: ShowOptions,
): Promise<Response> {
  if (frame && isMeantForFrame(request) && /\.html?$/i.test(content.name)) {
    return sendContent(request, content, toFrameHeaders(frameAncestors(request, notebookOrigins)))
  }
  const type = await typeOf(content)
  if (type === undefined) return sendContent(request, content)
  const isReadable = type === shownTypes.png || type === shownTypes.jpg
  const small =
    height !== undefined && isReadable
      ? await thumbnails.of({ ...content, read: () => content.read(undefined) }, height, request.signal)
      : undefined
  if (small === undefined) return sendContent(request, content, toShownHeaders(type))
  const thumbnail = {
    name: content.name,
    sizeBytes: small.length,
    tag: `${content.tag}-${height}`,
    read: async ({ first, last }: ByteRange = { first: 0, last: small.length - 1 }) =>
      new Blob([small.slice(first, last + 1)]).stream(),
  }
  return sendContent(request, thumbnail, toShownHeaders(shownTypes.png))
}

function toShownHeaders(type: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': type,
    'Content-Disposition': 'inline',
    'Content-Security-Policy': `${nothingAllowed}; frame-ancestors 'self'; sandbox`,
  }
}

/**
 * By itself a document of somebody else's making would stand under our address, and could ask for a key as if it were ours.
 * Browsers say what they ask for where the connection is secure or of this machine; who says nothing is believed.
 */
function isMeantForFrame(request: Request): boolean {
  const destination = request.headers.get('sec-fetch-dest')
  return destination === null || destination === 'iframe' || destination === 'frame'
}

async function typeOf({ sizeBytes, name, read }: SentContent): Promise<string | undefined> {
  if (sizeBytes === 0) return undefined
  const head = await read({ first: 0, last: Math.min(headBytes, sizeBytes) - 1 })
  if (head === undefined) return undefined
  const parts: Uint8Array[] = []
  for await (const part of head) parts.push(part)
  const kind = detectMediaType(Buffer.concat(parts))
  if (kind === 'ogg' && /\.ogv$/i.test(name)) return 'video/ogg'
  return kind && shownTypes[kind]
}
