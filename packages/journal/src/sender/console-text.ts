import { openJournalReader } from '../reader/journal-reader.ts'
import { createConsoleLog } from './console-log.ts'

// Lines between two looks at what has changed: a terminal changes its last ones only.
const changesPerLook = 1000

/**
 * The run's `output.log` as W&B's client makes it when it sends a run: what a terminal would show, without times. Reads the
 * journal, so that only runs whose folder lacks the file cost anything.
 *
 * @returns undefined when nothing was printed.
 */
export async function readConsoleText(journalPath: string): Promise<string | undefined> {
  const log = createConsoleLog({ form: () => 'plain', label: () => undefined })
  const lines: string[] = []
  let changeCount = 0
  function take(): void {
    changeCount = 0
    for (const { offset, content } of log.takeChanges()) {
      for (const [index, line] of content.entries()) lines[offset + index] = line
    }
  }
  for await (const events of openJournalReader(journalPath).batches()) {
    for (const event of events) {
      if (event.kind !== 'record') continue
      const { record } = event
      if (record.kind === 'outputRaw') log.write(record.outputRaw)
      else if (record.kind === 'outputLogger') log.writeLines(record.outputLogger)
      else continue
      changeCount += 1
      if (changeCount >= changesPerLook) take()
    }
  }
  take()
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`
}
