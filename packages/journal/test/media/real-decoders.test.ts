import { deflateSync } from 'node:zlib'
import { encodeGif, encodePng, encodeWav } from '@lossline/protocol'
import { launchChromium } from '@lossline/testing'
import { expect, test } from 'vitest'

const size = { width: 40, height: 30 }

function pixelsOf(channels: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels)
    // Alpha stays at 255: a canvas multiplies with it and loses digits.
    if (channels === 4 && index % 4 === 3) return 255
    return ((pixel % size.width) * 6 + (index % channels) * 40 + seed) & 0xf8
  })
}

/** RGBA of a browser's canvas for pixels of 1, 3 or 4 channels. */
function toRgba(pixels: Uint8Array, channels: number): number[] {
  const count = pixels.length / channels
  return Array.from({ length: count }).flatMap((_, pixel) =>
    channels === 1
      ? [pixels[pixel]!, pixels[pixel]!, pixels[pixel]!, 255]
      : [...pixels.subarray(pixel * channels, pixel * channels + 3), 255],
  )
}

// Runs in the page, so as text: the types of the DOM are not here.
const decoders = `
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  async function decodeImage({ base64, type, frameIndex }) {
    const decoder = new ImageDecoder({ data: bytesOf(base64), type, colorSpaceConversion: 'none' })
    const { image } = await decoder.decode({ frameIndex })
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight)
    const drawing = canvas.getContext('2d')
    drawing.drawImage(image, 0, 0)
    return [...drawing.getImageData(0, 0, canvas.width, canvas.height).data]
  }
  async function decodeSound({ base64 }) {
    const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(bytesOf(base64).buffer)
    return { channels: sound.numberOfChannels, rate: sound.sampleRate, left: [...sound.getChannelData(0)] }
  }`

test('a browser sees and hears what was encoded: PNGs, the frames of a GIF, a WAV', async (context) => {
  await using browser = await launchChromium()
  if (browser === undefined) return context.skip('No Chromium.')
  const page = await browser.newPage()
  // Decoders are only there in a secure context; nothing leaves the browser.
  await page.route('https://media.test/', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto('https://media.test/')
  await page.addScriptTag({ content: decoders })
  const call = <Result>(name: string, file: Uint8Array, options: object = {}): Promise<Result> => {
    const argument = JSON.stringify({ base64: Buffer.from(file).toString('base64'), ...options })
    return page.evaluate<Result>(`${name}(${argument})`)
  }

  for (const channels of [1, 3, 4] as const) {
    const data = pixelsOf(channels, 7)
    const png = encodePng({ data, ...size, channels }, { deflate: deflateSync })
    expect(await call('decodeImage', png, { type: 'image/png' })).toEqual(toRgba(data, channels))
  }
  const frames = [pixelsOf(3, 0), pixelsOf(3, 90)]
  const data = Uint8Array.from(frames.flatMap((frame) => [...frame]))
  const gif = encodeGif({ data, ...size, frameCount: 2, channels: 3, framesPerSecond: 5 })
  for (const [frameIndex, frame] of frames.entries()) {
    expect(await call('decodeImage', gif, { type: 'image/gif', frameIndex })).toEqual(toRgba(frame, 3))
  }

  const samples = Float32Array.from({ length: 800 }, (_, index) => Math.sin(index / 5) / 2)
  const wav = encodeWav({ data: samples, channelCount: 2, sampleRate: 8000 })
  const heard = await call<{ channels: number; rate: number; left: number[] }>('decodeSound', wav)
  expect(heard).toMatchObject({ channels: 2, rate: 8000 })
  expect(heard.left).toHaveLength(400)
  heard.left.forEach((value, index) => {
    expect(Math.abs(value - samples[index * 2]!)).toBeLessThan(1e-4)
  })
})
