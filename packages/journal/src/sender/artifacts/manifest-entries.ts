import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import {
  type ArtifactManifest,
  fromManifestRecord,
  isJsonObject,
  type LocalManifestEntry,
  parseJson,
} from '@lossline/protocol'
import { SendError } from '../send-error.ts'

/**
 * The entries of an artifact's manifest: those of the record, or of the file that a record too large for one names.
 *
 * @throws SendError `file-unreadable`
 */
export async function readManifestEntries(manifest: ArtifactManifest): Promise<readonly LocalManifestEntry[]> {
  const { manifestFilePath: path } = manifest
  if (!path) return fromManifestRecord(manifest)
  try {
    const entries: LocalManifestEntry[] = []
    await pipeline(createReadStream(path), createGunzip(), async (content: AsyncIterable<Uint8Array>) => {
      for await (const line of readLines(content)) if (line !== '') entries.push(parseManifestLine(line))
    })
    return entries
  } catch (cause) {
    const message = `the list of its files, ${path}, cannot be read.`
    throw new SendError({ code: 'file-unreadable', message, cause })
  }
}

/** Lines of a text, without their ends. */
async function* readLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of content) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest + decoder.decode()
}

/** W&B's client writes the members under Python's names; its manifests have them under those of the wire. */
function parseManifestLine(line: string): LocalManifestEntry {
  const value = parseJson(line)
  if (!isJsonObject(value)) throw new Error('not an object')
  const text = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => value[name]).find((member) => typeof member === 'string' && member !== '')
    return found as string | undefined
  }
  const path = text('path')
  const digest = text('digest')
  if (path === undefined || digest === undefined) throw new Error('an entry has no path or digest')
  const ref = text('ref')
  const localPath = text('local_path', 'localPath')
  const birthArtifactId = text('birth_artifact_id', 'birthArtifactID')
  return {
    path,
    digest,
    ...(typeof value.size === 'number' ? { size: value.size } : {}),
    ...(ref === undefined ? {} : { ref }),
    ...(localPath === undefined ? {} : { localPath }),
    ...(birthArtifactId === undefined ? {} : { birthArtifactId }),
    ...(isJsonObject(value.extra) ? { extra: value.extra } : {}),
  }
}
