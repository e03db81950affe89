const codesMax = 4096

/** The pixels of a frame of a GIF, as indices into its palette. What a damaged frame lacks is 0. */
export function decompressGif(data: Uint8Array, minimumBits: number, pixelCount: number): Uint8Array {
  const pixels = new Uint8Array(pixelCount)
  const clear = 1 << minimumBits
  // Of each known sequence: the code of its beginning, its last pixel, and how long it is.
  const prefixes = new Uint16Array(codesMax)
  const lasts = new Uint8Array(codesMax)
  const lengths = new Uint16Array(codesMax)
  for (let code = 0; code < clear; code += 1) {
    lasts[code] = code
    lengths[code] = 1
  }
  let [next, codeBits, before, length] = [clear + 2, minimumBits + 1, -1, 0]
  let [bits, bitCount, position] = [0, 0, 0]
  while (length < pixelCount) {
    while (bitCount < codeBits) {
      if (position >= data.length) return pixels
      bits |= (data[position] as number) << bitCount
      position += 1
      bitCount += 8
    }
    const code = bits & ((1 << codeBits) - 1)
    bits >>>= codeBits
    bitCount -= codeBits
    if (code === clear) {
      ;[next, codeBits, before] = [clear + 2, minimumBits + 1, -1]
      continue
    }
    if (code === clear + 1 || code > next || (code === next && before < 0)) return pixels
    if (before >= 0 && next < codesMax) {
      prefixes[next] = before
      lengths[next] = (lengths[before] as number) + 1
      // A code that is being made begins and ends with the first pixel of the one before.
      lasts[next] = firstPixel(code === next ? before : code, prefixes, lasts, lengths)
      next += 1
      if (next === 1 << codeBits && codeBits < 12) codeBits += 1
    }
    const count = lengths[code] as number
    let part = code
    for (let at = length + count - 1; at >= length; at -= 1) {
      if (at < pixelCount) pixels[at] = lasts[part] as number
      part = prefixes[part] as number
    }
    length += count
    before = code
  }
  return pixels
}

function firstPixel(code: number, prefixes: Uint16Array, lasts: Uint8Array, lengths: Uint16Array): number {
  let part = code
  while ((lengths[part] as number) > 1) part = prefixes[part] as number
  return lasts[part] as number
}
