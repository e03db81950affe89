/** Takes up to `wanted` bytes of a disk that a test makes small. Throws as a full disk does when there is none. */
export function takeQuota(bytesLeft: Int32Array | undefined, wanted: number): number {
  if (bytesLeft === undefined) return wanted
  const granted = Math.min(Math.max(Atomics.load(bytesLeft, 0), 0), wanted)
  if (granted === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  Atomics.sub(bytesLeft, 0, granted)
  return granted
}

/** As {@link takeQuota}, all or nothing. */
export function takeAllQuota(bytesLeft: Int32Array | undefined, wanted: number): void {
  if (bytesLeft === undefined || wanted === 0) return
  if (Atomics.load(bytesLeft, 0) < wanted) takeQuota(new Int32Array(1), wanted)
  takeQuota(bytesLeft, wanted)
}
