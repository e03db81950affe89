import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRingConsumer } from './ring-consumer.ts'
import { controlWord, createRingMemory } from './ring-memory.ts'
import { createRingProducer } from './ring-producer.ts'
import type { RowShape } from './row-shape.ts'

type Entry = { row: Record<string, number>; step: number; timeMs: number } | { message: string }

/** A ring whose consumer runs when the producer waits for space, or when a test says so. */
function openRing(ringBytes: number) {
  const memory = createRingMemory(ringBytes, true)
  const shapes: RowShape[] = []
  const lane: string[] = []
  const received: Entry[] = []
  let waitCount = 0
  const consumer = createRingConsumer(memory, {
    handleRow(shapeId, step, timeMs, cells, offset) {
      const { paths } = shapes[shapeId] as RowShape
      const entries = paths.map((path, i) => [path.join('|'), cells[offset + i] as number] as const)
      received.push({ row: Object.fromEntries(entries), step, timeMs })
      return paths.length
    },
    handleMarker() {
      received.push({ message: lane.shift() as string })
      return false
    },
  })
  const producer = createRingProducer(memory, {
    announceShape: (shape) => shapes.push(shape),
    waitForSpace() {
      waitCount += 1
      consumer.read(Number.POSITIVE_INFINITY)
      consumer.release()
    },
  })
  return {
    memory,
    shapes,
    received,
    producer,
    drain(cellCountMax = Number.POSITIVE_INFINITY) {
      const taken = consumer.read(cellCountMax)
      consumer.release()
      return taken
    },
    send(message: string, bytes: number) {
      lane.push(message)
      producer.writeMarker(bytes)
    },
    get waitCount() {
      return waitCount
    },
  }
}

const key = fc.constantFrom('loss', 'acc', 'val/loss', 'a.b', '0', '7', 'ünï', '')
const value = fc.double({ noNaN: true, noDefaultInfinity: true })
const { row } = fc.letrec<{ row: object }>((tie) => ({
  row: fc.dictionary(key, fc.oneof({ maxDepth: 2, withCrossShrink: true }, value, tie('row')), {
    noNullPrototype: true,
    maxKeys: 3,
  }),
}))
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('row' as const), row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('message' as const), bytes: fc.nat(5000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drain' as const), cells: fc.nat(200) }) },
)

/** A row as its consumer sees it. */
function flatten(row: object, prefix = ''): Record<string, number> {
  const entries = Object.entries(row).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'number'
      ? [[`${prefix}${name}`, member] as const]
      : Object.entries(flatten(member as object, `${prefix}${name}|`)),
  )
  return Object.fromEntries(entries)
}

describe('the ring', () => {
  test('gives rows and messages back in order, whatever wraps around or waits', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
        const ring = openRing(1024)
        const expected: Entry[] = []
        operations.forEach((each, index) => {
          if (each.kind === 'drain') ring.drain(each.cells)
          else if (each.kind === 'message') {
            ring.send(`m${index}`, each.bytes)
            expected.push({ message: `m${index}` })
          } else {
            expect(ring.producer.tryWriteRow(each.row, index, index / 2)).toBe(true)
            expected.push({ row: flatten(each.row), step: index, timeMs: index / 2 })
          }
        })
        ring.drain()
        expect(ring.received).toEqual(expected)
      }),
    )
  })

  test('keeps its order when the counters pass 2^31', () => {
    const ring = openRing(1024)
    const { control } = ring.memory
    Atomics.store(control, controlWord.head, 2 ** 31 - 40)
    Atomics.store(control, controlWord.tail, 2 ** 31 - 40)
    const producer = createRingProducer(ring.memory, { announceShape() {}, waitForSpace() {} })
    const steps: number[] = []
    const consumer = createRingConsumer(ring.memory, {
      handleRow(_shapeId, step) {
        steps.push(step)
        return 1
      },
      handleMarker: () => false,
    })
    for (let step = 0; step < 40; step += 1) {
      expect(producer.tryWriteRow({ loss: step }, step, 0)).toBe(true)
      consumer.read(1)
      consumer.release()
    }
    expect(steps).toEqual(Array.from({ length: 40 }, (_, step) => step))
  })

  test('takes what is no finite number too: a loss that has become NaN must not slow the training', () => {
    const memory = createRingMemory(4096, false)
    const producer = createRingProducer(memory, { announceShape() {}, waitForSpace() {} })
    const rows: number[][] = []
    const consumer = createRingConsumer(memory, {
      handleRow(_shapeId, _packedStep, _timeMs, cells, offset) {
        rows.push([...cells.subarray(offset, offset + 2)])
        return 2
      },
      handleMarker: () => false,
    })
    expect(producer.tryWriteRow({ loss: 1, layer: { norm: 2 } }, 0, 0)).toBe(true)
    expect(producer.tryWriteRow({ loss: Number.NaN, layer: { norm: Number.POSITIVE_INFINITY } }, 1, 0)).toBe(true)
    consumer.read(64)
    expect(rows).toEqual([
      [1, 2],
      [Number.NaN, Number.POSITIVE_INFINITY],
    ])
  })

  test('writes nothing for a row that is not of numbers', () => {
    class Metrics {
      loss = 1
    }
    const inherited = Object.create({ loss: 1 }) as object
    const cyclic: Record<string, unknown> = { loss: 1 }
    cyclic.self = cyclic
    const unfit = [
      { loss: '1' },
      { loss: null },
      { loss: undefined },
      { loss: 1n },
      { loss: { a: '1' } },
      { loss: { a: [1] } },
      { loss: new Metrics() },
      { loss: { a: new Date(0) } },
      { loss: { '\ud800': 1 } },
      { _wandb: { a: 1 } },
      cyclic,
      { loss: 1, acc: [1] },
      { _step: 1 },
      { loss: 1, _timestamp: 1 },
      { '\ud800': 1 },
      [1, 2],
      new Metrics(),
      inherited,
    ]
    const ring = openRing(1024)
    ring.producer.tryWriteRow({ loss: 1 }, 0, 0)
    for (const metrics of unfit) expect(ring.producer.tryWriteRow(metrics, 1, 0)).toBe(false)
    ring.drain()
    expect(ring.received).toHaveLength(1)
  })

  test('takes a row without keys and one with a null prototype', () => {
    const ring = openRing(1024)
    expect(ring.producer.tryWriteRow({}, 0, 1)).toBe(true)
    expect(ring.producer.tryWriteRow(Object.assign(Object.create(null), { loss: 2 }), 1, 1)).toBe(true)
    ring.drain()
    expect(ring.received).toEqual([
      { row: {}, step: 0, timeMs: 1 },
      { row: { loss: 2 }, step: 1, timeMs: 1 },
    ])
  })

  test('makes one shape per list of keys', () => {
    const ring = openRing(4096)
    for (let step = 0; step < 50; step += 1) {
      ring.producer.tryWriteRow({ loss: 1, acc: 2 }, step, 0)
      if (step % 10 === 0) ring.producer.tryWriteRow({ 'val/loss': 1 }, step, 0)
      if (step % 7 === 0) ring.producer.tryWriteRow({ acc: 2, loss: 1 }, step, 0)
    }
    expect(ring.shapes.map((shape) => shape.root.keys)).toEqual([['loss', 'acc'], ['val/loss'], ['acc', 'loss']])
  })

  test('takes nested rows that come in turns with others', () => {
    const ring = openRing(4096)
    const rows = [
      { train: { loss: 1, top: { one: 2 } }, epoch: 3 },
      { train: 1, epoch: 3 },
      { train: { loss: 1 }, epoch: 3 },
      { train: {}, epoch: 4 },
    ]
    for (let turn = 0; turn < 12; turn += 1) {
      expect(ring.producer.tryWriteRow(rows[turn % rows.length] as object, turn, 0)).toBe(true)
    }
    ring.drain()
    expect(ring.received).toEqual(
      Array.from({ length: 12 }, (_, step) => ({ row: flatten(rows[step % rows.length] as object), step, timeMs: 0 })),
    )
    expect(ring.shapes).toHaveLength(4)
  })

  test('refuses rows with ever new keys once there are many shapes', () => {
    const ring = openRing(2 ** 20)
    let refusedCount = 0
    for (let index = 0; index < 2000; index += 1) {
      if (!ring.producer.tryWriteRow({ [`key${index}`]: 1 }, index, 0)) refusedCount += 1
    }
    expect(refusedCount).toBe(2000 - 1024)
    expect(ring.producer.tryWriteRow({ key3: 1 }, 2000, 0)).toBe(true)
  })

  test('refuses a row that would fill a quarter of it', () => {
    const ring = openRing(1024)
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, index]))
    expect(ring.producer.tryWriteRow(wide, 0, 0)).toBe(false)
  })

  test('survives a getter that logs a row of its own', () => {
    const ring = openRing(1024)
    const row = {
      get loss() {
        ring.producer.tryWriteRow({ inner: 2 }, 7, 0)
        return 1
      },
    }
    ring.producer.tryWriteRow(row, 1, 0)
    ring.drain()
    for (const entry of ring.received)
      expect([{ inner: 2 }, { loss: 1 }]).toContainEqual('row' in entry ? entry.row : 0)
  })
})
