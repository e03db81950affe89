/** How the ascending steps of a chunk are kept: a stride, or bytes when they are uneven. */
export type EncodedSteps =
  | { readonly kind: 'strided'; readonly stride: number }
  | { readonly kind: 'uneven'; readonly bytes: Uint8Array }

const modeVarint = 1
const modeFloat64 = 2

/** @param steps - At least one, strictly ascending, finite. */
export function encodeSteps(steps: Float64Array): EncodedSteps {
  const stride = maybeStride(steps)
  if (stride !== undefined) return { kind: 'strided', stride }
  if (steps.every(Number.isSafeInteger) && Number.isSafeInteger(steps.at(-1)! - steps[0]!))
    return { kind: 'uneven', bytes: encodeDeltas(steps) }
  const bytes = new Uint8Array(1 + steps.byteLength)
  bytes[0] = modeFloat64
  bytes.set(new Uint8Array(steps.buffer, steps.byteOffset, steps.byteLength), 1)
  return { kind: 'uneven', bytes }
}

/** @throws RangeError when the bytes are not what {@link encodeSteps} made of `count` steps from `firstStep` on. */
export function decodeSteps(encoded: EncodedSteps, firstStep: number, count: number): Float64Array {
  if (encoded.kind === 'strided') {
    const steps = new Float64Array(count)
    for (let point = 0; point < count; point++) steps[point] = firstStep + point * encoded.stride
    return steps
  }
  const { bytes } = encoded
  if (bytes[0] === modeVarint) return decodeDeltas(bytes, firstStep, count)
  if (bytes[0] === modeFloat64 && bytes.length === 1 + count * 8) return new Float64Array(bytes.slice(1).buffer)
  throw new RangeError(`Not the steps of ${count} points.`)
}

/** The distance between all neighbours when every step can be computed from it exactly; 1 for a single step. */
export function maybeStride(steps: Float64Array): number | undefined {
  if (steps.length === 1) return 1
  const first = steps[0]!
  const stride = steps[1]! - first
  if (!(stride > 0)) return undefined
  for (let point = 1; point < steps.length; point++) {
    if (steps[point] !== first + point * stride) return undefined
  }
  return stride
}

/** One byte of mode, then the distance to the step before as LEB128, for all but the first step. */
function encodeDeltas(steps: Float64Array): Uint8Array {
  const bytes = new Uint8Array(1 + (steps.length - 1) * 8)
  bytes[0] = modeVarint
  let end = 1
  for (let point = 1; point < steps.length; point++) {
    let delta = steps[point]! - steps[point - 1]!
    while (delta >= 128) {
      bytes[end++] = (delta % 128) | 128
      delta = Math.floor(delta / 128)
    }
    bytes[end++] = delta
  }
  return bytes.slice(0, end)
}

function decodeDeltas(bytes: Uint8Array, firstStep: number, count: number): Float64Array {
  const steps = new Float64Array(count)
  steps[0] = firstStep
  let offset = 1
  for (let point = 1; point < count; point++) {
    let delta = 0
    let scale = 1
    let byte = 128
    while (byte >= 128) {
      if (offset >= bytes.length) throw new RangeError(`Not the steps of ${count} points.`)
      byte = bytes[offset++]!
      delta += (byte & 127) * scale
      scale *= 128
    }
    steps[point] = steps[point - 1]! + delta
  }
  return steps
}
