import { join } from 'node:path'
import { maybeReadText } from './data-directory.ts'

/** URL of the server that serves a data folder, if `server.json` there names one whose process lives. */
export function findLocalServerUrl(dataDirectory: string): string | undefined {
  const content = maybeReadText(join(dataDirectory, 'server.json'))
  if (content === undefined) return undefined
  try {
    const { url, pid } = JSON.parse(content) as { url?: unknown; pid?: unknown }
    if (typeof url !== 'string' || !URL.canParse(url) || typeof pid !== 'number' || !isAlive(pid)) return undefined
    return url.replace(/\/+$/, '')
  } catch {
    // The server writes the file in one go, so broken content is not its.
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // The process of another user is there, but may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
