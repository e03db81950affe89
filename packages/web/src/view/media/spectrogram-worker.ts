import { type SoundSamples, toSpectrogram } from './spectrogram.ts'

self.onmessage = ({ data }: MessageEvent<SoundSamples>) => self.postMessage(toSpectrogram(data))
