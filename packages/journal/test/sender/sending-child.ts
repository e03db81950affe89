import { createSender } from '../../src/index.ts'

// Sends the journal of argv as long as it is left alive.
const [runDirectory = '', journalPath = '', baseUrl = ''] = process.argv.slice(2)
const report = await createSender({
  runDirectory,
  journalPath,
  target: { baseUrl, transmitIntervalMs: 0 },
  follow: true,
  onProgress: (progress) => {
    if (progress.kind === 'sent') console.log(`sent ${progress.report.historyRowCount}`)
  },
}).run()
console.log(`end ${report.isExitSent}`)
