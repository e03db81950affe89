import { tooLarge } from '../errors.ts'

/** Sound as numbers. */
export interface SampledSound {
  /** Samples one after the other, the channels of a moment beside each other. Floats are in [-1, 1]. */
  readonly data: Float32Array | Float64Array | Int16Array
  readonly channelCount: number
  /** Samples a second. */
  readonly sampleRate: number
}

const headerBytes = 44
const pcmFormat = 1
// Sizes are numbers of 32 bits.
const dataBytesMax = 2 ** 32 - 1 - headerBytes
// Samples between two signs of life.
const workSamples = 2 ** 22

/**
 * Encodes sound as WAV with 16 bits a sample, which is what W&B's client writes. Floats beyond [-1, 1] are cut.
 *
 * @param onWork - Called now and then while it takes long.
 * @throws {@link ProtocolError} `too-large` when it would be more than the 4 GiB of the format.
 */
export function encodeWav({ data, channelCount, sampleRate }: SampledSound, onWork: () => void = () => {}): Uint8Array {
  const dataBytes = data.length * 2
  if (dataBytes > dataBytesMax) throw tooLarge('A WAV file holds at most 4 GiB of samples.')
  const wav = new Uint8Array(headerBytes + dataBytes)
  const view = new DataView(wav.buffer)
  const put = (text: string, offset: number): void => {
    for (let index = 0; index < text.length; index += 1) wav[offset + index] = text.charCodeAt(index)
  }
  put('RIFF', 0)
  view.setUint32(4, headerBytes - 8 + dataBytes, true)
  put('WAVEfmt ', 8)
  view.setUint32(16, 16, true)
  view.setUint16(20, pcmFormat, true)
  view.setUint16(22, channelCount, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * channelCount * 2, true)
  view.setUint16(32, channelCount * 2, true)
  view.setUint16(34, 16, true)
  put('data', 36)
  view.setUint32(40, dataBytes, true)
  if (data instanceof Int16Array) {
    for (let index = 0; index < data.length; index += 1) {
      if (index % workSamples === 0) onWork()
      view.setInt16(headerBytes + index * 2, data[index] as number, true)
    }
    return wav
  }
  for (let index = 0; index < data.length; index += 1) {
    if (index % workSamples === 0) onWork()
    const value = Math.min(1, Math.max(-1, data[index] as number))
    // As libsndfile does it for W&B's client: to 32 bits, of which the upper half is kept.
    view.setInt16(headerBytes + index * 2, Math.round(value * 0x7fffffff) >> 16, true)
  }
  return wav
}
