import { createSender } from '@lossline/journal'

// Sends the run of argv as long as it is left alive.
const [runDirectory = '', journalPath = '', baseUrl = ''] = process.argv.slice(2)
console.log('sending')
const report = await createSender({
  runDirectory,
  journalPath,
  target: { baseUrl, transmitIntervalMs: 0 },
  follow: true,
}).run()
console.log(`end ${report.isExitSent}`)
