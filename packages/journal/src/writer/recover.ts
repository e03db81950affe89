import { fstatSync, ftruncateSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { createScanner, decodeRecord, type WandbRecordBody } from '@lossline/protocol'

const chunkBytes = 1024 * 1024

/** Cuts a record that is not whole off the end of a journal. Returns the bytes that are left. */
export function trimJournal(fileDescriptor: number): number {
  let goodBytes = 0
  visitRecords(fileDescriptor, (_payload, endOffset) => {
    goodBytes = endOffset
  })
  if (goodBytes < fstatSync(fileDescriptor).size) ftruncateSync(fileDescriptor, goodBytes)
  return goodBytes
}

/** Visits the records of a journal from its start. */
export function replayJournal(fileDescriptor: number, visit: (body: WandbRecordBody) => void): void {
  visitRecords(fileDescriptor, (payload) => visit(decodeRecord(payload)))
}

function visitRecords(fileDescriptor: number, visit: (payload: Uint8Array, endOffset: number) => void): void {
  const scanner = createScanner({ crc32 })
  let position = 0
  for (;;) {
    const chunk = new Uint8Array(chunkBytes)
    const count = readSync(fileDescriptor, chunk, 0, chunk.length, position)
    if (count === 0) return
    position += count
    for (const event of scanner.push(chunk.subarray(0, count))) {
      if (event.kind === 'record') visit(event.payload, event.endOffset)
    }
  }
}
