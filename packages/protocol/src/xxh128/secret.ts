/** The 192 bytes that XXH3 mixes in where nobody gives others. */
export const secret: Uint8Array = Uint8Array.from(
  (
    'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221' +
    'b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8' +
    'a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb' +
    '170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e'
  ).match(/../g) as string[],
  (hex) => Number.parseInt(hex, 16),
)

const view = new DataView(secret.buffer)

/** 64 bits of it, from a byte on. */
export function secret64(offset: number): bigint {
  return view.getBigUint64(offset, true)
}

/** As many words of 32 bits of it, from a byte on. */
export function secretWords(offset: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => view.getInt32(offset + 4 * index, true))
}
