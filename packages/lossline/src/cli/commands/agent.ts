import { type AssignedRun, describeSummary, runCommandAgent } from '@lossline/agent'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'
import type { RunsTarget } from './runs.ts'

/** Arguments of `lossline agent`. */
export interface AgentArgs extends RunsTarget {
  readonly sweep: string
  readonly project?: string
  readonly entity?: string
  readonly count?: number
  readonly parallel?: number
  /** With commas between them. */
  readonly gpus?: string
  readonly maxFailures?: number
  /** Seconds. */
  readonly trialTimeout?: number
}

const beatMs = 2_000
const maxFailuresDefault = 5

/**
 * Works for a sweep until it has no more runs, and says how it goes: lines of the trials to standard output, the rest to standard error.
 *
 * @throws AgentError, SweepConfigError; what the Api throws.
 */
export async function agentCommand(args: AgentArgs, effects: Effects): Promise<number> {
  const { sweep, count, parallel, trialTimeout, maxFailures = maxFailuresDefault, json, gpus: gpuList = '' } = args
  const gpus = gpuList.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
  const workerCount = parallel ?? Math.max(1, gpus.length)
  const place = (({ baseUrl, apiKey, dataDir, project, entity }) => ({ baseUrl, apiKey, dataDir, project, entity }))(
    args,
  )
  const live = createLiveSummary(effects)
  const label = ({ runId }: AssignedRun): string => (workerCount > 1 ? `[${runId}] ` : '')
  const options = {
    ...place,
    count,
    workerCount,
    gpus,
    maxFailures,
    trialTimeoutMs: trialTimeout === undefined ? undefined : trialTimeout * 1000,
    beatMs,
    signal: effects.stop,
    environment: process.env,
  }
  const result = await runCommandAgent(sweep, options, {
    onStart(run, settings, logPath) {
      live.begin()
      live.note(
        `run ${run.runId} ${run.isResumed ? 'goes on' : 'begins'} with ${settings}; its output is in ${logPath}`,
      )
    },
    // With JSON the result alone is on standard output.
    onOutput: (run, line) => (json === true ? effects.note : live.print)(`${label(run)}${line}`),
    onEnd(run, { outcome, reason }) {
      live.end(outcome)
      live.note(`run ${run.runId} ${outcome}${reason === undefined ? '' : `: ${reason}`}`)
    },
    onBest: live.setBest,
    warn: live.note,
  }).finally(() => effects.showProgress(undefined))
  if (json === true) effects.print(JSON.stringify(result))
  else {
    effects.note(`lossline: the agent has ended: ${describeSummary(result)}`)
    if (live.best !== undefined) effects.note(`lossline: best: ${live.best}`)
  }
  return effects.stop.aborted ? exitCodes.interrupted : exitCodes.success
}

/** A line below all others that says how it goes. */
function createLiveSummary(effects: Effects) {
  const counts = { running: 0, finished: 0, failed: 0, stopped: 0 }
  let best: string | undefined
  const show = (): void => {
    const { running, finished, failed, stopped } = counts
    const parts = [`${running} at work`, `${finished} finished`]
    if (failed > 0) parts.push(`${failed} failed`)
    if (stopped > 0) parts.push(`${stopped} stopped`)
    if (best !== undefined) parts.push(`best ${best}`)
    effects.showProgress(parts.join(', '))
  }
  return {
    get best() {
      return best
    },
    begin() {
      counts.running++
    },
    end(outcome: 'finished' | 'failed' | 'stopped') {
      counts.running--
      counts[outcome]++
    },
    setBest(text: string) {
      best = text
      show()
    },
    note(line: string) {
      effects.note(`lossline: ${line}`)
      show()
    },
    print(line: string) {
      effects.showProgress(undefined)
      effects.print(line)
      show()
    },
  }
}
