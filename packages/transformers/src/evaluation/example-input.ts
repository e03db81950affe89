import { describeValue } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { isRecord } from '../transformers-like.ts'

/** What of an example goes into a pipeline. */
export interface ExampleInput {
  /** A text; or anything else that the pipeline takes, as `input`. */
  readonly text?: string | undefined
  readonly input?: unknown
}

/** What the pipeline gets of an example. */
export function inputOf({ text, input }: ExampleInput): unknown {
  return text ?? input
}

/** How examples are to look, for errors. */
export const exampleHint = "Pass [{ text: 'It crashes', label: 'bug' }, …]; what is no text as input."

/** Refuses an example with nothing for the pipeline. @param name - Its name, for the error. @throws TransformersOptionError */
export function checkExample(name: string, example: unknown): void {
  if (!isRecord(example) || inputOf(example) === undefined) throw refuseExample(name, example)
}

/** The error for what is no example. */
export function refuseExample(name: string, example: unknown): TransformersOptionError {
  const what = isRecord(example) ? `has the members ${Object.keys(example).join(', ')}` : `is ${describeValue(example)}`
  return new TransformersOptionError(`${name} ${what}.`, exampleHint)
}
