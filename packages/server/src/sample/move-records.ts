import { crc32 } from 'node:zlib'
import {
  createFramer,
  createScanner,
  decodeRecord,
  encodeRecord,
  type KeyedItem,
  type Timestamp,
  type WandbRecord,
} from '@lossline/protocol'

/**
 * A journal as if its run had begun at another time.
 *
 * @param journal - Whole, without damage.
 * @param byMs - How much later, milliseconds.
 */
export function moveJournal(journal: Uint8Array, byMs: number): Uint8Array {
  const framer = createFramer({ crc32 })
  for (const event of createScanner({ crc32 }).push(journal)) {
    if (event.kind === 'damage') throw new Error(`the sample has a damaged journal: ${event.reason}`)
    framer.append(encodeRecord(moveRecord(decodeRecord(event.payload), byMs)))
  }
  return framer.bytes()
}

/** A record with every time in it moved. */
export function moveRecord(record: WandbRecord, byMs: number): WandbRecord {
  const time = (timestamp: Timestamp | undefined) => timestamp && moveTimestamp(timestamp, byMs)
  const items = <Item extends KeyedItem>(list: readonly Item[] = []) => list.map((item) => moveItem(item, byMs))
  switch (record.kind) {
    case 'run':
      return { ...record, run: { ...record.run, ...withTime('startTime', time(record.run.startTime)) } }
    case 'environment':
      return {
        ...record,
        environment: { ...record.environment, ...withTime('startedAt', time(record.environment.startedAt)) },
      }
    case 'history':
      return { ...record, history: { ...record.history, item: items(record.history.item) } }
    case 'summary':
      return { ...record, summary: { ...record.summary, update: items(record.summary.update) } }
    case 'stats':
      return { ...record, stats: { ...record.stats, ...withTime('timestamp', time(record.stats.timestamp)) } }
    case 'outputRaw':
      return {
        ...record,
        outputRaw: { ...record.outputRaw, ...withTime('timestamp', time(record.outputRaw.timestamp)) },
      }
    default:
      return record
  }
}

function moveTimestamp({ seconds = 0, nanos = 0 }: Timestamp, byMs: number): Timestamp {
  const ms = Number(seconds) * 1000 + Math.round(nanos / 1e6) + byMs
  return { seconds: Math.floor(ms / 1000), nanos: (ms - Math.floor(ms / 1000) * 1000) * 1e6 }
}

function moveItem<Item extends KeyedItem>(item: Item, byMs: number): Item {
  const name = item.key || item.nestedKey?.[0]
  return name === '_timestamp' ? { ...item, valueJson: String(Number(item.valueJson) + byMs / 1000) } : item
}

/** Nothing where there was no time. */
function withTime<Name extends string>(name: Name, time: Timestamp | undefined): { readonly [N in Name]?: Timestamp } {
  return time === undefined ? {} : ({ [name]: time } as { readonly [N in Name]?: Timestamp })
}
