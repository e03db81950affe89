// What system metrics cost: processor time of a sample as a share of one core at the default interval, and what the
// training thread pays for being watched.
import { openRunWriter } from '@lossline/journal'
import { openTemporaryDirectory } from '@lossline/testing'
import { report } from './lib/report.ts'

const intervalMs = 100
const observedMs = 4000
const defaultIntervalMs = 15_000

/** Processor time of this process while an idle run samples at a high rate, in milliseconds. */
async function measure(isSampling: boolean): Promise<number> {
  const directory = await openTemporaryDirectory('lossline-bench-')
  try {
    const writer = await openRunWriter({
      runDirectory: directory.join('run'),
      run: { runId: 'bench', project: 'bench', startTime: { seconds: Math.floor(Date.now() / 1000) } },
      producer: 'bench',
      ...(isSampling ? { systemMetrics: { intervalMs } } : {}),
    })
    // The start is not what is measured.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const before = process.cpuUsage()
    await new Promise((resolve) => setTimeout(resolve, observedMs))
    const { user, system } = process.cpuUsage(before)
    await writer.finish({ exitCode: 0 })
    return (user + system) / 1000
  } finally {
    await directory[Symbol.asyncDispose]()
  }
}

const idleMs = await measure(false)
const samplingMs = await measure(true)
const sampleMs = (samplingMs - idleMs) / (observedMs / intervalMs)
const share = (100 * sampleMs) / defaultIntervalMs
report('system-metrics: processor time, in all threads', [
  { what: 'one sample, with its record on disk', value: sampleMs, text: `${sampleMs.toFixed(2)} ms` },
  {
    what: 'share of one core, every 15 s',
    value: share,
    text: `${share.toFixed(4)} %`,
    floor: 0.5,
    goal: 0.1,
  },
])
