import { createValueStore, type ValueStore } from '../address/value-store.ts'
import { readJson, writeJson } from '../browser/local-json.ts'

/** How sounds are drawn. */
export interface SoundShape {
  readonly hasSpectrogram: boolean
  /** One of {@link spectrogramRangesDb}. */
  readonly rangeDb: number
}

/** Down to how many decibels below full amplitude a spectrogram may go. */
export const spectrogramRangesDb: readonly number[] = [40, 60, 80, 100, 120]

const key = 'lossline-sound-shape'

/** For all sounds of the page, kept in this browser. Default: with spectrograms down to −80 dB. */
export const soundShape: ValueStore<SoundShape> = createValueStore(parseSoundShape(readJson(key)), (shape) =>
  writeJson(key, shape),
)

/** What a browser has kept; what cannot be read has its default. */
export function parseSoundShape(kept: unknown): SoundShape {
  const { hasSpectrogram, rangeDb } = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<SoundShape>
  return {
    hasSpectrogram: hasSpectrogram !== false,
    rangeDb: spectrogramRangesDb.find((range) => range === rangeDb) ?? 80,
  }
}
