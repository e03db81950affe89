import { parseJson, parseManifest, stringifyJson } from '@lossline/protocol'
import type { ArtifactEntryRow } from '@lossline/store'
import { z } from 'zod'
import type { ManifestCodec } from '../../domain/artifacts/manifest.ts'
import { refusing } from '../../domain/names.ts'
import { parseGlobalId, toGlobalId } from './global-ids.ts'

const headSchema = z.looseObject({ storagePolicyConfig: z.record(z.string(), z.unknown()).optional() })

/** W&B's manifests, version 1. */
export const manifestCodec: ManifestCodec = {
  parse(text) {
    const { contents, storagePolicyConfig } = refusing(() => parseManifest(text))
    const entries = [...contents].map(([path, { digest, size, ref, birthArtifactId, extra }]) => {
      const birthArtifact = birthArtifactId === undefined ? undefined : parseGlobalId('Artifact', birthArtifactId)
      // Only what is no MD5 is marked so.
      const algorithm = extra?.alg === 'XXH128' ? 'xxh128' : 'md5'
      const entry = {
        digest,
        algorithm,
        sizeBytes: size,
        ref,
        birthArtifact,
        extra: extra && stringifyJson(extra),
      } as const
      return [path, entry] as const
    })
    return { entries: new Map(entries), head: stringifyJson({ storagePolicyConfig }) }
  },
  referencePrefix: (artifact) =>
    `wandb-artifact://${Buffer.from(toGlobalId('Artifact', artifact), 'base64').toString('hex')}/`,
}

/**
 * The manifest that clients download, made from the entries: always a full one, and without anything that was private to the
 * machine that logged it.
 */
export async function* writeManifest(
  headText: string,
  batches: AsyncIterable<readonly ArtifactEntryRow[]>,
): AsyncGenerator<string> {
  const head = headSchema.parse(parseJson(headText))
  // Without the layout clients would ask for other addresses.
  const storagePolicyConfig = { storageLayout: 'V2', ...head.storagePolicyConfig }
  const full = { version: 1, storagePolicy: 'wandb-storage-policy-v1', ...head, storagePolicyConfig }
  yield `${JSON.stringify(full).slice(0, -1)},"contents":{`
  let separator = ''
  for await (const entries of batches) {
    let text = ''
    for (const entry of entries) {
      text += `${separator}${JSON.stringify(entry.path)}:${toWireEntry(entry)}`
      separator = ','
    }
    yield text
  }
  yield '}}'
}

function toWireEntry(entry: ArtifactEntryRow): string {
  const { digest, birthArtifact, ref, sizeBytes: size, extra } = entry
  const birthArtifactID = birthArtifact === undefined ? undefined : toGlobalId('Artifact', birthArtifact)
  const text = JSON.stringify({ digest, birthArtifactID, ref, size })
  return extra === undefined ? text : `${text.slice(0, -1)},"extra":${extra}}`
}
