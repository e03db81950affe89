import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '../artifacts/base64.ts'
import { createXxh128 } from './create-xxh128.ts'

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8) * 7)

/** Made with `xxhash.xxh3_128_hexdigest` of Python's xxhash 4.0.1, on each side of each bound between ways of hashing. */
const known: readonly (readonly [length: number, hex: string])[] = [
  [0, '99aa06d3014798d86001c324468d497f'],
  [1, 'a6cd5e9392000f6ac44bdff4074eecdb'],
  [2, 'e3e3af28e278815150a0dc43c774eb84'],
  [3, '4af3603b5bd30dfe3698b80191e625f9'],
  [4, '11527735d62fce43eecdfa5a3b083ba8'],
  [8, '791e22cdc30880ba073a25812fe4f600'],
  [9, '22775b5e55c2ace94557529981ebbef0'],
  [16, '8d0b1cd2088b9620843f49fff931d541'],
  [17, '340f6f9202ad1131a378e80882221151'],
  [32, '4481c666e16d3e17430a991e61bb8520'],
  [33, 'a655be5e03fecd8708eb5d21280ace96'],
  [64, '8f41008ff06356f7731a5a160a9dce1a'],
  [65, 'a978d0c247ecc7fb6e02662b4c167d1a'],
  [96, '8581c1f17815075a39d3afd0b580c0de'],
  [97, '807605c098c371cccbeff5d359b29a1a'],
  [128, '9ac3a2d505dc8bbaffb5b9abed8b314d'],
  [129, '4f3f783d604d0184c83022477e6bf25a'],
  [159, '079a8191c3bf0a77c9efe7865232b847'],
  [160, 'c9996276a240b4edd100acaaf94fc929'],
  [240, '550b8ce07c44bc98c018ce69a32b5a7c'],
  [241, '8e7e1f2fe4156df918773c512b008a63'],
  [256, 'dfb78b82a959f4f6cdd3578b9df45e59'],
  [257, 'e17b042745fe83a7db08b1b097366479'],
  [1024, 'abbb6dfb2876b32db2ac1d11fd7b209b'],
  [1025, '898ab9701dfb9d7bc7fd981796d2137a'],
  [1088, 'd621ee43f0483909aef20318ee5a1317'],
  [2049, '8c106651e92f4ad1d11dc43cf6351744'],
  [100000, 'b9435aae21203404019bf1039e3eb530'],
]

test.each(known)('the hash of %i bytes is that of xxHash', (length, hex) => {
  expect(toHex(createXxh128().update(bytes(length)).digest())).toBe(hex)
})

test('pieces hash as the whole does, also when the hash is asked for in between', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(600), { maxLength: 12 }), fc.boolean(), (lengths, isAskedFor) => {
      const whole = bytes(lengths.reduce((sum, length) => sum + length, 0))
      const hash = createXxh128()
      let from = 0
      for (const length of lengths) {
        hash.update(whole.subarray(from, from + length))
        if (isAskedFor) hash.digest()
        from += length
      }
      expect(toHex(hash.digest())).toBe(toHex(createXxh128().update(whole).digest()))
    }),
    { numRuns: 200 },
  )
})

test('texts are taken as UTF-8', () => {
  const digest = createXxh128().update('ä').digest()
  expect(digest).toEqual(createXxh128().update(Uint8Array.of(0xc3, 0xa4)).digest())
})
