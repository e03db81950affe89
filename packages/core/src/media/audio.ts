import type { FileMediaSnapshot, MediaContent } from '@lossline/journal'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { sayOnce } from './media-file-access.ts'
import { openMediaSource } from './media-source.ts'
import { MediaValue } from './media-value.ts'
import { checkNumbers } from './pixels.ts'

/** Samples of a sound. */
export type SampleArray = Float32Array | Float64Array | Int16Array

/** What is said about a sound. */
export interface AudioOptions {
  /** Samples a second; needed for samples. */
  readonly sampleRate?: number
  /** Channels of an array that holds them beside each other. Default 1. */
  readonly channels?: number
  readonly caption?: string
  /** Ending of the file that bytes are of, such as `m4a`. Default: found by their content. */
  readonly fileType?: string
}

const audioOptionNames: OptionNames<AudioOptions> = { sampleRate: true, channels: true, caption: true, fileType: true }

/**
 * A sound. Samples become a WAV file with 16 bits a sample; files and their bytes stay what they are.
 *
 * @example run.log({ tone: new Audio(samples, { sampleRate: 16_000, caption: 'prediction' }) })
 */
export class Audio extends MediaValue {
  readonly #snapshot: FileMediaSnapshot

  /**
   * @param data - Samples (floats in [-1, 1], which are cut there, or 16-bit integers), one array for each channel in a list, the path of a
   *   file, or its bytes. Arrays and files are copied when the sound is logged, and may be changed after that.
   * @throws {@link InvalidMediaError} without a sample rate, for NaN, or for a file that cannot be read.
   */
  constructor(data: SampleArray | readonly SampleArray[] | Uint8Array | string | URL, options: AudioOptions = {}) {
    super()
    checkOptions('new Audio', options, audioOptionNames)
    const { caption, sampleRate } = options
    const parts = isSource(data) ? openSource(data, options) : toSound(data, options)
    this.#snapshot = {
      kind: 'audio',
      ...parts,
      ...(sampleRate === undefined ? {} : { sampleRate }),
      ...(caption === undefined ? {} : { caption }),
    }
  }

  toSnapshot(): FileMediaSnapshot {
    return this.#snapshot
  }
}

const samplesHint = 'Pass a Float32Array, Float64Array or Int16Array, or a list with one for each channel.'

type AudioParts = Pick<FileMediaSnapshot, 'content' | 'extension' | 'durationSeconds'>

function isSource(data: unknown): data is Uint8Array | string | URL {
  return typeof data === 'string' || data instanceof URL || data instanceof Uint8Array
}

function openSource(data: Uint8Array | string | URL, { fileType }: AudioOptions): AudioParts {
  const { content, extension } = openMediaSource(data, { what: 'a sound of a known kind', fileType })
  return { content, extension }
}

function toSound(data: SampleArray | readonly SampleArray[], { sampleRate, channels = 1 }: AudioOptions): AudioParts {
  if (sampleRate === undefined || !Number.isSafeInteger(sampleRate) || sampleRate <= 0) {
    throw new InvalidMediaError(
      `Samples need a sample rate that is a positive integer, not ${describeValue(sampleRate)}.`,
      'Pass sampleRate, in samples a second.',
    )
  }
  const isList = Array.isArray(data)
  if (!isList && !isSampleArray(data)) {
    throw new InvalidMediaError(`A sound is made of samples or a file, not of ${describeValue(data)}.`, samplesHint)
  }
  const samples = isList ? interleave(data as readonly SampleArray[]) : (data as SampleArray)
  const channelCount = isList ? (data as readonly SampleArray[]).length : channels
  const isWhole = Number.isSafeInteger(channelCount) && channelCount > 0 && samples.length % channelCount === 0
  if (!isSampleArray(samples) || !isWhole) {
    throw new InvalidMediaError(
      `${samples.length} samples cannot be shared out among ${describeValue(channelCount)} channels.`,
      samplesHint,
    )
  }
  checkNumbers(samples, 'Samples')
  if (!(samples instanceof Int16Array) && samples.some((sample) => Math.abs(sample) > 1)) {
    sayOnce(
      'Samples of a sound are beyond [-1, 1] and are cut there: scale them, or pass 16-bit integers as Int16Array.',
    )
  }
  const content: MediaContent = { kind: 'sound', data: samples, channelCount, sampleRate }
  return { content, extension: '.wav', durationSeconds: samples.length / channelCount / sampleRate }
}

function interleave(channels: readonly SampleArray[]): SampleArray {
  const first = channels[0]
  if (first === undefined || !channels.every((channel) => isSampleArray(channel) && channel.length === first.length)) {
    throw new InvalidMediaError(
      'The channels of a sound are arrays of samples of the same length.',
      'Pass one Float32Array for each channel.',
    )
  }
  const isInteger = first instanceof Int16Array
  if (channels.some((channel) => channel instanceof Int16Array !== isInteger)) {
    throw new InvalidMediaError('Floats and 16-bit integers are mixed in one sound.', 'Convert one of them.')
  }
  const length = first.length * channels.length
  const samples = isInteger ? new Int16Array(length) : new Float64Array(length)
  channels.forEach((channel, number) => {
    for (let index = 0; index < channel.length; index += 1) {
      samples[index * channels.length + number] = channel[index] as number
    }
  })
  return samples
}

function isSampleArray(value: unknown): value is SampleArray {
  return value instanceof Float32Array || value instanceof Float64Array || value instanceof Int16Array
}
