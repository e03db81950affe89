import { type CheckCancelled, rowsBetweenChecks } from './table-error.ts'
import type { TextPool } from './text-pool.ts'

/** A digit alone becomes three bytes. */
const keyBytesPerByte = 3
/** Below this plain comparison is quicker than dividing by bytes. */
const smallRange = 12
const encoder = new TextEncoder()

/**
 * What texts are sorted by: small letters without accents, numbers in them by their value (`item 9` before `item 10`), otherwise by
 * code point. A number stands as `0`, its count of digits, its digits.
 */
export function naturalKey(text: string): Uint8Array {
  const bytes = encoder.encode(text)
  const folded = hasHighByte(bytes, 0, bytes.length) ? foldAccents(text) : bytes
  const target = new Uint8Array(keyBytesPerByte * folded.length)
  return target.subarray(0, writeKey(folded, 0, folded.length, target, 0))
}

/** For each text of a pool its place in the natural order; texts with the same key by their bytes. */
export function rankTexts(pool: TextPool, check: CheckCancelled): Uint32Array {
  const { keys, offsets } = keysOf(pool, check)
  const codes = Uint32Array.from({ length: pool.count }, (_, code) => code)
  const byteAt = (code: number, depth: number): number => {
    const at = offsets[code]! + depth
    return at < offsets[code + 1]! ? keys[at]! : -1
  }
  const compareFrom = (a: number, b: number, depth: number): number => {
    for (let at = depth; ; at += 1) {
      const [one, other] = [byteAt(a, at), byteAt(b, at)]
      if (one !== other) return one - other
      if (one === -1) return compareBytes(pool, a, b)
    }
  }
  // Three-way radix quicksort: parts are told apart by one byte after the other, so that common beginnings are read once.
  const work: [from: number, to: number, depth: number][] = [[0, codes.length, 0]]
  let steps = 0
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [from, to, depth] = next
    steps += to - from
    if (steps > rowsBetweenChecks) {
      check()
      steps = 0
    }
    if (to - from <= smallRange) {
      insertionSort(codes, from, to, (a, b) => compareFrom(a, b, depth))
      continue
    }
    const pivot = byteAt(codes[(from + to) >>> 1]!, depth)
    let [less, at, greater] = [from, from, to - 1]
    while (at <= greater) {
      const code = codes[at]!
      const byte = byteAt(code, depth)
      if (byte < pivot) swap(codes, less++, at++)
      else if (byte > pivot) swap(codes, at, greater--)
      else at += 1
    }
    work.push([from, less, depth], [greater + 1, to, depth])
    if (pivot === -1) codes.subarray(less, greater + 1).sort((a, b) => compareBytes(pool, a, b))
    else work.push([less, greater + 1, depth + 1])
  }
  const ranks = new Uint32Array(codes.length)
  for (let rank = 0; rank < codes.length; rank += 1) ranks[codes[rank]!] = rank
  return ranks
}

function keysOf(pool: TextPool, check: CheckCancelled): { keys: Uint8Array; offsets: Float64Array } {
  let keys = new Uint8Array(pool.bytes.length + 1024)
  const offsets = new Float64Array(pool.count + 1)
  let length = 0
  for (let code = 0; code < pool.count; code += 1) {
    if (code % rowsBetweenChecks === 0) check()
    const [from, to] = [pool.offsets[code]!, pool.offsets[code + 1]!]
    const folded = hasHighByte(pool.bytes, from, to) ? foldAccents(pool.text(code)) : undefined
    const lengthMax = folded?.length ?? to - from
    if (length + keyBytesPerByte * lengthMax > keys.length) {
      const larger = new Uint8Array(2 * keys.length + keyBytesPerByte * lengthMax)
      larger.set(keys)
      keys = larger
    }
    length = folded ? writeKey(folded, 0, folded.length, keys, length) : writeKey(pool.bytes, from, to, keys, length)
    offsets[code + 1] = length
  }
  return { keys, offsets }
}

function hasHighByte(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at]! >= 0x80) return true
  return false
}

function foldAccents(text: string): Uint8Array {
  return encoder.encode(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
}

function writeKey(bytes: Uint8Array, from: number, to: number, target: Uint8Array, start: number): number {
  let length = start
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!
    if (!isDigit(byte)) {
      target[length++] = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
      continue
    }
    let end = at + 1
    while (end < to && isDigit(bytes[end]!)) end += 1
    while (at < end - 1 && bytes[at] === 0x30) at += 1
    target[length++] = 0x30
    target[length++] = Math.min(255, end - at)
    for (; at < end; at += 1) target[length++] = bytes[at]!
    at -= 1
  }
  return length
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function compareBytes({ bytes, offsets }: TextPool, a: number, b: number): number {
  const [endA, endB] = [offsets[a + 1]!, offsets[b + 1]!]
  let [at, other] = [offsets[a]!, offsets[b]!]
  while (at < endA && other < endB) {
    const difference = bytes[at++]! - bytes[other++]!
    if (difference !== 0) return difference
  }
  return endA - at - (endB - other)
}

function insertionSort(codes: Uint32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  for (let at = from + 1; at < to; at += 1) {
    const code = codes[at]!
    let place = at
    for (; place > from && compare(codes[place - 1]!, code) > 0; place -= 1) codes[place] = codes[place - 1]!
    codes[place] = code
  }
}

function swap(codes: Uint32Array, one: number, other: number): void {
  const code = codes[one]!
  codes[one] = codes[other]!
  codes[other] = code
}
