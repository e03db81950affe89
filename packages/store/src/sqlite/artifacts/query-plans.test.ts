import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { putArtifact } from '../../conformance/artifact-samples.ts'
import { type Connection, openConnection } from '../connection.ts'
import { openSqliteStore } from '../open-sqlite-store.ts'
import { type ArtifactReader, createArtifactReader } from './reader.ts'

/** How SQLite answers what the reader asks, a line for each step. */
function plansOf(connection: Connection, ask: (reader: ArtifactReader) => unknown): string[] {
  const steps: string[] = []
  const explain = (sql: string, parameters: readonly Parameters<Connection['all']>[1][]): void => {
    const plan = connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...parameters)
    steps.push(...plan.map(({ detail }) => detail))
  }
  const spy: Connection = {
    ...connection,
    get(sql, ...parameters) {
      explain(sql, parameters)
      return connection.get(sql, ...parameters)
    },
    all(sql, ...parameters) {
      explain(sql, parameters)
      return connection.all(sql, ...parameters)
    },
  }
  ask(createArtifactReader(spy))
  return steps
}

test('looking for contents takes no walk through a table, nor through the entries of a version', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  const store = await openSqliteStore({ path })
  const artifact = await putArtifact(store, { entries: [{ path: 'f', md5: 'm' }] })
  await store.close()
  const connection = openConnection(path, 1000)
  try {
    for (const at of [{ artifact: artifact.id }, { collection: artifact.sequence }, { entity: 'e' }]) {
      const steps = plansOf(connection, (reader) => reader.entryByDigest({ digest: 'm', ...at }))
      expect(steps[0]).toContain('artifact_blob_by_md5')
      expect(steps[1]).toContain('artifact_entry_by_blob')
      expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
    }
    const steps = plansOf(connection, (reader) => {
      reader.blobs({ project: artifact.projectId, digests: ['m'], algorithm: 'md5' })
      reader.contentsInUse(['s'])
    })
    expect(steps.filter((step) => step.startsWith('SCAN') && !step.includes('json_each'))).toEqual([])
    expect(steps.join('\n')).toContain('artifact_claim_by_md5')
    const byXxh128 = plansOf(connection, (reader) => {
      reader.blobs({ project: artifact.projectId, digests: ['x'], algorithm: 'xxh128' })
      reader.entryByDigest({ artifact: artifact.id, digest: 'x' })
    })
    expect(byXxh128.filter((step) => step.includes('artifact_blob_by_xxh128'))).toHaveLength(2)
    const expiring = plansOf(connection, (reader) => reader.expiredArtifacts({ nowMs: 1, after: 0, limit: 9 }))
    expect(expiring.join('\n')).toContain('artifact_by_lifetime')
    const referring = plansOf(connection, (reader) => reader.isReferredTo('wandb-artifact://41/'))
    expect(referring[0]).toContain('artifact_entry_by_artifact_ref')
  } finally {
    connection.close()
  }
})
