import { createFourierTransform } from './fourier.ts'

/** A sound as it was decoded: its channels mixed into one. */
export interface SoundSamples {
  /** −1…1 */
  readonly samples: Float32Array
  /** A second. */
  readonly sampleRate: number
}

/** How loud a sound is at which time and frequency. */
export interface Spectrogram {
  readonly columnCount: number
  readonly rowCount: number
  /** Row by row from the highest frequency down; 0 is {@link quietestDb} or less, 255 a sine of full amplitude. */
  readonly levels: Uint8Array
  /** The middle of the lowest and of the highest row; the rows between are at even distances of a log axis. */
  readonly lowHz: number
  readonly highHz: number
  /** Where it is loudest; undefined: it is silent. */
  readonly loudestHz: number | undefined
}

/** What the smallest level stands for, in decibels below full amplitude. */
export const quietestDb = -120

/** Long enough to tell low tones apart, short enough for single syllables. */
const windowSeconds = 0.046
const columnsMax = 1024
const rowCount = 192
const lowestHz = 30

/**
 * The spectrogram of a sound, by windows (Hann) that overlap by half. Where a column has several of them, it shows the loudest, so that
 * a click is seen however long the sound is.
 */
export function toSpectrogram({ samples, sampleRate }: SoundSamples): Spectrogram {
  const fft = createFourierTransform(windowSize(sampleRate))
  const { size } = fft
  const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size))
  const columnCount = Math.max(1, Math.min(columnsMax, Math.ceil(samples.length / (size / 4))))
  const highHz = sampleRate / 2
  const lowHz = Math.min(Math.max(lowestHz, sampleRate / size), highHz / 2)
  // A sine of full amplitude has half of the window's sum in its bin.
  const full = size / 4
  const power = new Float64Array(size / 2 + 1)
  const rows = Array.from({ length: rowCount }, (_, row) => binsOfRow(row, { lowHz, highHz, binHz: sampleRate / size }))
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)]
  const levels = new Uint8Array(columnCount * rowCount)
  const perColumn = samples.length / columnCount
  const windowCount = Math.max(1, Math.ceil(perColumn / (size / 2)))
  let [loudest, loudestRow] = [0, 0]
  for (let column = 0; column < columnCount; column += 1) {
    for (let window = 0; window < windowCount; window += 1) {
      const middle = (column + (window + 0.5) / windowCount) * perColumn
      const start = Math.round(middle - size / 2)
      for (let i = 0; i < size; i += 1) real[i] = (samples[start + i] ?? 0) * hann[i]!
      imaginary.fill(0)
      fft.transform(real, imaginary)
      for (let bin = 0; bin <= size / 2; bin += 1) power[bin] = (real[bin]! ** 2 + imaginary[bin]! ** 2) / full ** 2
      for (let row = 0; row < rowCount; row += 1) {
        const level = toLevel(10 * Math.log10(powerOfRow(power, rows[row]!)))
        const at = row * columnCount + column
        if (level > levels[at]!) levels[at] = level
        if (level > loudest) [loudest, loudestRow] = [level, row]
      }
    }
  }
  return {
    columnCount,
    rowCount,
    levels,
    lowHz,
    highHz,
    loudestHz: loudest === 0 ? undefined : hzAt(1 - loudestRow / (rowCount - 1), { lowHz, highHz }),
  }
}

/** The frequency at a height of a spectrogram, 0 below to 1 above. */
export function hzAt(height: number, { lowHz, highHz }: Pick<Spectrogram, 'lowHz' | 'highHz'>): number {
  return lowHz * (highHz / lowHz) ** height
}

/** Frequencies to write beside a spectrogram, with their heights, 0 below to 1 above. */
export function hzTicks({
  lowHz,
  highHz,
}: Pick<Spectrogram, 'lowHz' | 'highHz'>): readonly { readonly hz: number; readonly height: number }[] {
  return [100, 1000, 10_000]
    .map((hz) => ({ hz, height: Math.log(hz / lowHz) / Math.log(highHz / lowHz) }))
    .filter(({ height }) => height > 0.04 && height < 0.96)
}

/** How bright a level is where the quietest that is shown lies so many decibels below full amplitude, 0…1. */
export function brightnessOf(level: number, rangeDb: number): number {
  const decibels = quietestDb * (1 - level / 255)
  return Math.max(0, 1 + decibels / rangeDb)
}

function windowSize(sampleRate: number): number {
  return 2 ** Math.max(6, Math.round(Math.log2(sampleRate * windowSeconds)))
}

/** The bins that a row stands for, or its place between two, where rows are narrower. */
type BinsOfRow = { readonly first: number; readonly last: number } | { readonly between: number }

function binsOfRow(
  row: number,
  axis: { readonly lowHz: number; readonly highHz: number; readonly binHz: number },
): BinsOfRow {
  const binAt = (place: number): number => hzAt(1 - place / (rowCount - 1), axis) / axis.binHz
  const last = Math.floor(Math.min(binAt(row - 0.5), axis.highHz / axis.binHz))
  const first = Math.ceil(binAt(row + 0.5))
  return first > last ? { between: binAt(row) } : { first, last }
}

function powerOfRow(power: Float64Array, row: BinsOfRow): number {
  if ('between' in row) {
    const below = Math.floor(row.between)
    const share = row.between - below
    return power[below]! * (1 - share) + (power[below + 1] ?? 0) * share
  }
  let most = 0
  for (let bin = row.first; bin <= row.last; bin += 1) most = Math.max(most, power[bin]!)
  return most
}

function toLevel(decibels: number): number {
  // NaN of samples that are no numbers is silence.
  return Math.round(255 * Math.max(0, Math.min(1, 1 - decibels / quietestDb))) || 0
}
