import type { Store, Write } from '@lossline/store'
import { createCounter, createHistogram, type MetricFamily } from './exposition.ts'

/** Numbers of a server for whoever watches it. */
export interface ServerMetrics {
  /** A request that was answered. */
  answered(request: {
    readonly route: string
    readonly method: string
    readonly status: number
    readonly ms: number
  }): void
  /** The same store, with its writes counted and timed. */
  measure(store: Store): Store
  /** What is asked for when somebody looks: open streams, sizes. */
  addSource(source: () => MetricFamily[] | Promise<MetricFamily[]>): void
  families(): Promise<readonly MetricFamily[]>
}

const secondBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createServerMetrics(): ServerMetrics {
  const requests = createCounter()
  const durations = createHistogram(secondBounds)
  const rows = createCounter()
  const commits = createHistogram(secondBounds)
  const failures = createCounter()
  // From the start on, so that an alert on their growth sees the first one too.
  for (const code of ['full', 'unavailable', 'corrupt']) failures.add({ code }, 0)
  const sources: (() => MetricFamily[] | Promise<MetricFamily[]>)[] = []
  let waitingCount = 0

  const own = (): MetricFamily[] => [
    { name: 'lossline_requests_total', help: 'Requests answered.', kind: 'counter', samples: requests.samples() },
    {
      name: 'lossline_request_duration_seconds',
      help: 'From the head of a request to the head of its answer.',
      kind: 'histogram',
      samples: durations.samples(),
    },
    {
      name: 'lossline_rows_total',
      help: 'Rows taken into the store, by stream.',
      kind: 'counter',
      samples: rows.samples(),
    },
    {
      name: 'lossline_store_write_seconds',
      help: 'From handing a write to the store until it is on disk.',
      kind: 'histogram',
      samples: commits.samples(),
    },
    {
      name: 'lossline_store_write_failures_total',
      help: 'Writes that the store refused, by the code of the error.',
      kind: 'counter',
      samples: failures.samples(),
    },
    {
      name: 'lossline_store_writes_waiting',
      help: 'Writes that wait to be on disk.',
      kind: 'gauge',
      samples: [{ value: waitingCount }],
    },
  ]

  const count = (writes: readonly Write[]): void => {
    for (const write of writes)
      if (write.kind === 'append-rows') rows.add({ stream: write.stream }, write.rows.rowCount)
  }

  return {
    answered({ route, method, status, ms }) {
      requests.add({ route, method, status: String(status) }, 1)
      durations.observe({ route }, ms / 1000)
    },
    measure: (store) => ({
      ...store,
      write: async (writes) => {
        const startMs = performance.now()
        waitingCount += 1
        try {
          const results = await store.write(writes)
          count(writes)
          commits.observe({}, (performance.now() - startMs) / 1000)
          return results
        } catch (error) {
          failures.add({ code: error instanceof Error && 'code' in error ? String(error.code) : 'internal' }, 1)
          throw error
        } finally {
          waitingCount -= 1
        }
      },
    }),
    addSource: (source) => void sources.push(source),
    families: async () => [...own(), ...(await Promise.all(sources.map((source) => source()))).flat()],
  }
}

const routes: readonly (readonly [RegExp, string])[] = [
  [/^\/graphql$/, 'graphql'],
  [/^\/files\/[^/]+\/[^/]+\/[^/]+\/file_stream$/, 'file_stream'],
  [/^\/run-files\//, 'run-files'],
  [/^\/artifact/, 'artifacts'],
  [/^\/sdk\/otel\//, 'otel'],
  [/^\/api\/(runs|series|projects|events|media|artifacts|session|admin|status|tables)(\/|$)/, 'api'],
  [/^\/api\//, 'api/other'],
  [/^\/(healthz?|readyz?|metrics)$/, 'operator'],
]

/** What stands for a path in labels: few, whatever is asked for. */
export function toRoute(path: string): string {
  for (const [pattern, route] of routes) {
    const found = pattern.exec(path)
    if (found !== null) return route === 'api' ? `api/${found[1]}` : route
  }
  return 'other'
}
