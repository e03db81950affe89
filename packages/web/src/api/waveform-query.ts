import { queryOptions } from '@tanstack/react-query'
import type { SoundSamples } from '../view/media/spectrogram.ts'
import { spectrogramBeside } from '../view/media/spectrogram-thread.ts'
import { waveSampleRate } from '../view/media/wave-header.ts'

const bytesMax = 30_000_000
/** 120 MB while they are shown, 11 minutes at the usual rate: a small file may hold half an hour. */
const samplesMax = 30_000_000
/** Of files that do not say theirs in a way that is read here; the browser brings them to it. */
const usualSampleRate = 44_100
/** Browsers have to take these. */
const sampleRateMin = 8000
const sampleRateMax = 96_000

/** The samples of a sound, its channels mixed into one. */
export function waveformQuery(url: string) {
  return queryOptions({
    queryKey: ['waveform', url],
    // Media are named after what they hold: nothing starts over when the page asks for everything anew.
    staleTime: 'static',
    queryFn: async ({ signal }): Promise<SoundSamples> => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      checkSize(Number(response.headers.get('content-length')))
      const bytes = await response.arrayBuffer()
      // What is compressed on its way says no length before.
      checkSize(bytes.byteLength)
      const ownRate = waveSampleRate(bytes) ?? usualSampleRate
      const sampleRate = Math.min(sampleRateMax, Math.max(sampleRateMin, ownRate))
      // Any context decodes; this one needs no permission to make a sound.
      const context = new OfflineAudioContext(1, 1, sampleRate)
      const sound = await context.decodeAudioData(bytes)
      signal.throwIfAborted()
      checkLength(sound)
      const samples = new Float32Array(sound.length)
      for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
        const own = sound.getChannelData(channel)
        for (let at = 0; at < own.length; at += 1) samples[at]! += own[at]! / sound.numberOfChannels
      }
      return { samples, sampleRate }
    },
  })
}

function checkSize(bytes: number): void {
  if (bytes > bytesMax) throw new Error('the file is larger than 30 MB.')
}

function checkLength({ length, sampleRate }: AudioBuffer): void {
  if (length <= samplesMax) return
  throw new Error(`the sound is longer than ${Math.floor(samplesMax / sampleRate / 60)} minutes.`)
}

/** How loud a sound is at which time and frequency. */
export function spectrogramQuery(url: string, sound: SoundSamples | undefined) {
  return queryOptions({
    queryKey: ['spectrogram', url],
    // Media are named after what they hold: nothing starts over when the page asks for everything anew.
    staleTime: 'static',
    enabled: sound !== undefined,
    // It is enabled only with a sound.
    queryFn: ({ signal }) => spectrogramBeside(sound as SoundSamples, signal),
  })
}
