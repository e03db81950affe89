import type { Clock } from '../clock.ts'
import type { LosslineServer } from '../create-server.ts'
import type { Log } from '../log.ts'

export interface StartIngestOptions {
  /** `.lossline` directories whose `runs/*` are read. */
  readonly directories: readonly string[]
  readonly storeId: string
  readonly server: LosslineServer
  readonly clock: Clock
  readonly log: Log
}

/** Reading of run folders, until it is closed. */
export interface Ingest {
  close(): Promise<void>
}

/** TODO: reads nothing until the journal's sender exists. */
export function startIngest(_options: StartIngestOptions): Ingest {
  return { close: async () => {} }
}
