import { controlWord, entryKind, type RingMemory, rowHeaderCells } from './ring-memory.ts'
import { describeShape, isPlain, pathsOf, type RowShape, type ShapeNode, signatureOf } from './row-shape.ts'

/** What the producer needs from its surroundings. */
export interface RingProducerEffects {
  /** Tells the consumer of a new shape, in order with the rows. */
  announceShape(shape: RowShape): void
  /** Returns once at least `cellCount` cells are free; blocks the thread until then. */
  waitForSpace(cellCount: number): void
}

/** The writing end of the ring, used by the training thread only. */
export interface RingProducer {
  /**
   * Publishes a row if all own enumerable properties of `metrics` are numbers, NaN and infinities among them, or plain objects of such.
   *
   * @returns false when nothing was written, because the row has something else in it.
   */
  tryWriteRow(metrics: object, packedStep: number, timeMs: number): boolean
  /** Publishes a marker: the consumer takes one message from the slow lane when it comes to it. */
  writeMarker(messageBytes: number): void
}

const written = 0
const otherShape = -1
const notNumeric = -2

// A row of distinct keys per call would make a shape per row; from here on such rows take the slow path.
const shapeCountMax = 1024
// How many shapes are compared key by key before the map is asked. Training and validation rows alternate in practice.
const recentShapeCount = 4
// Keys that the engine writes itself; a row that brings one of them needs the rules of the slow path.
const automaticKeys = new Set(['_step', '_runtime', '_timestamp', '_wandb'])

// Matches no row: keys that are not well-formed never get a shape.
const noShape: RowShape = {
  id: -1,
  paths: [['\ud800']],
  root: { keys: ['\ud800'], children: [undefined], hasChildren: false },
}

/** Makes the writing end of a ring. */
export function createRingProducer(memory: RingMemory, effects: RingProducerEffects): RingProducer {
  const { control, cells } = memory
  const cellCount = cells.length
  const mask = cellCount - 1
  // A row or marker never takes more than a quarter, so that one entry cannot wait for itself.
  const entryCellsMax = cellCount >> 2
  const shapes = new Map<string, RowShape>()
  const recentShapes: RowShape[] = []
  let lastShape = noShape
  let head = Atomics.load(control, controlWord.head)
  let knownTail = Atomics.load(control, controlWord.tail)

  /** Makes room for one contiguous entry; returns its first cell. The padding before it is published with it. */
  function reserve(count: number): number {
    const start = head & mask
    const padding = start + count > cellCount ? cellCount - start : 0
    if (cellCount - ((head - knownTail) | 0) < padding + count) {
      knownTail = Atomics.load(control, controlWord.tail)
      if (cellCount - ((head - knownTail) | 0) < padding + count) {
        effects.waitForSpace(padding + count)
        knownTail = Atomics.load(control, controlWord.tail)
      }
    }
    if (padding === 0) return start
    cells[start] = entryKind.skip
    return 0
  }

  /** Publishes the entry that begins at the cell that `reserve` gave. */
  function publish(start: number, count: number): void {
    const padding = (start - (head & mask)) & mask
    head = (head + padding + count) | 0
    Atomics.store(control, controlWord.head, head)
  }

  function writeRow(shape: RowShape, metrics: Record<string, unknown>, packedStep: number, timeMs: number): number {
    const { root, paths } = shape
    const count = paths.length + rowHeaderCells
    const start = reserve(count)
    const end = root.hasChildren
      ? writeNested(root, metrics, start + rowHeaderCells, head)
      : writeFlat(root.keys, metrics, start + rowHeaderCells, head)
    if (end < 0) return end
    cells[start] = shape.id
    cells[start + 1] = packedStep
    cells[start + 2] = timeMs
    publish(start, count)
    return written
  }

  // The two return the cell behind the last number, or what kept them from writing.
  function writeFlat(
    keys: readonly string[],
    metrics: Record<string, unknown>,
    firstCell: number,
    headBefore: number,
  ): number {
    let index = 0
    for (const key in metrics) {
      if (key !== keys[index]) return otherShape
      const value = metrics[key]
      if (typeof value !== 'number') return typeof value === 'object' ? otherShape : notNumeric
      // A getter may have logged a row itself; then these cells are taken.
      if (head !== headBefore) return otherShape
      cells[firstCell + index] = value
      index += 1
    }
    return index === keys.length ? firstCell + index : otherShape
  }

  function writeNested(
    { keys, children }: ShapeNode,
    metrics: Record<string, unknown>,
    firstCell: number,
    headBefore: number,
  ): number {
    let cell = firstCell
    let index = 0
    for (const key in metrics) {
      if (key !== keys[index]) return otherShape
      const value = metrics[key]
      const child = children[index]
      if (head !== headBefore) return otherShape
      if (child === undefined) {
        if (typeof value !== 'number') return otherShape
        cells[cell] = value
        cell += 1
      } else {
        if (typeof value !== 'object' || value === null || !isPlain(value)) return otherShape
        cell = child.hasChildren
          ? writeNested(child, value as Record<string, unknown>, cell, headBefore)
          : writeFlat(child.keys, value as Record<string, unknown>, cell, headBefore)
        if (cell < 0) return cell
      }
      index += 1
    }
    return index === keys.length ? cell : otherShape
  }

  function findShape(metrics: object): RowShape | undefined {
    const root = describeShape(metrics)
    if (root === undefined) return undefined
    const signature = signatureOf(root)
    const known = shapes.get(signature)
    if (known !== undefined) return known
    const paths = pathsOf(root)
    if (shapes.size >= shapeCountMax || paths.length + rowHeaderCells > entryCellsMax) return undefined
    if (root.keys.some((key) => automaticKeys.has(key))) return undefined
    const shape: RowShape = { id: shapes.size, paths, root }
    shapes.set(signature, shape)
    effects.announceShape(shape)
    return shape
  }

  function remember(shape: RowShape): void {
    lastShape = shape
    const position = recentShapes.indexOf(shape)
    if (position >= 0) recentShapes.splice(position, 1)
    recentShapes.unshift(shape)
    recentShapes.length = Math.min(recentShapes.length, recentShapeCount)
  }

  function tryOtherShapes(metrics: Record<string, unknown>, packedStep: number, timeMs: number): boolean {
    for (const shape of recentShapes) {
      const outcome = writeRow(shape, metrics, packedStep, timeMs)
      if (outcome === notNumeric) return false
      if (outcome === written) {
        lastShape = shape
        return true
      }
    }
    const shape = findShape(metrics)
    if (shape === undefined || writeRow(shape, metrics, packedStep, timeMs) !== written) return false
    remember(shape)
    return true
  }

  return {
    tryWriteRow(metrics, packedStep, timeMs) {
      // `for in` also lists what a prototype has; only plain objects are sure to have nothing there.
      if (!isPlain(metrics)) return false
      const row = metrics as Record<string, unknown>
      const outcome = writeRow(lastShape, row, packedStep, timeMs)
      if (outcome === written) return true
      return outcome === otherShape && tryOtherShapes(row, packedStep, timeMs)
    },
    writeMarker(messageBytes) {
      // A message takes as much of the ring as its bytes would, so that a full ring also bounds the slow lane.
      const count = Math.min(2 + Math.ceil(messageBytes / 8), entryCellsMax)
      const start = reserve(count)
      cells[start] = entryKind.marker
      cells[start + 1] = count
      publish(start, count)
    },
  }
}
