import type { ArtifactEntryRow } from '@lossline/store'
import { z } from 'zod'
import { checkEntryPath, invalid } from '../../domain/artifacts/artifact-names.ts'
import type { Manifest, ManifestCodec, ManifestEntry } from '../../domain/artifacts/manifest.ts'
import { parseGlobalId, toGlobalId } from './global-ids.ts'

/** Unknown members are left out, above all the paths on the client's own machine. */
const entrySchema = z.object({
  digest: z.string(),
  size: z.number().int().nonnegative().nullish(),
  ref: z.string().nullish(),
  birthArtifactID: z.string().nullish(),
  extra: z.record(z.string(), z.unknown()).nullish(),
})

const manifestSchema = z.looseObject({
  version: z.literal(1),
  storagePolicy: z.string(),
  contents: z.record(z.string(), entrySchema),
})

const headSchema = z.looseObject({ storagePolicyConfig: z.record(z.string(), z.unknown()).optional() })

/** W&B's manifests, version 1. */
export const manifestCodec: ManifestCodec = { parse: parseManifest }

function parseManifest(text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid(`The manifest is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) throw invalid(`Not a manifest of version 1: ${z.prettifyError(parsed.error)}`)
  const { contents, ...head } = parsed.data
  const entries = new Map<string, ManifestEntry>()
  for (const [path, entry] of Object.entries(contents)) entries.set(checkEntryPath(path), fromWireEntry(entry))
  return { entries, head: JSON.stringify(head) }
}

function fromWireEntry(entry: z.infer<typeof entrySchema>): ManifestEntry {
  return {
    digest: entry.digest,
    sizeBytes: entry.size ?? undefined,
    ref: entry.ref ?? undefined,
    birthArtifact: entry.birthArtifactID ? parseGlobalId('Artifact', entry.birthArtifactID) : undefined,
    extra: entry.extra == null ? undefined : JSON.stringify(entry.extra),
  }
}

/**
 * The manifest that clients download, made from the entries: always a full one, and without anything that was private to the
 * machine that logged it.
 */
export async function* writeManifest(
  headText: string,
  batches: AsyncIterable<readonly ArtifactEntryRow[]>,
): AsyncGenerator<string> {
  const head = headSchema.parse(JSON.parse(headText))
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
