import type { SendReport } from '@lossline/journal'
import { toByteText } from '../byte-text.ts'

/** What the runs that are being sent have left, in a line. */
export interface ProgressLine {
  note(runId: string, report: SendReport): void
  /** The run is through; it is counted and forgotten. */
  end(runId: string): void
  readonly text: string
}

export function createProgressLine(runCount: number): ProgressLine {
  const reports = new Map<string, SendReport>()
  let endedCount = 0
  return {
    note: (runId, report) => void reports.set(runId, report),
    end(runId) {
      reports.delete(runId)
      endedCount += 1
    },
    get text() {
      let [rows, files, artifacts, bytes] = [0, 0, 0, 0]
      for (const { unsent } of reports.values()) {
        rows += unsent.rowCount
        files += unsent.fileCount
        artifacts += unsent.artifactCount
        bytes += unsent.bytes
      }
      const left = [
        ...(rows > 0 ? [`${rows.toLocaleString('en')} rows`] : []),
        ...(files > 0 ? [`${files.toLocaleString('en')} files`] : []),
        ...(artifacts > 0 ? [`${artifacts.toLocaleString('en')} artifacts`] : []),
        ...(bytes > 0 ? [toByteText(bytes)] : []),
      ]
      return `${endedCount} of ${runCount} runs${left.length === 0 ? '' : `, to go: ${left.join(', ')}`}`
    },
  }
}
