import type { ReactElement } from 'react'
import { LogView } from '../components/logs/log-view.tsx'
import { useOpenRun } from './run-page.tsx'

/** Console output of one run. */
export function RunLogs(): ReactElement {
  const { address, run } = useOpenRun()
  return <LogView address={address} key={run.runId} run={run} />
}
