import { parentPort, workerData } from 'node:worker_threads'
import type { TemporaryServerMessage, TemporaryServerStart } from './temporary-server-messages.ts'

const { dataDirectory } = workerData as TemporaryServerStart

function tell(message: TemporaryServerMessage): void {
  parentPort?.postMessage(message)
}

async function main(): Promise<void> {
  // An optional peer: only a program that asks needs it.
  const { createJsonLog, startServer } = await import('@lossline/server')
  const server = await startServer({
    dataDirectory,
    isTemporary: true,
    port: 0,
    // Whoever asked is told what went wrong with the question; this is for faults of the server itself.
    log: createJsonLog({ level: 'error', write: (line) => process.stderr.write(line) }),
  })
  tell({ kind: 'listening', url: server.url })
  await server.ended
}

try {
  await main()
} catch (error) {
  tell(toMessage(error))
}

function toMessage(error: unknown): TemporaryServerMessage {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ERR_MODULE_NOT_FOUND' && message.includes('@lossline/server')) return { kind: 'missing', message }
  if (code === 'server-already-running') return { kind: 'taken' }
  const hint = error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  return { kind: 'failed', message, ...(hint === undefined ? {} : { hint }) }
}
