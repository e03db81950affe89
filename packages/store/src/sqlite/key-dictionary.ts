import type { Connection } from './connection.ts'

/**
 * Numbers of key names, by project: of metrics, and of paths in configs and summaries. Keys go with their project alone, whose
 * number no other one gets, so what is known stays true.
 */
export interface KeyDictionary {
  idOf(projectId: number, name: string): number
  /** After a rollback: an id handed out in the transaction may not exist. */
  forget(): void
}

// Far above what a project logs; a client that makes a key of every step must not fill the memory.
const cachedKeyCountMax = 100_000

export function createKeyDictionary(connection: Connection): KeyDictionary {
  const known = new Map<string, number>()
  return {
    idOf(projectId, name) {
      const cacheKey = `${projectId} ${name}`
      const cached = known.get(cacheKey)
      if (cached !== undefined) return cached
      connection.run('INSERT INTO key (project_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING', projectId, name)
      const { id } = connection.get<{ id: number }>(
        'SELECT id FROM key WHERE project_id = ? AND name = ?',
        projectId,
        name,
      )!
      if (known.size >= cachedKeyCountMax) known.clear()
      known.set(cacheKey, id)
      return id
    },
    forget: () => known.clear(),
  }
}
