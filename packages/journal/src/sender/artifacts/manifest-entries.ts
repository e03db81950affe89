import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import {
  type ArtifactManifest,
  type ArtifactManifestEntry,
  isJsonObject,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '@lossline/protocol'
import { SendError } from '../send-error.ts'

/**
 * The entries of an artifact's manifest: those of the record, or of the file that a record too large for one names.
 *
 * @throws SendError `file-unreadable`
 */
export async function readManifestEntries(manifest: ArtifactManifest): Promise<readonly ArtifactManifestEntry[]> {
  const { contents = [], manifestFilePath: path } = manifest
  if (!path) return contents
  try {
    const entries: ArtifactManifestEntry[] = []
    const lines = createInterface({
      input: createReadStream(path).pipe(createGunzip()),
      crlfDelay: Number.POSITIVE_INFINITY,
    })
    for await (const line of lines) if (line !== '') entries.push(parseManifestLine(line))
    return entries
  } catch (cause) {
    const message = `The list of the artifact's files, ${path}, cannot be read.`
    throw new SendError({ code: 'file-unreadable', message, cause })
  }
}

/** W&B's client writes the members under Python's names; its manifests have them under those of the wire. */
function parseManifestLine(line: string): ArtifactManifestEntry {
  const value = parseJson(line)
  if (!isJsonObject(value)) throw new Error('not an object')
  const text = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => value[name]).find((member) => typeof member === 'string' && member !== '')
    return found as string | undefined
  }
  const path = text('path')
  const digest = text('digest')
  if (path === undefined || digest === undefined) throw new Error('an entry has no path or digest')
  return {
    path,
    digest,
    ...optional('ref', text('ref')),
    ...optional('size', typeof value.size === 'number' ? value.size : undefined),
    ...optional('localPath', text('local_path', 'localPath')),
    ...optional('birthArtifactId', text('birth_artifact_id', 'birthArtifactID')),
    ...optional('extra', toExtra(value.extra)),
  }
}

function toExtra(extra: JsonObject[string] | undefined): ArtifactManifestEntry['extra'] {
  if (!isJsonObject(extra)) return undefined
  return Object.entries(extra).map(([key, value]) => ({ key, valueJson: stringifyJson(value ?? null) }))
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  // Computed keys are not inferred as such.
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value })
}
