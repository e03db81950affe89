import { MediaReference, MediaValue } from '@lossline/core'

type Snapshot = ReturnType<MediaValue['toSnapshot']>

/** Media whose pixels or samples are its own, so that the caller's buffer may be used again. */
class KeptMedia extends MediaValue {
  readonly #snapshot: Snapshot

  constructor(snapshot: Snapshot) {
    super()
    this.#snapshot = snapshot
  }

  toSnapshot(): Snapshot {
    return this.#snapshot
  }
}

// Media of another copy of the package are media too.
const mediaMark = Symbol.for('lossline.media')

/** The columns of a row, copied: what the caller changes afterwards does not show. */
export function copyCells(cells: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, copyValue(value)]))
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof MediaReference) return value
  if (mediaMark in value) return new KeptMedia(copyPlain((value as unknown as MediaValue).toSnapshot()) as Snapshot)
  return copyPlain(value)
}

/** Lists, plain objects and buffers, however deep. Anything else, such as a Date, is taken as it is. */
function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  // A Buffer's own method would share its memory.
  if (value instanceof Uint8Array) return Uint8Array.prototype.slice.call(value)
  if (ArrayBuffer.isView(value) && 'slice' in value) return (value as Float32Array).slice()
  if (Array.isArray(value)) return value.map(copyValue)
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return copyCells(value as Record<string, unknown>)
}
