import { isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { describeText, isChat, toTextCell } from './text-cell.ts'

const textKeys = ['generated_text', 'summary_text', 'translation_text', 'text'] as const

/** Texts that a model wrote: what is new in them, without the prompt that `text-generation` puts before it. */
export function summariseGeneratedText(part: RowPart): RowColumns {
  const { input, ...rest } = inputColumns(part)
  const output = { output: part.output === undefined ? null : newTextOf(part.output, part.input, part.options) }
  const mayQuote = hasPromptInside(part)
  return {
    // A chat or text is the prompt; an image that is described stays what it is.
    input: input === undefined ? rest : { prompt: input, ...rest },
    output: {
      ...(mayQuote ? {} : output),
      output_tokens: part.sequence?.outputTokens ?? null,
      finish_reason: part.sequence?.finishReason ?? null,
    },
    ...(mayQuote ? { quoting: output } : {}),
  }
}

/** Tokenizers that change letters or spaces give a prompt back in another form, which cannot be told from what is new. */
function hasPromptInside({ task, input, output, options }: RowPart): boolean {
  if (task !== 'text-generation' || typeof input !== 'string' || options.return_full_text === false) return false
  const text = textOf(output)
  return typeof text === 'string' && !text.startsWith(input)
}

/** What a model has written: without the prompt that `text-generation` puts before it; of a chat, the last message. */
export function newTextOf(output: unknown, input: unknown, options: RowPart['options'] = {}): string {
  const text = textOf(output)
  if (text === undefined) return ''
  if (isChat(text)) return describeText(text.at(-1)?.content)
  if (typeof text !== 'string') return describeText(text)
  const hasPrompt = typeof input === 'string' && options.return_full_text !== false && text.startsWith(input)
  return toTextCell(hasPrompt ? text.slice(input.length) : text)
}

function textOf(output: unknown): unknown {
  const [result] = Array.isArray(output) ? output : [output]
  return isRecord(result) ? textKeys.map((key) => result[key]).find((value) => value !== undefined) : result
}
