import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fromManifestRecord, manifestDigest, toManifestRecord } from '@lossline/protocol'
import { fixtureUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { readJournal } from '../reader/read-journal.ts'

const folder = 'wandb-runs/artifacts'

async function readArtifacts() {
  const path = fileURLToPath(fixtureUrl(`${folder}/offline-run-20261124_020524-artif001/run-artif001.wandb`))
  const { records } = await readJournal(path)
  return records.flatMap((record) => (record.kind === 'artifact' ? [record.artifact] : []))
}

test("digests of the Python client's artifacts follow from their entries", async () => {
  const artifacts = await readArtifacts()
  expect(artifacts.map(({ name }) => name)).toEqual(['golden-data', 'golden-model', 'golden-refs', 'golden-table'])
  for (const { manifest = {}, digest } of artifacts) {
    const entries = fromManifestRecord(manifest)
    expect(manifestDigest(entries)).toBe(digest)
  }
})

test("digests of files are those of the Python client's staged files", async () => {
  for (const { manifest = {} } of await readArtifacts()) {
    for (const { digest, localPath, size } of fromManifestRecord(manifest)) {
      if (localPath === undefined) continue
      const bytes = readFileSync(fixtureUrl(`${folder}/staging/${localPath.split('/').at(-1)}`))
      expect(bytes.length).toBe(size)
      expect(createHash('md5').update(bytes).digest('base64')).toBe(digest)
    }
  }
})

test('our record of the same entries is the record of the Python client', async () => {
  for (const { manifest = {} } of await readArtifacts()) {
    const ours = toManifestRecord(fromManifestRecord(manifest).toReversed())
    expect(ours.contents?.map((entry) => ({ ...entry, size: entry.size || undefined }))).toEqual(
      manifest.contents?.map((entry) => ({ ...entry, size: entry.size ? Number(entry.size) : undefined })),
    )
    expect({ ...ours, contents: [] }).toEqual({ ...manifest, contents: [] })
  }
})
