import { makeZip } from 'client-zip'
import { toDisposition } from './send-blob.ts'

/** A file of an archive. */
export interface ZippedFile {
  readonly name: string
  readonly modifiedAtMs: number
  /** Undefined when the content is gone; then the archive does without it. */
  read(): Promise<ReadableStream<Uint8Array> | undefined>
}

/** Answers with files as one archive, which is made while it is sent: nothing of it is kept, whatever it weighs. */
export function sendZip(name: string, files: AsyncIterable<ZippedFile>): Response {
  // Through a stream of our own: cancelled, the other one would reject.
  const archive = makeZip(toEntries(files), { buffersAreUTF8: true }).pipeThrough(new TransformStream())
  return new Response(archive, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': toDisposition(name),
    },
  })
}

async function* toEntries(files: AsyncIterable<ZippedFile>) {
  for await (const { name, modifiedAtMs, read } of files) {
    const content = await read()
    if (content === undefined) continue
    const input = readParts(content)
    try {
      yield { name: toEntryName(name), lastModified: new Date(modifiedAtMs), input }
    } finally {
      // Where nobody waits for the rest, the file is closed all the same.
      await input.return()
    }
  }
}

async function* readParts(content: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = content.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    await reader.cancel()
  }
}

/** Names are data: none of them may lead a program that unpacks the archive out of its folder. */
function toEntryName(name: string): string {
  return name
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')
    .map((part) => (part === '..' ? '__' : part.replace(/^([a-z]):/i, '$1_')))
    .join('/')
}
