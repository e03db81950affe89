import type { MediaValue } from '@lossline/core'
import type { GeneratedSequence } from '../pipelines/generation-recorder.ts'

/** Cells of a row, by column. */
export type Cells = Readonly<Record<string, string | number | boolean | null | Date | readonly string[] | MediaValue>>

/** One input of a call, with what came out for it. */
export interface RowPart {
  readonly task: string
  readonly input: unknown
  /** What was passed between the input and the options: labels to choose from, the context of a question. */
  readonly extraInput: unknown
  /** What the pipeline returned for this input; `undefined` when it failed. */
  readonly output: unknown
  readonly options: Readonly<Record<string, unknown>>
  /** Samples a second of sounds that are given as bare samples, where the processor tells. */
  readonly samplingRate: number | undefined
  readonly sequence: GeneratedSequence | undefined
}

/** The columns of a row, apart by what they give away. */
export interface RowColumns {
  readonly input?: Cells
  readonly output?: Cells
  /** Outputs that repeat parts of the input: not logged when inputs are not. */
  readonly quoting?: Cells
}

/** Makes the columns of one kind of task. May throw on output that it does not know. */
export type RowSummariser = (part: RowPart) => RowColumns
