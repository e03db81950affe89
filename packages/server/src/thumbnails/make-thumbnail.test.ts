import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { encodePng, type PixelImage } from '@lossline/protocol'
import { decodePng as readPng } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { decodeJpeg } from './decode-jpeg.ts'
import { decodePng } from './decode-png.ts'
import { makeThumbnail } from './make-thumbnail.ts'
import { scaleDown } from './scale-down.ts'

/** Four quarters of one colour each with some noise, 176 × 132 pixels. */
const picture = (name: string): Uint8Array => readFileSync(new URL(`../../test/pictures/${name}`, import.meta.url))

const [red, green, blue, yellow] = [
  [200, 40, 40],
  [40, 180, 60],
  [50, 60, 200],
  [220, 210, 60],
]

/** The colours in the middle of the quarters: top left, top right, bottom left, bottom right. */
function quarters({ data, width, height, channels }: PixelImage): number[][] {
  return [1, 3].flatMap((y) =>
    [1, 3].map((x) => {
      const at = (Math.floor((height * y) / 4) * width + Math.floor((width * x) / 4)) * channels
      return [...data.slice(at, at + channels)]
    }),
  )
}

function expectNear(found: readonly number[][], wanted: readonly (readonly number[] | undefined)[]): void {
  const distances = found.map((color, at) => Math.max(...color.map((value, i) => Math.abs(value - wanted[at]![i]!))))
  expect(Math.max(...distances), JSON.stringify(found)).toBeLessThan(12)
}

describe('JPEG', () => {
  test.each([
    ['baseline.jpg', 12, 17],
    ['progressive.jpg', 17, 33],
    ['baseline.jpg', 33, 33],
    ['progressive.jpg', 60, 66],
    ['baseline.jpg', 60, 66],
  ])('%s for %i pixels is read at an eighth, a quarter or half of its height: %i', (name, heightMin, height) => {
    const small = decodeJpeg(picture(name), heightMin)!
    expect(small).toMatchObject({ height, channels: 3 })
    expectNear(quarters(scaleDown(small, 20, 12)), [red, green, blue, yellow])
  })

  test('restarts and a single channel', () => {
    const small = scaleDown(decodeJpeg(picture('grey-restarts.jpg'), 12)!, 20, 12)
    expect(small.channels).toBe(1)
    expectNear(quarters(small), [[88], [124], [73], [196]])
  })

  test('one that lies on its side is turned, and keeps its colour profile', () => {
    const png = makeThumbnail(picture('turned.jpg'), 32)!
    const { width, height } = readPng(png)
    expect([width, height]).toEqual([24, 32])
    expectNear(quarters(readPng(png)), [blue, red, yellow, green])
    expect(Buffer.from(png).toString('latin1')).toContain('iCCP')
  })

  test('what is damaged is left as it is, wherever it is cut off or changed', () => {
    const whole = picture('progressive.jpg')
    for (let length = 0; length < whole.length - 1000; length += 511) {
      const cut = whole.subarray(0, length)
      expect(makeThumbnail(cut, 16)?.length ?? 0).toBeLessThan(whole.length)
    }
    for (let at = 2; at < whole.length; at += 97) {
      const changed = whole.slice()
      changed[at]! ^= 0x5a
      // It may still be a picture, and never ends in anything but one or none.
      expect(makeThumbnail(changed, 16)?.length ?? 0).toBeLessThan(whole.length)
    }
  })
})

describe('PNG', () => {
  const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes)

  test.each([1, 2, 3, 4] as const)('of %i channels: each pixel is the mean of what it covers', (channels) => {
    const [width, height] = [12, 9]
    const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 37) % 256)
    // Transparent pixels are left out of the mean of colours.
    if (channels % 2 === 0)
      for (let at = channels - 1; at < data.length; at += channels) data[at] = at % 3 === 0 ? 255 : 0
    const png = encodePng({ data, width, height, channels }, { deflate })
    const small = scaleDown(decodePng(png)!, 4, 3)
    const mean = (x: number, y: number, channel: number): number => {
      let [sum, weight] = [0, 0]
      for (let v = 3 * y; v < 3 * y + 3; v += 1) {
        for (let u = 3 * x; u < 3 * x + 3; u += 1) {
          const at = (v * width + u) * channels
          const isWeighted = channels % 2 === 0 && channel < channels - 1
          const own = isWeighted ? data[at + channels - 1]! / 255 : 1
          sum += data[at + channel]! * own
          weight += own
        }
      }
      return weight === 0 ? 0 : sum / weight
    }
    for (let y = 0; y < 3; y += 1) {
      for (let x = 0; x < 4; x += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          const found = small.data[(y * 4 + x) * channels + channel]!
          expect(Math.abs(found - mean(x, y, channel))).toBeLessThanOrEqual(1)
        }
      }
    }
  })

  test('palettes, single bits and 16 bits a channel are read', () => {
    const palette = chunk('PLTE', Uint8Array.of(10, 20, 30, 200, 100, 50))
    const colors = decodePng(png({ depth: 1, type: 3, rows: [0, 0b01000000, 0, 0b10000000] }, palette))!
    expect([...colors.rowAt(0).slice(0, 6)]).toEqual([10, 20, 30, 200, 100, 50])
    expect([...colors.rowAt(1).slice(0, 6)]).toEqual([200, 100, 50, 10, 20, 30])
    const grey = decodePng(png({ depth: 2, type: 0, rows: [0, 0b00_11_0000, 0, 0b10_01_0000] }))!
    expect([...grey.rowAt(0), ...grey.rowAt(1)]).toEqual([0, 255, 170, 85])
    const deep = decodePng(png({ depth: 16, type: 0, rows: [0, 1, 255, 2, 255, 2, 1, 0, 1, 0] }))!
    expect([...deep.rowAt(0), ...deep.rowAt(1)]).toEqual([1, 2, 2, 3])
  })

  test('a small file that claims to be huge, or becomes huge, is not read', () => {
    const huge = png({ depth: 8, type: 6, width: 40_000, height: 40_000, rows: new Uint8Array(1000) })
    expect(decodePng(huge)).toBeUndefined()
    expect(makeThumbnail(huge, 128)).toBeUndefined()
    const bomb = png({ depth: 8, type: 0, width: 1000, height: 1000, rows: new Uint8Array(50_000_000) })
    expect(makeThumbnail(bomb, 128)).toBeUndefined()
  })

  function png(
    head: { depth: number; type: number; width?: number; height?: number; rows: ArrayLike<number> },
    ...chunks: Uint8Array[]
  ): Uint8Array {
    const { depth, type, width = 2, height = 2, rows } = head
    const ihdr = Buffer.alloc(13)
    ihdr.writeUInt32BE(width, 0)
    ihdr.writeUInt32BE(height, 4)
    ihdr[8] = depth
    ihdr[9] = type
    const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
    const idat = chunk('IDAT', deflateSync(Uint8Array.from(rows)))
    return Buffer.concat([signature, chunk('IHDR', ihdr), ...chunks, idat, chunk('IEND', new Uint8Array())])
  }

  function chunk(type: string, content: Uint8Array): Uint8Array {
    const bytes = Buffer.alloc(12 + content.length)
    bytes.writeUInt32BE(content.length, 0)
    bytes.write(type, 4, 'latin1')
    bytes.set(content, 8)
    bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length)
    return bytes
  }
})
