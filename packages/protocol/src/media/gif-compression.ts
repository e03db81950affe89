const codesMax = 4096
const blockBytesMax = 255
// Pixels between two signs of life.
const workPixels = 2 ** 20

/**
 * Compresses the pixels of a GIF frame: LZW with codes of growing length, in blocks of at most 255 bytes.
 *
 * @param colorBits - Bits of a pixel, 2 to 8.
 * @param onWork - Called now and then while it takes long.
 */
export function compressGif(indices: Uint8Array, colorBits: number, onWork: () => void = () => {}): Uint8Array[] {
  const clear = 1 << colorBits
  const output = createBitWriter(indices.length)
  // Code of each known sequence, by the code of its beginning and its last pixel.
  const codes = new Map<number, number>()
  let codeBits = colorBits + 1
  let next = clear + 2

  output.write(clear, codeBits)
  let prefix = indices[0] as number
  for (let index = 1; index < indices.length; index += 1) {
    if (index % workPixels === 0) onWork()
    const pixel = indices[index] as number
    const sequence = (prefix << 8) | pixel
    const known = codes.get(sequence)
    if (known !== undefined) {
      prefix = known
      continue
    }
    output.write(prefix, codeBits)
    if (next < codesMax) {
      // The reader knows a code one step later than the writer.
      if (next === 1 << codeBits) codeBits += 1
      codes.set(sequence, next)
      next += 1
    } else {
      output.write(clear, codeBits)
      codes.clear()
      codeBits = colorBits + 1
      next = clear + 2
    }
    prefix = pixel
  }
  output.write(prefix, codeBits)
  // The reader may have grown its codes with the last one.
  if (next === 1 << codeBits && codeBits < 12) codeBits += 1
  output.write(clear + 1, codeBits)
  return [Uint8Array.of(colorBits), ...toBlocks(output.bytes())]
}

function createBitWriter(sizeHint: number) {
  let buffer = new Uint8Array(Math.max(64, sizeHint >> 1))
  let length = 0
  let bits = 0
  let bitCount = 0
  return {
    write(code: number, codeBits: number): void {
      bits |= code << bitCount
      bitCount += codeBits
      while (bitCount >= 8) {
        if (length === buffer.length) {
          const larger = new Uint8Array(buffer.length * 2)
          larger.set(buffer)
          buffer = larger
        }
        buffer[length] = bits & 0xff
        length += 1
        bits >>>= 8
        bitCount -= 8
      }
    },
    bytes(): Uint8Array {
      const whole = new Uint8Array(length + (bitCount > 0 ? 1 : 0))
      whole.set(buffer.subarray(0, length))
      if (bitCount > 0) whole[length] = bits & 0xff
      return whole
    },
  }
}

function toBlocks(bytes: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += blockBytesMax) {
    const part = bytes.subarray(start, start + blockBytesMax)
    const block = new Uint8Array(part.length + 1)
    block[0] = part.length
    block.set(part, 1)
    blocks.push(block)
  }
  blocks.push(Uint8Array.of(0))
  return blocks
}
