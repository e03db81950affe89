import { isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { describeText, isChat, toTextCell } from './text-cell.ts'

const textKeys = ['generated_text', 'summary_text', 'translation_text', 'text'] as const

/** Texts that a model wrote: what is new in them, without the prompt that `text-generation` puts before it. */
export function summariseGeneratedText(part: RowPart): RowColumns {
  const { input, ...rest } = inputColumns(part)
  return {
    // A chat or text is the prompt; an image that is described stays what it is.
    input: input === undefined ? rest : { prompt: input, ...rest },
    output: {
      output: part.output === undefined ? null : newTextOf(part.output, part.input, part.options),
      output_tokens: part.sequence?.outputTokens ?? null,
      finish_reason: part.sequence?.finishReason ?? null,
    },
  }
}

/** What a model has written: without the prompt that `text-generation` puts before it; of a chat, the last message. */
export function newTextOf(output: unknown, input: unknown, options: RowPart['options'] = {}): string {
  const [result] = Array.isArray(output) ? output : [output]
  const text = isRecord(result) ? textKeys.map((key) => result[key]).find((value) => value !== undefined) : result
  if (text === undefined) return ''
  if (isChat(text)) return describeText(text.at(-1)?.content)
  if (typeof text !== 'string') return describeText(text)
  const hasPrompt = typeof input === 'string' && options.return_full_text !== false && text.startsWith(input)
  return toTextCell(hasPrompt ? text.slice(input.length) : text)
}
