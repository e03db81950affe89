/** Things that take memory, of which those that were asked for last are kept. */
export interface BoundedMemory {
  readonly sizeBytes: number
  get<Value>(key: string): Value | undefined
  /** Keeps something; what was not asked for longest goes until all fit. The newest stays, however large it is. */
  set(key: string, value: unknown, sizeBytes: number): void
  /** What is known under the key, else what is made now. */
  remember<Value>(key: string, sizeBytesOf: (value: Value) => number, make: () => Value): Value
}

/** @param bytesMax - What everything together may take. */
export function createBoundedMemory(bytesMax: number): BoundedMemory {
  const entries = new Map<string, { readonly value: unknown; readonly sizeBytes: number }>()
  let total = 0
  const forget = (key: string): void => {
    total -= entries.get(key)?.sizeBytes ?? 0
    entries.delete(key)
  }
  const memory: BoundedMemory = {
    get sizeBytes() {
      return total
    },
    get<Value>(key: string) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      // Whoever put it in under this key knows what it is.
      return entry.value as Value
    },
    set(key, value, sizeBytes) {
      forget(key)
      entries.set(key, { value, sizeBytes })
      total += sizeBytes
      for (const oldest of entries.keys()) {
        if (total <= bytesMax || oldest === key) break
        forget(oldest)
      }
    },
    remember(key, sizeBytesOf, make) {
      const known = memory.get<ReturnType<typeof make>>(key)
      if (known !== undefined) return known
      const value = make()
      memory.set(key, value, sizeBytesOf(value))
      return value
    },
  }
  return memory
}
