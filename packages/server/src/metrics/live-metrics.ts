import type { Store } from '@lossline/store'
import type { ChangeFeed } from '../domain/change-feed.ts'
import type { MetricFamily } from './exposition.ts'

/** What goes on at the moment. */
export async function readLiveMetrics(store: Store, changes: ChangeFeed): Promise<MetricFamily[]> {
  const projects = await store.projects()
  return [
    {
      name: 'lossline_runs_live',
      help: 'Runs that are running or preempting.',
      kind: 'gauge',
      samples: [{ value: projects.reduce((sum, { runningCount }) => sum + runningCount, 0) }],
    },
    {
      name: 'lossline_event_streams_open',
      help: 'Pages and scripts that listen for changes.',
      kind: 'gauge',
      samples: [{ value: changes.listenerCount }],
    },
  ]
}
