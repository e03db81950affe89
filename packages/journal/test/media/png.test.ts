import { readdirSync, readFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { encodePng, type PixelImage } from '@lossline/protocol'
import { decodePng } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deflateInParts } from '../../src/media/deflate-in-parts.ts'
import { encodeContent } from '../../src/media/encode-content.ts'

const images = fc
  .record({
    width: fc.integer({ min: 1, max: 17 }),
    height: fc.integer({ min: 1, max: 13 }),
    channels: fc.constantFrom(1, 2, 3, 4),
  })
  .chain(({ width, height, channels }) =>
    fc
      .oneof(
        fc.uint8Array({ minLength: width * height * channels, maxLength: width * height * channels }),
        // Smooth ones, for which filters are chosen.
        fc
          .tuple(fc.nat(9), fc.nat(9))
          .map(([x, y]) =>
            Uint8Array.from({ length: width * height * channels }, (_, i) => x * (i % (width * channels)) + y * i),
          ),
      )
      .map((data): PixelImage => ({ data, width, height, channels: channels as 1 })),
  )

describe('encodePng', () => {
  test('what is decoded is what was encoded', () => {
    fc.assert(
      fc.property(images, (image) => {
        expect(decodePng(encodePng(image, { deflate: deflateSync }))).toEqual(image)
      }),
    )
  })

  test('what the decoder of this test reads is what Pillow wrote', () => {
    const folder = new URL(
      '../../../testing/fixtures/wandb-runs/media/offline-run-20261124_020400-media001/files/media/images/',
      import.meta.url,
    )
    const picture = (i: number): number[] =>
      Array.from({ length: 24 * 24 }, (_, pixel) => [pixel % 24, Math.floor(pixel / 24)] as const).flatMap(([x, y]) => [
        (x * 9 + i * 30) % 256,
        (y * 9) % 256,
        ((x + y) * 5 + i * 60) % 256,
      ])
    const decoded = readdirSync(folder)
      .filter((name) => name.startsWith('image_'))
      .map((name) => decodePng(readFileSync(new URL(name, folder))))
    expect(decoded).toHaveLength(2)
    for (const image of decoded) {
      expect([picture(0), picture(1)]).toContainEqual([...image.data])
      expect(image).toMatchObject({ width: 24, height: 24, channels: 3 })
    }
  })

  test('an image that is compressed in parts is one zlib stream', () => {
    const data = Uint8Array.from({ length: 5000 * 1000 * 4 }, (_, index) => (index * index) >> 7)
    let turns = 0
    const content = { kind: 'pixels', data, width: 5000, height: 1000, channels: 4, isNormalized: true } as const
    const png = encodeContent(content, () => {
      turns += 1
    })
    const decoded = decodePng(png as Uint8Array)
    expect(Buffer.compare(decoded.data, data)).toBe(0)
    // One for each 8 MiB, and those of choosing filters.
    expect(turns).toBeGreaterThanOrEqual(3)
    expect(inflateSync(deflateInParts(new Uint8Array(), { level: 3, onWork: () => {} }))).toHaveLength(0)
  })

  test('a smooth image is smaller than its bytes compressed alone', () => {
    const data = Uint8Array.from(
      { length: 256 * 256 * 3 },
      (_, i) => Math.floor(i / 768) + Math.floor((i % 768) / 3) * ((i % 3) + 1),
    )
    const png = encodePng({ data, width: 256, height: 256, channels: 3 }, { deflate: deflateSync })
    expect(png.length).toBeLessThan(deflateSync(data).length / 10)
  })
})
