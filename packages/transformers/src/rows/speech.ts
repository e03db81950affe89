import { isRawAudioLike, isRecord } from '../transformers-like.ts'
import { inputColumns, soundColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { toTextCell } from './text-cell.ts'

/** The text of a sound, with its pieces where there are time stamps. */
export function summariseSpeech(part: RowPart): RowColumns {
  const { text, chunks } = isRecord(part.output) ? part.output : {}
  return {
    input: inputColumns(part),
    output: {
      text: typeof text === 'string' ? toTextCell(text) : null,
      chunks: Array.isArray(chunks) ? toTextCell(chunks.filter(isRecord).map(describeChunk).join('\n')) : null,
      output_tokens: part.sequence?.outputTokens ?? null,
    },
  }
}

/** A sound made of a text. */
export function summariseMadeAudio(part: RowPart): RowColumns {
  const sound = part.output
  const columns = isRawAudioLike(sound)
    ? soundColumns(sound.audio, sound.sampling_rate)
    : ({ audio: null, seconds: null } as const)
  return { input: inputColumns(part), output: columns }
}

function describeChunk({ timestamp, text }: Readonly<Record<string, unknown>>): string {
  const [start, end] = Array.isArray(timestamp) ? timestamp : []
  return `${describeSeconds(start)}–${describeSeconds(end)} ${String(text).trim()}`
}

function describeSeconds(value: unknown): string {
  return typeof value === 'number' ? `${value.toFixed(2)} s` : '?'
}
