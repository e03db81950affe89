// RFC 1321. Browsers have no MD5 of their own, and W&B's digest of a manifest is one.
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const constants = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32))
const blockBytes = 64

/**
 * MD5 of bytes, for digests of manifests: a name for contents and no protection against forgery.
 *
 * @returns 16 bytes.
 */
export function md5(bytes: Uint8Array): Uint8Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  const wholeBytes = bytes.length - (bytes.length % blockBytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let offset = 0; offset < wholeBytes; offset += blockBytes) addBlock(state, view, offset)

  const rest = bytes.subarray(wholeBytes)
  const tail = new Uint8Array(rest.length < blockBytes - 8 ? blockBytes : 2 * blockBytes)
  tail.set(rest)
  tail[rest.length] = 0x80
  const tailView = new DataView(tail.buffer)
  tailView.setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n, true)
  for (let offset = 0; offset < tail.length; offset += blockBytes) addBlock(state, tailView, offset)

  const digest = new Uint8Array(16)
  const digestView = new DataView(digest.buffer)
  state.forEach((word, index) => {
    digestView.setInt32(4 * index, word, true)
  })
  return digest
}

const words = new Int32Array(16)

function addBlock(state: Int32Array, view: DataView, offset: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(offset + 4 * index, true)
  let [a, b, c, d] = state as unknown as [number, number, number, number]
  for (let index = 0; index < 64; index += 1) {
    const round = index >> 4
    let mixed: number
    let word: number
    if (round === 0) {
      mixed = (b & c) | (~b & d)
      word = index
    } else if (round === 1) {
      mixed = (d & b) | (~d & c)
      word = (5 * index + 1) & 15
    } else if (round === 2) {
      mixed = b ^ c ^ d
      word = (3 * index + 5) & 15
    } else {
      mixed = c ^ (b | ~d)
      word = (7 * index) & 15
    }
    const sum = (a + mixed + (constants[index] as number) + (words[word] as number)) | 0
    const shift = shifts[4 * round + (index & 3)] as number
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  state[0] = ((state[0] as number) + a) | 0
  state[1] = ((state[1] as number) + b) | 0
  state[2] = ((state[2] as number) + c) | 0
  state[3] = ((state[3] as number) + d) | 0
}
