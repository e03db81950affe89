import { encodeGif } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGifPainter } from './gif-painter.ts'
import { createGifPlayer } from './gif-player.ts'
import { parseGif } from './parse-gif.ts'

const grey = (frames: readonly (readonly number[])[], width: number, framesPerSecond = 10) =>
  encodeGif({
    data: Uint8Array.from(frames.flat()),
    frameCount: frames.length,
    width,
    height: (frames[0]?.length ?? 0) / width,
    channels: 1,
    framesPerSecond,
  })

const greysOf = (pixels: Uint8ClampedArray): number[] => [...pixels].filter((_, at) => at % 4 === 0)

test('the frames of a GIF come back as they were encoded, forwards and backwards', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
      (width, height, streams) => {
        const frames = streams.map((stream) => [...stream.take(width * height)])
        const gif = parseGif(grey(frames, width))
        expect(gif && [gif.width, gif.height, gif.frames.length]).toEqual([width, height, frames.length])
        const painter = createGifPainter(gif!)
        for (const at of [...frames.keys(), ...[...frames.keys()].reverse()]) {
          expect(greysOf(painter.paint(at))).toEqual(frames[at])
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('a frame of many codes is read past the point where codes begin anew', () => {
  let seed = 1
  const noise = Array.from({ length: 40_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % 256
  })
  expect(greysOf(createGifPainter(parseGif(grey([noise], 200))!).paint(0))).toEqual(noise)
})

/** A picture of 2 × 2 whose second frame covers its right column alone, and is taken away again. */
const partly = (disposal: number) =>
  Uint8Array.from([
    ...[...'GIF89a'].map((letter) => letter.charCodeAt(0)),
    ...[2, 0, 2, 0, 0x80, 0, 0],
    ...[10, 10, 10, 200, 200, 200],
    // Codes of 3 bits: clear, the pixels, end.
    ...[0x21, 0xf9, 4, 4, 5, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x04, 0x00, 0x05, 0],
    ...[0x21, 0xf9, 4, disposal << 2, 0, 0, 0, 0, 0x2c, 1, 0, 0, 0, 1, 0, 2, 0, 0, 2, 2, 0x4c, 0x0a, 0],
    ...[0x21, 0xf9, 4, 1, 5, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0],
    0x3b,
  ])

test('parts of a picture are drawn over it, left, cleared or taken back, and holes show what is below', () => {
  const third = (disposal: number) => {
    const gif = parseGif(partly(disposal))!
    const painter = createGifPainter(gif)
    expect(greysOf(painter.paint(0))).toEqual([10, 10, 10, 10])
    expect(greysOf(painter.paint(1))).toEqual([10, 200, 10, 200])
    return [...painter.paint(2)].filter((_, at) => at % 4 === 0 || at % 4 === 3)
  }
  expect(third(1)).toEqual([10, 255, 200, 255, 10, 255, 200, 255])
  expect(third(2)).toEqual([10, 255, 0, 0, 10, 255, 0, 0])
  expect(third(3)).toEqual([10, 255, 10, 255, 10, 255, 10, 255])
  // A delay of nothing is what browsers make of it.
  expect(parseGif(partly(1))!.frames.map(({ startSeconds }) => startSeconds)).toEqual([0, 0.05, 0.15000000000000002])
})

test('whatever the bytes, reading ends', () => {
  const whole = grey([Array(64).fill(7), Array.from({ length: 64 }, (_, at) => at)], 8)
  for (let length = 0; length < whole.length; length += 1) {
    const gif = parseGif(whole.slice(0, length))
    if (gif) createGifPainter(gif).paint(gif.frames.length - 1)
  }
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const damaged = whole.slice()
      damaged[at] = byte
      const gif = parseGif(damaged)
      if (gif) createGifPainter(gif).paint(gif.frames.length - 1)
    }),
  )
  expect(parseGif(Uint8Array.of(1, 2, 3))).toBeUndefined()
})

test('a GIF stands still until it is played, repeats, pauses, and goes by frames', () => {
  const gif = parseGif(grey([[1], [2], [3]], 1, 10))!
  const shown: number[] = []
  let tick: (() => void) | undefined
  const player = createGifPlayer(
    gif,
    (_, index) => shown.push(index),
    (callback) => {
      tick = callback
      return () => {
        tick = undefined
      }
    },
  )
  const told: string[] = []
  for (const name of ['play', 'pause']) player.addEventListener(name, ({ type }) => told.push(type))
  expect([player.paused, player.duration, shown, tick]).toEqual([true, 0.30000000000000004, [0], undefined])
  void player.play()
  for (let count = 0; count < 3; count += 1) tick?.()
  expect(shown).toEqual([0, 1, 2, 0])
  player.pause()
  expect([tick, player.paused, told]).toEqual([undefined, true, ['play', 'pause']])
  player.currentTime = player.timeBeside(1)
  expect([player.currentTime, shown.at(-1)]).toEqual([0.1, 1])
  player.currentTime = player.timeBeside(-1)
  player.currentTime = player.timeBeside(-1)
  expect([player.currentTime, shown.at(-1)]).toEqual([0, 0])
  player.currentTime = 99
  expect(shown.at(-1)).toBe(2)
})
