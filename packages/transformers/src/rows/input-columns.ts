import { Audio, Image, type MediaValue } from '@lossline/core'
import { isRawAudioLike, isRawImageLike } from '../transformers-like.ts'
import type { Cells, RowPart } from './row-part.ts'
import { describeText } from './text-cell.ts'

// A minute at 16 kHz. More than that is only measured.
const samplesMax = 16_000 * 60

/** The input of a call as columns: a text, an image, a sound, and what came with it. */
export function inputColumns(part: RowPart): Cells {
  const { input, extraInput, task } = part
  const cells = contentColumns(input, part.samplingRate)
  if (extraInput === undefined) return cells
  if (task === 'question-answering') return { question: cells.input ?? null, context: describeText(extraInput) }
  if (task === 'document-question-answering') return { ...cells, question: describeText(extraInput) }
  return { ...cells, candidate_labels: Array.isArray(extraInput) ? extraInput.map(String) : [describeText(extraInput)] }
}

function contentColumns(input: unknown, samplingRate: number | undefined): Cells {
  if (isRawImageLike(input)) return { image: toImage(input) }
  if (isRawAudioLike(input)) return soundColumns(input.audio, input.sampling_rate)
  if (input instanceof Float32Array || input instanceof Float64Array) return soundColumns(input, samplingRate)
  return { input: describeInput(input) }
}

/** An image of the user or of a model. */
export function toImage(
  image: ConstructorParameters<typeof Image>[0] & { channels?: number },
  caption?: string,
): Image {
  return new Image(image, caption === undefined ? {} : { caption })
}

/** A sound with its length; only the length where the rate is unknown or the sound is longer than a minute. */
export function soundColumns(samples: Float32Array | Float64Array, samplingRate: number | undefined): Cells {
  const seconds = samplingRate === undefined ? null : samples.length / samplingRate
  const audio: MediaValue | null =
    samplingRate === undefined || samples.length > samplesMax || samples.length === 0
      ? null
      : new Audio(samples, { sampleRate: samplingRate })
  return { audio, seconds }
}

function describeInput(input: unknown): string {
  if (typeof Blob !== 'undefined' && input instanceof Blob) return `${input.type || 'Blob'}, ${input.size} bytes`
  if (isCanvasLike(input)) return `canvas, ${input.width} × ${input.height}`
  return describeText(input)
}

function isCanvasLike(input: unknown): input is { readonly width: number; readonly height: number } {
  return typeof input === 'object' && input !== null && 'getContext' in input && 'width' in input && 'height' in input
}
