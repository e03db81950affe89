import { findRunningServer } from '@lossline/server'
import type { Finding } from './finding.ts'

const timeoutMs = 5_000

/** Whether the folder's server answers. That none is up is fine: runs do not need one. */
export async function checkServer(dataDirectory: string): Promise<Finding> {
  const running = findRunningServer(dataDirectory)
  if (running === undefined)
    return { subject: 'server', status: 'ok', detail: 'none is up; start one with: lossline serve' }
  const { url, pid } = running
  if (running.isTemporary)
    return {
      subject: 'server',
      status: 'ok',
      detail: `${url}, for the time being, within the program of process ${pid}`,
    }
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(timeoutMs) })
    if (response.ok) return { subject: 'server', status: 'ok', detail: `${url} (process ${pid})` }
    return notReady(`${url} (process ${pid}) is not ready: status ${response.status}`)
  } catch {
    return notReady(`${url} (process ${pid}) does not answer`)
  }
}

function notReady(detail: string): Finding {
  return { subject: 'server', status: 'problem', detail, hint: 'Stop that process and start the server again.' }
}
