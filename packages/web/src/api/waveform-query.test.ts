import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { waveformQuery } from './waveform-query.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server with a file of so many bytes, and a browser that unpacks it to so many samples. */
function stubSound({ bytes, length }: { readonly bytes: number; readonly length: number }) {
  // Without a length in its headers, as answers come that are compressed on their way.
  vi.stubGlobal('fetch', async () => new Response(new Uint8Array(bytes)))
  vi.stubGlobal(
    'OfflineAudioContext',
    class {
      decodeAudioData = async () => ({
        length,
        sampleRate: 44_100,
        numberOfChannels: 2,
        getChannelData: (channel: number) => new Float32Array(length).fill(channel),
      })
    },
  )
  return new QueryClient({ defaultOptions: { queries: { retry: false } } }).fetchQuery(waveformQuery('/sound.mp3'))
}

test('the channels of a sound are mixed into one', async () => {
  expect(await stubSound({ bytes: 10, length: 3 })).toEqual({
    samples: Float32Array.of(0.5, 0.5, 0.5),
    sampleRate: 44_100,
  })
})

test('a sound that would fill the memory is not drawn, whatever the server says of its size', async () => {
  await expect(stubSound({ bytes: 30_000_001, length: 3 })).rejects.toThrow('the file is larger than 30 MB.')
  await expect(stubSound({ bytes: 10, length: 30_000_001 })).rejects.toThrow('the sound is longer than 11 minutes.')
})
