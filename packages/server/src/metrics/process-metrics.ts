import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { MetricFamily } from './exposition.ts'

/** Memory of this process, and how late its timers are. Close it to stop the measuring. */
export function openProcessMetrics(): { families(): MetricFamily[]; close(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return {
    families() {
      const { rss, heapUsed, external } = process.memoryUsage()
      const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)
      const delays = [
        { labels: { quantile: '0.5' }, value: seconds(delay.percentile(50)) },
        { labels: { quantile: '0.99' }, value: seconds(delay.percentile(99)) },
        { labels: { quantile: '1' }, value: seconds(delay.max) },
      ]
      // What comes next is of the time until it is asked for again.
      delay.reset()
      return [
        {
          name: 'lossline_process_memory_bytes',
          help: 'Memory of the process.',
          kind: 'gauge',
          samples: [
            { labels: { kind: 'resident' }, value: rss },
            { labels: { kind: 'heap' }, value: heapUsed },
            { labels: { kind: 'external' }, value: external },
          ],
        },
        {
          name: 'lossline_event_loop_delay_seconds',
          help: 'Delay of timers since the metrics were asked for last.',
          kind: 'gauge',
          samples: delays,
        },
        {
          name: 'lossline_process_cpu_seconds_total',
          help: 'Time on processors.',
          kind: 'counter',
          samples: [{ value: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 }],
        },
      ]
    },
    close: () => delay.disable(),
  }
}
