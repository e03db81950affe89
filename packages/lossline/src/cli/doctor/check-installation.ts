import { findWebRoot } from '../web-root.ts'
import type { Finding } from './finding.ts'

/** Whether the SQLite inside Node can be used. */
export async function checkSqlite(): Promise<Finding> {
  try {
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(':memory:')
    const row = database.prepare('select sqlite_version() as version').get()
    database.close()
    return { subject: 'sqlite', status: 'ok', detail: String(row?.version) }
  } catch (error) {
    const detail = `cannot be used (${error instanceof Error ? error.message : String(error)})`
    return { subject: 'sqlite', status: 'problem', detail, hint: 'Use a Node that was built with SQLite.' }
  }
}

/** Whether the server has a page to show. */
export function checkPage(): Finding {
  const webRoot = findWebRoot()
  if (webRoot !== undefined) return { subject: 'page', status: 'ok', detail: 'built' }
  return { subject: 'page', status: 'warning', detail: 'not built', hint: 'In a checkout: npm run build' }
}
