import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  blockSize,
  crc32,
  createFramer,
  createScanner,
  encodeRecord,
  fragmentHeaderSize,
  type ScanEvent,
} from '../src/index.ts'

function frame(payloads: readonly Uint8Array[]): Uint8Array {
  const framer = createFramer({ crc32: zlibCrc32 })
  for (const payload of payloads) framer.append(payload)
  return framer.bytes().slice()
}

function scan(bytes: Uint8Array, cuts: readonly number[] = []) {
  const scanner = createScanner({ crc32: zlibCrc32 })
  const events: ScanEvent[] = []
  let start = 0
  for (const cut of [...cuts].sort((a, b) => a - b).concat(bytes.length)) {
    // A copy that is overwritten afterwards shows whether the scanner holds on to pushed bytes.
    const piece = bytes.slice(start, cut)
    events.push(
      ...scanner
        .push(piece)
        .map((event) => ({ ...event, ...('payload' in event ? { payload: event.payload.slice() } : {}) })),
    )
    piece.fill(0xee)
    start = Math.max(start, cut)
  }
  return { events, end: scanner.end(), fragments: scanner.fragments }
}

const payloadsOf = (events: readonly ScanEvent[]) =>
  events.flatMap((event) => (event.kind === 'record' ? [Buffer.from(event.payload).toString('hex')] : []))
const hex = (payloads: readonly Uint8Array[]) => payloads.map((payload) => Buffer.from(payload).toString('hex'))
const filled = (length: number, seed = length) => Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff)

test('the bytes of a file with one record', () => {
  const bytes = frame([encodeRecord({ num: 1, kind: 'exit', exit: {} })])
  expect(Buffer.from(bytes).toString('hex')).toBe('3a572642e1be007d03de150500010801920100')
})

test("the checksum is zlib's, also in parts", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes))
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes))
    }),
  )
})

describe('round trip', () => {
  // So many bytes are left in the block when the second record comes.
  const remainders = Array.from({ length: 21 }, (_, index) => index)
  const sizes = [0, 1, 2, 100, blockSize - 7, blockSize - 6, 2 * blockSize, 70_000]

  test.each(remainders)('with %i bytes left in the block', (remainder) => {
    for (const size of sizes) {
      const filler = filled(blockSize - 7 - fragmentHeaderSize - remainder)
      const payloads = [filler, filled(size), filled(3)]
      const bytes = frame(payloads)
      const { events, end } = scan(bytes)
      expect(payloadsOf(events)).toEqual(hex(payloads))
      expect(end).toEqual({ kind: 'clean', offset: bytes.length, fragmentOffset: bytes.length })
      const second = events[1]
      expect(second?.kind === 'record' && second.endOffset).toBe(
        events[2]?.offset === undefined ? 0 : (second as { endOffset: number }).endOffset,
      )
    }
  })

  test('in pieces of any size, from any record on', () => {
    const payload = fc
      .oneof(fc.nat(200), fc.integer({ min: 32_700, max: 32_800 }), fc.nat(100_000))
      .map((length) => filled(length))
    fc.assert(
      fc.property(
        fc.array(payload, { maxLength: 12 }),
        fc.array(fc.nat(400_000), { maxLength: 40 }),
        fc.nat(11),
        (payloads, cuts, from) => {
          const bytes = frame(payloads)
          const whole = scan(
            bytes,
            cuts.filter((cut) => cut <= bytes.length),
          )
          expect(payloadsOf(whole.events)).toEqual(hex(payloads))
          expect(whole.end.kind).toBe('clean')
          const start = whole.events[from]
          if (start?.kind === 'record') {
            const scanner = createScanner({ fileOffset: start.endOffset })
            expect(payloadsOf(scanner.push(bytes.subarray(start.endOffset)))).toEqual(hex(payloads.slice(from + 1)))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a framer goes on where another stopped, and clearing loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { minLength: 1, maxLength: 10 }), (lengths) => {
        const payloads = lengths.map((length) => filled(length))
        const parts: Uint8Array[] = []
        let offset = 0
        for (const payload of payloads) {
          const framer = createFramer({ fileOffset: offset })
          framer.append(payload)
          parts.push(framer.bytes().slice())
          offset = framer.fileOffset
          framer.clear()
          expect(framer.length).toBe(0)
        }
        expect(Buffer.concat(parts).equals(frame(payloads))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('only the given part of a payload is framed', () => {
    const framer = createFramer()
    framer.append(filled(50_000), 40_000)
    expect(payloadsOf(scan(framer.bytes().slice()).events)).toEqual(hex([filled(50_000).subarray(0, 40_000)]))
  })
})

describe('a file that ends too early', () => {
  const payloads = [filled(100), filled(40_000), filled(50)]
  const bytes = frame(payloads)

  test('at every kind of place: the whole records, and the promise of more', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        const { events, end } = scan(bytes.subarray(0, length))
        const ends = scan(bytes).events.map((event) => (event.kind === 'record' ? event.endOffset : 0))
        const wholeCount = ends.filter((offset) => offset <= length).length
        expect(events).toHaveLength(wholeCount)
        const isBoundary = length === 0 || length === 7 || ends.includes(length)
        expect(end.kind).toBe(isBoundary ? 'clean' : 'unexpected-end')
        expect(end.offset).toBe(length < 7 ? 0 : (ends.filter((offset) => offset <= length).at(-1) ?? 7))
      }),
    )
  })

  test('zeros at the end, as in a file that was made larger beforehand, are no damage', () => {
    const padded = new Uint8Array(4 * blockSize)
    padded.set(bytes)
    const { events, end } = scan(padded)
    expect(payloadsOf(events)).toEqual(hex(payloads))
    expect(end.kind).toBe('clean')
  })
})

describe('damage', () => {
  const payloads = Array.from({ length: 400 }, (_, index) => filled(500, index))
  const bytes = frame(payloads)

  test('one flipped bit costs at most the rest of its block and the records that reach into it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: bytes.length - 1 }), fc.nat(7), (position, bit) => {
        const bad = bytes.slice()
        bad[position] = (bad[position] as number) ^ (1 << bit)
        const { events } = scan(bad)
        const damage = events.filter((event) => event.kind === 'damage')
        const found = new Set(payloadsOf(events))
        const blockStart = Math.floor(position / blockSize) * blockSize
        for (const event of scan(bytes).events) {
          if (event.kind !== 'record') continue
          if (event.endOffset <= position && event.offset >= 0)
            expect(found.has(Buffer.from(event.payload).toString('hex'))).toBe(true)
          if (event.offset >= blockStart + blockSize)
            expect(found.has(Buffer.from(event.payload).toString('hex'))).toBe(true)
        }
        expect(damage.length).toBeLessThanOrEqual(1)
        expect(found.size).toBeLessThan(payloads.length)
      }),
      { numRuns: 200 },
    )
  })

  test('a file of something else: one damage, and nothing is made up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 7, maxLength: 200 }), (garbage) => {
        const { events } = scan(Uint8Array.from([0x00, ...garbage]))
        expect(events).toMatchObject([{ kind: 'damage', reason: 'header', offset: 0 }])
      }),
    )
  })

  test('a record whose end is missing, because a writer started anew behind it', () => {
    const first = createFramer()
    first.append(filled(40_000))
    // Only the first block reached the disk.
    const head = first.bytes().slice(0, blockSize)
    const second = createFramer({ fileOffset: blockSize })
    second.append(filled(10))
    const { events } = scan(Uint8Array.from([...head, ...second.bytes()]))
    expect(events).toMatchObject([
      { kind: 'damage', reason: 'order', offset: 7, skippedBytes: blockSize - 7 },
      { kind: 'record', offset: blockSize },
    ])
  })

  test('a length beyond the block', () => {
    const bad = bytes.slice()
    bad[11] = 0xff
    bad[12] = 0xff
    expect(scan(bad).events[0]).toEqual({ kind: 'damage', reason: 'length', offset: 7, skippedBytes: blockSize - 7 })
  })
})
