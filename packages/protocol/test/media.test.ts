import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countBins,
  detectMediaType,
  encodeGif,
  encodeWav,
  injectHtmlHead,
  readImageHeader,
  toMediaPath,
  toPixelBytes,
  toPointsJson,
  toVideoFrames,
} from '../src/index.ts'

interface NumpyCase {
  readonly values: number[]
  readonly bins: number
  readonly counts: number[]
  readonly edges: number[]
}

describe('countBins', () => {
  const cases: NumpyCase[] = JSON.parse(
    readFileSync(new URL('fixtures/numpy-histograms.json', import.meta.url), 'utf8'),
  )
  test.each(cases)('counts into $bins bins as numpy does', ({ values, bins, counts, edges }) => {
    expect(countBins(values, bins)).toEqual({ counts, edges })
  })

  test('every finite number is in one bin, between ascending edges', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.integer({ min: 1, max: 512 }), (numbers, binCount) => {
        const finite = numbers.filter(Number.isFinite)
        const bins = countBins(numbers, binCount)
        expect(bins === undefined).toBe(finite.length === 0)
        if (bins === undefined) return
        expect(bins.counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length)
        expect(bins.edges).toHaveLength(binCount + 1)
        expect(bins.edges.every((edge, index, all) => index === 0 || edge >= all[index - 1]!)).toBe(true)
      }),
    )
  })
})

describe('toMediaPath', () => {
  const sha256 = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2'
  const pathOf = (key: string, isStrict = false) =>
    toMediaPath({ folder: 'images', key, place: '7', sha256, extension: '.png' }, isStrict)

  test.each([
    ['loss', 'loss'],
    ['val/sample image', 'val/sample image'],
    ['/absolute', 'absolute'],
    ['../../etc/./passwd', '__/__/etc/_/passwd'],
    ['a//b', 'a/b'],
    ['zero\0byte', 'zero_byte'],
    ['größe 日本', 'größe 日本'],
    ['a:b*c', 'a:b*c'],
  ])('%j', (key, expected) => {
    expect(pathOf(key)).toBe(`media/images/${expected}_7_a1b2c3d4e5f6a7b8c9d0.png`)
  })

  test('on file systems that refuse them, reserved characters become underscores', () => {
    expect(pathOf('a:b*c?<d>|"e"\\f', true)).toBe('media/images/a_b_c__d___e__f_7_a1b2c3d4e5f6a7b8c9d0.png')
  })

  test('whatever the key, the path stays inside its folder and its parts are no longer than a file name may be', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(fc.constantFrom('/', '..', '.', 'x')),
        (text, parts) => {
          for (const key of [text, parts.join(''), `${text}/${parts.join('/')}`]) {
            const path = pathOf(key)
            const labels = path.split('/')
            expect(path.startsWith('media/images/')).toBe(true)
            expect(labels.some((label) => label === '' || label === '.' || label === '..')).toBe(false)
            expect(labels.every((label) => new TextEncoder().encode(label).length <= 255)).toBe(true)
          }
        },
      ),
    )
  })
})

describe('toPixelBytes', () => {
  test.each([
    ['bytes stay', Uint8Array.of(0, 1, 255), [0, 1, 255]],
    ['0 to 1', Float32Array.of(0, 0.5, 1), [0, 128, 255]],
    ['-1 to 1', Float64Array.of(-1, 0, 1), [0, 128, 255]],
    ['other floats are cut', Float64Array.of(-3, 12.6, 300), [0, 13, 255]],
  ])('%s', (_name, pixels, expected) => {
    expect([...toPixelBytes(pixels, true)]).toEqual(expected)
  })

  test('bytes that were divided by 255 come back exactly, from both kinds of floats', () => {
    const bytes = Array.from({ length: 256 }, (_, index) => index)
    expect([
      ...toPixelBytes(
        Float32Array.from(bytes, (byte) => byte / 255),
        true,
      ),
    ]).toEqual(bytes)
    expect([
      ...toPixelBytes(
        Float64Array.from(bytes, (byte) => byte / 255),
        true,
      ),
    ]).toEqual(bytes)
  })

  test('without normalization floats are only cut and rounded', () => {
    expect([...toPixelBytes(Float32Array.of(0, 0.4, 1, 254.6), false)]).toEqual([0, 0, 1, 255])
  })
})

describe('encodeWav', () => {
  test('a header that says what follows, floats cut to 16 bits', () => {
    const wav = encodeWav({ data: Float32Array.of(0, 1, -1, 2, -2, 0.5), channelCount: 2, sampleRate: 44_100 })
    const view = new DataView(wav.buffer)
    expect(wav).toHaveLength(44 + 12)
    expect(new TextDecoder().decode(wav.subarray(0, 4))).toBe('RIFF')
    expect([
      view.getUint32(4, true),
      view.getUint16(22, true),
      view.getUint32(24, true),
      view.getUint32(28, true),
    ]).toEqual([48, 2, 44_100, 176_400])
    const samples = Array.from({ length: 6 }, (_, index) => view.getInt16(44 + index * 2, true))
    expect(samples).toEqual([0, 32_767, -32_768, 32_767, -32_768, 16_384])
  })

  test('16-bit samples stay', () => {
    const data = Int16Array.of(-32_768, -1, 0, 1, 32_767)
    const wav = encodeWav({ data, channelCount: 1, sampleRate: 8000 })
    expect([...new Int16Array(wav.buffer, 44)]).toEqual([...data])
  })
})

/** The frames of a GIF as RGB: a decoder of its own for what the encoder writes. */
function decodeGif(gif: Uint8Array): { width: number; height: number; delays: number[]; frames: number[][] } {
  const view = new DataView(gif.buffer, gif.byteOffset)
  const delays: number[] = []
  const frames: number[][] = []
  let offset = 13
  for (;;) {
    const kind = gif[offset]
    if (kind === 0x3b) break
    if (kind === 0x21) {
      if (gif[offset + 1] === 0xf9) delays.push(view.getUint16(offset + 4, true))
      offset += 2
      while (gif[offset] !== 0) offset += gif[offset]! + 1
      offset += 1
      continue
    }
    const colorCount = 2 << (gif[offset + 9]! & 7)
    const palette = gif.subarray(offset + 10, offset + 10 + colorCount * 3)
    offset += 10 + colorCount * 3
    const colorBits = gif[offset]!
    offset += 1
    const bytes: number[] = []
    while (gif[offset] !== 0) {
      bytes.push(...gif.subarray(offset + 1, offset + 1 + gif[offset]!))
      offset += gif[offset]! + 1
    }
    offset += 1
    frames.push(decompress(bytes, colorBits).flatMap((index) => [...palette.subarray(index * 3, index * 3 + 3)]))
  }
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), delays, frames }
}

function decompress(bytes: readonly number[], colorBits: number): number[] {
  const clear = 1 << colorBits
  const pixels: number[] = []
  let table: number[][] = []
  let codeBits = colorBits + 1
  let previous: number[] | undefined
  let bit = 0
  const reset = (): void => {
    table = Array.from({ length: clear + 2 }, (_, index) => [index])
    codeBits = colorBits + 1
    previous = undefined
  }
  reset()
  for (;;) {
    let code = 0
    for (let index = 0; index < codeBits; index += 1, bit += 1) code |= ((bytes[bit >> 3]! >> (bit & 7)) & 1) << index
    if (code === clear) {
      reset()
      continue
    }
    if (code === clear + 1) return pixels
    const entry: number[] = table[code] ?? [...previous!, previous![0]!]
    pixels.push(...entry)
    if (previous !== undefined && table.length < 4096) table.push([...previous, entry[0]!])
    if (table.length === 1 << codeBits && codeBits < 12) codeBits += 1
    previous = entry
  }
}

describe('encodeGif', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    frameCount: fc.integer({ min: 1, max: 3 }),
    channels: fc.constantFrom(1, 3, 4),
    colors: fc.integer({ min: 1, max: 256 }),
    seed: fc.nat(),
  })

  test('frames of at most 256 colours are decoded as they were', () => {
    fc.assert(
      fc.property(sizes, ({ width, height, frameCount, channels, colors, seed }) => {
        const pixelCount = width * height * frameCount
        let state = seed
        const numbers = Array.from({ length: pixelCount }, () => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
          return (state >>> 8) % colors
        })
        const rgb = numbers.flatMap((number) =>
          channels === 1 ? [number, number, number] : [number, 255 - number, (number * 7) & 255],
        )
        const data = Uint8Array.from(
          numbers.flatMap((_, pixel) =>
            channels === 1
              ? [rgb[pixel * 3]!]
              : [...rgb.slice(pixel * 3, pixel * 3 + 3), ...(channels === 4 ? [9] : [])],
          ),
        )
        const gif = encodeGif({ data, width, height, frameCount, channels: channels as 1, framesPerSecond: 10 })
        const decoded = decodeGif(gif)
        expect(decoded).toMatchObject({ width, height, delays: Array(frameCount).fill(10) })
        expect(decoded.frames.flat()).toEqual(rgb)
      }),
      { numRuns: 60 },
    )
  })

  test('a long frame of many sequences, for which the table is cleared', () => {
    const data = Uint8Array.from({ length: 200 * 200 }, (_, index) => (index * index * 31 + (index >> 3)) & 0xff)
    const gif = encodeGif({ data, width: 200, height: 200, frameCount: 1, channels: 1, framesPerSecond: 4 })
    expect(decodeGif(gif).frames[0]!.filter((_, index) => index % 3 === 0)).toEqual([...data])
  })

  test('frames of more colours stay near them', () => {
    const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => {
      const [x, y] = [Math.floor(index / 3) % 64, Math.floor(index / 192)]
      return [x * 4, y * 4, (x + y) * 2][index % 3]!
    })
    const [frame] = decodeGif(
      encodeGif({ data, width: 64, height: 64, frameCount: 1, channels: 3, framesPerSecond: 4 }),
    ).frames
    expect(frame).toHaveLength(data.length)
    const error = frame!.reduce((sum, value, index) => sum + Math.abs(value - data[index]!), 0) / data.length
    expect(error).toBeLessThan(30)
    // What is dithered is right on average.
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(frame!)).toBeCloseTo(mean(data), -1)
  })
})

test('toVideoFrames lays five videos out in a grid of two rows, with black where there is none', () => {
  const data = Uint8Array.of(10, 11, 20, 21, 30, 31, 40, 41, 50, 51)
  const { width, height, frameCount, data: frames } = toVideoFrames({ data, shape: [5, 2, 1, 1, 1] })
  expect({ width, height, frameCount }).toEqual({ width: 4, height: 2, frameCount: 2 })
  expect([...frames]).toEqual([10, 20, 30, 40, 50, 0, 0, 0, 11, 21, 31, 41, 51, 0, 0, 0])
})

describe('readImageHeader', () => {
  const bytes = (...parts: (string | readonly number[])[]) =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === 'string' ? [...part].map((char) => char.charCodeAt(0)) : part)),
    )
  const zeros = (count: number) => Array<number>(count).fill(0)

  test.each([
    ['png', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 44, 0, 0, 0, 200])],
    ['gif', bytes('GIF89a', [44, 1, 200, 0])],
    ['bmp', bytes('BM', zeros(12), [40, 0, 0, 0], [44, 1, 0, 0], [56, 255, 255, 255])],
    // A segment of metadata before the frame, fill bytes between them.
    ['jpeg', bytes([0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44, 3])],
    ['webp', bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(4), zeros(3), [0x9d, 0x01, 0x2a], [44, 1, 200, 0])],
    ['webp', bytes('RIFF', zeros(4), 'WEBPVP8L', zeros(4), [0x2f], [0x2b, 0xc1, 0x31, 0], zeros(5))],
    ['webp', bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(4), zeros(4), [43, 1, 0], [199, 0, 0])],
  ])('%s', (format, file) => {
    expect(readImageHeader(file)).toEqual({ format, width: 300, height: 200 })
    // Too little of a file is no error.
    for (let length = 0; length < file.length; length += 1) readImageHeader(file.subarray(0, length))
  })

  test('never throws, whatever the bytes', () => {
    const starts = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'BM',
      'RIFF....WEBPVP8 ',
      'RIFF....WEBPVP8X',
      'RIFF....WEBPVP8L',
      '',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 60 }), (start, rest) => {
        const file = bytes(start, [...rest])
        const header = readImageHeader(file)
        if (header !== undefined) expect(Math.min(header.width, header.height)).toBeGreaterThan(0)
        detectMediaType(file)
      }),
    )
  })

  test.each([
    ['mp4', bytes([0, 0, 0, 24], 'ftypisom')],
    ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3])],
    ['ogg', bytes('OggS')],
    ['wav', bytes('RIFF', zeros(4), 'WAVE')],
    ['flac', bytes('fLaC')],
    ['mp3', bytes('ID3')],
    ['mp3', bytes([0xff, 0xfb])],
    [undefined, bytes('hello')],
  ])('detectMediaType: %s', (type, file) => {
    expect(detectMediaType(file)).toBe(type)
  })
})

test.each([
  ['<html><head><title>t</title></head></html>', '<html><head>+<title>t</title></head></html>'],
  ['<html><body>b</body></html>', '<html><head>+</head><body>b</body></html>'],
  [' <p>fragment</p> ', '+ <p>fragment</p>'],
])('injectHtmlHead(%j)', (html, expected) => {
  const line =
    '<base target="_blank"><link rel="stylesheet" type="text/css" href="https://app.wandb.ai/normalize.css" />'
  expect(injectHtmlHead(html)).toBe(expected.replace('+', line))
})

test('points are written as Python writes them', () => {
  expect(toPointsJson([1, 2.5, 1e-7, -0.25, 0, 3], 3, true)).toBe('[[1.0,2.5,1e-7],[-0.25,0.0,3.0]]')
  expect(toPointsJson([1, 2, 3], 3, false)).toBe('[[1,2,3]]')
})
