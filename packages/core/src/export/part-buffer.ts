// A file is written in parts of about this size.
const partBytes = 1 << 18

/** Puts small parts of a file together. */
export interface PartBuffer {
  add(part: Uint8Array | undefined): Promise<void>
  /** Writes what waits. */
  flush(): Promise<void>
  /** Bytes so far, those that wait among them. */
  readonly sizeBytes: number
}

export function createPartBuffer(write: (part: Uint8Array) => Promise<void>): PartBuffer {
  let parts: Uint8Array[] = []
  let waitingBytes = 0
  let sizeBytes = 0

  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return
    const whole = new Uint8Array(waitingBytes)
    let offset = 0
    for (const part of parts) {
      whole.set(part, offset)
      offset += part.byteLength
    }
    parts = []
    waitingBytes = 0
    await write(whole)
  }

  return {
    async add(part) {
      if (part === undefined || part.byteLength === 0) return
      parts.push(part)
      waitingBytes += part.byteLength
      sizeBytes += part.byteLength
      if (waitingBytes >= partBytes) await flush()
    },
    flush,
    get sizeBytes() {
      return sizeBytes
    },
  }
}
