import { newTextOf } from '../rows/generated-text.ts'
import { isRecord } from '../transformers-like.ts'

/** What a pipeline has said of one example, as a row of an evaluation says it. */
export interface DecodedOutput {
  /** Of each class, in their order. */
  readonly scores?: Float64Array
  readonly prediction?: string
  /** How sure the model was. */
  readonly confidence?: number
}

/** Makes rows of one kind of output. */
export type DecodeOutput = (output: unknown, input: unknown, labels: readonly string[]) => DecodedOutput

/** Tasks that give a score for each class. */
export const classifyingTasks: ReadonlySet<string> = new Set([
  ...['text-classification', 'image-classification', 'audio-classification'],
  ...['zero-shot-classification', 'zero-shot-image-classification', 'zero-shot-audio-classification'],
])

const writingTasks = new Set([
  ...['text-generation', 'text2text-generation', 'summarization', 'translation', 'image-to-text'],
  'automatic-speech-recognition',
])

/** The decoder of a task; `undefined` where there is none. */
export function outputDecoderOf(task: string): DecodeOutput | undefined {
  if (task === 'zero-shot-classification') return decodeLists
  if (classifyingTasks.has(task)) return decodeLabels
  if (writingTasks.has(task)) return (output, input) => ({ prediction: newTextOf(output, input) })
  if (task === 'question-answering' || task === 'document-question-answering') return decodeAnswer
  return undefined
}

function decodeLabels(output: unknown, _input: unknown, labels: readonly string[]): DecodedOutput {
  const scored = new Map(
    (Array.isArray(output) ? output : []).filter(isRecord).map(({ label, score }) => [label, score]),
  )
  return { scores: Float64Array.from(labels, (label) => Number(scored.get(label) ?? 0)) }
}

function decodeLists(output: unknown, _input: unknown, labels: readonly string[]): DecodedOutput {
  const { labels: names = [], scores = [] } = isRecord(output)
    ? (output as { labels?: string[]; scores?: number[] })
    : {}
  const scored = new Map(names.map((name, index) => [name, scores[index]]))
  return { scores: Float64Array.from(labels, (label) => scored.get(label) ?? 0) }
}

function decodeAnswer(output: unknown): DecodedOutput {
  const best = Array.isArray(output) ? output[0] : output
  if (!isRecord(best)) return { prediction: '' }
  const prediction = typeof best.answer === 'string' ? best.answer : ''
  return typeof best.score === 'number' ? { prediction, confidence: best.score } : { prediction }
}
