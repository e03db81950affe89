/** The course of one metric in little memory, however long it is: least and greatest value of each part of it. */
export interface Trace {
  /** Values taken so far; NaN and infinities are passed over. */
  count: number
  latest: number
  min: number
  max: number
  /** Values that go into one part. */
  stride: number
  /** Parts begun. */
  length: number
  readonly mins: Float64Array
  readonly maxs: Float64Array
}

// Twice the width of what is drawn: after each halving there are still as many parts as columns.
const partsMax = 64

/** Makes an empty trace, about 1 KiB. */
export function createTrace(): Trace {
  return {
    count: 0,
    latest: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    stride: 1,
    length: 0,
    mins: new Float64Array(partsMax),
    maxs: new Float64Array(partsMax),
  }
}

/** Takes one value in. */
export function addToTrace(trace: Trace, value: number): void {
  if (!Number.isFinite(value)) return
  if (trace.count === trace.length * trace.stride) beginPart(trace, value)
  trace.count += 1
  trace.latest = value
  const part = trace.length - 1
  if (value < (trace.mins[part] as number)) trace.mins[part] = value
  if (value > (trace.maxs[part] as number)) trace.maxs[part] = value
  if (value < trace.min) trace.min = value
  if (value > trace.max) trace.max = value
}

function beginPart(trace: Trace, value: number): void {
  if (trace.length === partsMax) halve(trace)
  trace.mins[trace.length] = value
  trace.maxs[trace.length] = value
  trace.length += 1
}

/** Joins parts two by two. All of them are full when this is called. */
function halve(trace: Trace): void {
  const { mins, maxs } = trace
  for (let part = 0; part < partsMax / 2; part += 1) {
    mins[part] = Math.min(mins[2 * part] as number, mins[2 * part + 1] as number)
    maxs[part] = Math.max(maxs[2 * part] as number, maxs[2 * part + 1] as number)
  }
  trace.length = partsMax / 2
  trace.stride *= 2
}
