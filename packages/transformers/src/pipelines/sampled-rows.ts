import type { ReportProblem } from '../problems.ts'
import type { PredictionTable, TableEntry } from '../rows/prediction-table.ts'
import type { RowPart } from '../rows/row-part.ts'
import { type RowFacts, toTableEntry } from '../rows/table-row.ts'
import type { SampleSlot } from '../sampling/row-sampler.ts'
import { type CallParts, extraOfInput, splitOutput } from './call-parts.ts'
import { copyInput } from './copy-input.ts'
import { type GenerationTiming, sequenceOfInput } from './generation-recorder.ts'
import type { ParsedReportOptions } from './report-options.ts'

/** What rows are made with. */
export interface RowLogging {
  readonly table: PredictionTable
  readonly options: ParsedReportOptions
  readonly report: ReportProblem
}

/** An input that is to become a row of the table, as it was when the call began. */
export interface SampledRow {
  readonly slot: SampleSlot<TableEntry>
  /** Place in the batch. */
  readonly item: number
  readonly input: unknown
  readonly extraInput: unknown
}

/** A call that has ended, for its rows. */
export interface EndedCall extends Omit<RowFacts, 'id' | 'batchSize'> {
  readonly index: number
  readonly parts: CallParts
  /** `undefined` when it failed. */
  readonly output: unknown
  readonly hasFailed: boolean
  readonly generation: GenerationTiming | undefined
  readonly samplingRate: number | undefined
}

/** Decides which inputs of a call become rows, and copies what of them may be logged. */
export function sampleRows(task: string, parts: CallParts, { table, options, report }: RowLogging): SampledRow[] {
  // A text is needed in any case, to tell what a model wrote from its prompt.
  const isCopied = options.logInputs || options.toRow !== undefined
  const copy = (input: unknown) => (isCopied ? copyInput(input) : typeof input === 'string' ? input : undefined)
  const rows: SampledRow[] = []
  for (const [item, input] of parts.inputs.entries()) {
    const slot = table.next()
    if (slot === undefined) continue
    try {
      rows.push({ slot, item, input: copy(input), extraInput: copy(extraOfInput(task, parts, item)) })
    } catch (cause) {
      report(rowFailed(task, cause))
    }
  }
  return rows
}

/** Adds the rows of a call to the table. */
export function addRows(
  task: string,
  rows: readonly SampledRow[],
  call: EndedCall,
  { table, options, report }: RowLogging,
): void {
  if (rows.length === 0) return
  const { parts, index, generation, samplingRate } = call
  const outputs = call.hasFailed ? [] : splitOutput(task, call.output, parts)
  const batchSize = parts.inputs.length
  for (const { slot, item, input, extraInput } of rows) {
    const sequence = sequenceOfInput(generation, item, batchSize)
    const part: RowPart = {
      task,
      input,
      extraInput,
      output: outputs[item],
      options: parts.options,
      samplingRate,
      sequence,
    }
    const id = parts.isBatch ? `${index}.${item}` : `${index}`
    try {
      const entry = toTableEntry(part, { ...call, id, batchSize }, options)
      if (entry !== undefined) table.add(slot, entry)
    } catch (cause) {
      report(rowFailed(task, cause))
    }
  }
}

function rowFailed(task: string, cause: unknown) {
  return {
    code: 'transformers-row-failed',
    message: `A row for a call of ${task} could not be made, and is left out: ${String(cause)}`,
    hint: 'If it is toRow or redact that throws, correct it; else pass a toRow that knows this output.',
    cause,
  } as const
}
