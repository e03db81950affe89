import type { RunWriter } from '@lossline/journal'
import type { EnvironmentRecord, OutputRawRecord, WandbRecordBody } from '@lossline/protocol'
import { createClearedFields } from '../life/cleared-fields.ts'
import type { ConsoleStream } from '../platform.ts'
import type { Redactor } from '../redaction/redaction.ts'
import { type RunFacts, toInternalConfig, toRunRecord, toTimestamp } from './run-records.ts'
import type { RunState } from './run-state.ts'

/** Writes down what is known about a run, as long as it is open. What comes later is left out. */
export interface RunRecorder {
  /** As they are now. */
  readonly facts: RunFacts
  readonly environment: EnvironmentRecord
  /** Appends a record that the program did not ask for. */
  record(body: WandbRecordBody): void
  /** Applies facts that were found after the start. */
  recordFacts(facts: Partial<RunFacts>): void
  /** Applies facts that the program changes. A field that it empties is emptied on the server too. */
  updateFacts(facts: Partial<RunFacts>): void
  recordOutput(stream: ConsoleStream, text: string): void
  /** Writes what has been redacted so far, as `_wandb.lossline.redacted` of the config, which other tools ignore. */
  recordRedactions(): void
  /** Takes in facts about the machine that are in the journal already, for the file that repeats them. */
  noteEnvironment(environment: EnvironmentRecord): void
}

export function createRunRecorder(options: {
  readonly writer: Pick<RunWriter, 'append'>
  readonly facts: RunFacts
  readonly redactor: Redactor
  readonly state: Pick<RunState, 'isOpen'>
}): RunRecorder {
  const { writer, redactor, state } = options
  const clearedFields = createClearedFields()
  let { facts } = options
  let environment: EnvironmentRecord = {}

  function noteEnvironment(found: EnvironmentRecord): void {
    environment = { ...environment, ...found }
  }

  function record(body: WandbRecordBody): void {
    if (!state.isOpen) return
    if (body.kind === 'environment') noteEnvironment(body.environment)
    writer.append(body)
  }

  function recordFacts(changes: Partial<RunFacts>): void {
    if (!state.isOpen) return
    facts = { ...facts, ...changes }
    writer.append({ kind: 'run', run: toRunRecord(facts) })
  }

  return {
    get facts() {
      return facts
    },
    get environment() {
      return environment
    },
    record,
    recordFacts,
    updateFacts(changes) {
      recordFacts(changes)
      const cleared = clearedFields(facts)
      if (cleared !== undefined) record({ kind: 'config', config: cleared })
    },
    recordOutput(stream, text) {
      const outputRaw: OutputRawRecord = {
        outputType: stream === 'stdout' ? 'stdout' : 'stderr',
        timestamp: toTimestamp(new Date()),
        line: text,
      }
      record({ kind: 'outputRaw', outputRaw })
    },
    recordRedactions() {
      const { places } = redactor
      if (places.length > 0) record({ kind: 'config', config: toInternalConfig('redacted', places) })
    },
    noteEnvironment,
  }
}
