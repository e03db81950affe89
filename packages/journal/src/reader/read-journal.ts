import type { DamageScanEvent, FragmentCounts, ScanEnd, WandbRecord } from '@lossline/protocol'
import { openJournalReader } from './journal-reader.ts'

/** A whole journal. */
export interface JournalContents {
  readonly records: readonly WandbRecord[]
  /** The places that could not be read. */
  readonly damage: readonly DamageScanEvent[]
  readonly end: ScanEnd['kind']
  /** Blocks of 32 KiB, a short last one included. */
  readonly blocks: number
  readonly bytes: number
  readonly fragments: FragmentCounts
}

const blockBytes = 32_768

/**
 * Reads a journal into memory.
 *
 * @throws {@link JournalError} `journal-not-found`.
 */
export async function readJournal(path: string): Promise<JournalContents> {
  const reader = openJournalReader(path)
  const records: WandbRecord[] = []
  const damage: DamageScanEvent[] = []
  let end: ScanEnd['kind'] = 'clean'
  for await (const batch of reader.batches()) {
    for (const event of batch) {
      if (event.kind === 'record') records.push(event.record)
      else if (event.kind === 'damage') damage.push(event)
      else end = event.state
    }
  }
  const bytes = reader.bytesRead
  return { records, damage, end, blocks: Math.ceil(bytes / blockBytes), bytes, fragments: reader.fragments }
}
