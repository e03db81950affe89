import type { ArtifactManifest, ArtifactManifestEntry } from '@lossline/protocol'

/** What sending has found out about the entries, by their paths. */
export interface SentEntries {
  /** Ids of the artifacts in which the server first saw the files' contents. */
  readonly birthArtifactIds: ReadonlyMap<string, string>
  /** References that client ids stood in, as the server knows them. */
  readonly refs: ReadonlyMap<string, string>
}

/**
 * The text of a manifest as servers keep it. Where files lie on this machine is nobody's business and left out.
 *
 * @param entries - In the order of their paths.
 */
export function toManifestJson(
  { storagePolicy, storagePolicyConfig = [] }: ArtifactManifest,
  entries: readonly ArtifactManifestEntry[],
  { birthArtifactIds, refs }: SentEntries,
): string {
  const config = new Map([['storageLayout', '"V2"']])
  for (const { key = '', valueJson = 'null' } of storagePolicyConfig) if (key !== '') config.set(key, valueJson)
  const configText = [...config].map(([key, valueJson]) => `${JSON.stringify(key)}:${valueJson}`).join(',')
  const contents = entries.map((entry) => {
    const { path = '' } = entry
    const birthArtifactId = birthArtifactIds.get(path) ?? entry.birthArtifactId
    return `${JSON.stringify(path)}:${toEntryJson(entry, refs.get(path) ?? entry.ref, birthArtifactId)}`
  })
  const policy = JSON.stringify(storagePolicy || 'wandb-storage-policy-v1')
  return `{"version":1,"storagePolicy":${policy},"storagePolicyConfig":{${configText}},"contents":{${contents.join(',')}}}`
}

function toEntryJson(
  { digest = '', size = 0, extra = [] }: ArtifactManifestEntry,
  ref: string | undefined,
  birthArtifactId: string | undefined,
): string {
  const members = [`"digest":${JSON.stringify(digest)}`, `"size":${size}`]
  if (ref) members.push(`"ref":${JSON.stringify(ref)}`)
  if (birthArtifactId) members.push(`"birthArtifactID":${JSON.stringify(birthArtifactId)}`)
  if (extra.length > 0) {
    const extras = extra.map(({ key = '', valueJson }) => `${JSON.stringify(key)}:${valueJson || 'null'}`)
    members.push(`"extra":{${extras.join(',')}}`)
  }
  return `{${members.join(',')}}`
}
