import { type Run, RunStoppedError } from '@lossline/core'
import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { runAssigned } from '@lossline/core/sweep'
import { LosslineError } from '@lossline/protocol'
import type { AgentResult } from '../agent-result.ts'
import { describeBestRun } from '../best-run.ts'
import { describeSettings } from '../describe-settings.ts'
import { host } from '../host.ts'
import { runWorker } from '../loop/run-worker.ts'
import { createTally, describeSummary } from '../loop/tally.ts'
import type { AssignedRun, StartedTrial, TrialEnd } from '../loop/trial.ts'
import { type OpenedSweep, type SweepPlace, sweepPlaceNames, withSweep } from '../open-sweep.ts'
import { printLine } from '../print-line.ts'

/** What an agent does, and where its sweep is. */
export interface AgentOptions extends SweepPlace {
  /** Trials to make at most. Default: as many as the sweep has. */
  readonly count?: number | undefined
  /** Failures in a row after which it gives up. Default: 5. */
  readonly maxFailures?: number | undefined
  /** Ends it: the trial at hand is stopped. */
  readonly signal?: AbortSignal | undefined
  /** Prints nothing itself. Default: false. */
  readonly silent?: boolean | undefined
}

const agentOptionNames: OptionNames<AgentOptions> = {
  ...sweepPlaceNames,
  count: true,
  maxFailures: true,
  signal: true,
  silent: true,
}

const beatMsDefault = 2_000
const maxFailuresDefault = 5
/** As after Ctrl-C. */
const stoppedExitCode = 130

/**
 * Calls a function for each run that a sweep assigns, one after the other. The function calls `init`, which starts that run, and finds
 * its settings in `run.config`; a run that it leaves open is finished when it returns or throws. A run that is stopped, in the page or by
 * the sweep's early stopping, throws {@link RunStoppedError} from its next call, unless the function looks at `run.signal` or
 * `run.isStopRequested` itself.
 *
 * @param path - The sweep: `entity/project/id`, `project/id` or `id`.
 * @returns How many trials ended how, and the best run of the sweep.
 * @throws {@link NotFoundError}, {@link ServerRequestError}; {@link AgentError} `sweep-gone`, `too-many-failures`.
 * @example
 * await agent(id, async () => {
 *   const run = await init()
 *   run.log({ loss: train(run.config.learningRate) })
 * }, { count: 10 })
 */
export async function agent(path: string, train: () => unknown, options: AgentOptions = {}): Promise<AgentResult> {
  checkOptions('agent', options, agentOptionNames)
  const { count, maxFailures = maxFailuresDefault, silent = false, signal, ...place } = options
  const say = (line: string): void => {
    if (!silent) printLine(`lossline: ${line}`)
  }
  const tally = createTally({ countMax: count, failuresMax: maxFailures })
  return withSweep(path, place, async (opened) => {
    const { sweep, notes } = opened
    await runWorker({
      agent: await sweep.registerAgent(host),
      tally,
      takeInterrupted: opened.takeInterrupted,
      start(run) {
        notes.begin(run)
        say(`run ${run.runId} ${run.isResumed ? 'goes on' : 'begins'} with ${describeSettings(run.settings)}`)
        return callFunction(train, run, opened, place)
      },
      signal: signal ?? new AbortController().signal,
      beatMs: beatMsDefault,
      warn: say,
      onEnd({ runId }, { outcome, reason }) {
        notes.end(runId)
        if (outcome !== 'finished') say(`run ${runId} ${outcome}${reason === undefined ? '' : `: ${reason}`}`)
      },
    })
    say(`the agent has ended: ${describeSummary(tally.summary)}`)
    const best = await opened.findBest()
    if (best !== undefined) say(`best: ${describeBestRun(best, opened.config)}`)
    tally.check()
    return { ...tally.summary, best }
  })
}

function callFunction(
  train: () => unknown,
  { runId, settings, isResumed }: AssignedRun,
  { sweep }: OpenedSweep,
  { baseUrl, apiKey, dataDir, dir }: SweepPlace,
): StartedTrial {
  const stopping = new AbortController()
  let run: Run<object> | undefined
  let isStopWanted = false
  const assignment = {
    settings: {
      id: runId,
      project: sweep.project,
      entity: sweep.entity,
      sweepId: sweep.id,
      ...(isResumed && { resume: 'allow' as const }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(apiKey !== undefined && { apiKey }),
      ...(dataDir !== undefined && { dataDir }),
      ...(dir !== undefined && { dir }),
    },
    config: settings,
    trial: {
      signal: stopping.signal,
      onRun: (started: Run<object>) => {
        run = started
      },
      onStop: () => {
        isStopWanted = true
      },
    },
  }
  const call = async (): Promise<TrialEnd> => {
    const end = await runAssigned(assignment, async () => train()).then(
      (): TrialEnd => ({ outcome: isStopWanted ? 'stopped' : 'finished' }),
      (error: unknown): TrialEnd =>
        error instanceof RunStoppedError || isStopWanted
          ? { outcome: 'stopped' }
          : { outcome: 'failed', reason: describeError(error) },
    )
    if (run === undefined && end.outcome === 'finished') {
      return { outcome: 'failed', reason: 'the function has not called init' }
    }
    const exitCode = { finished: 0, failed: 1, stopped: stoppedExitCode }[end.outcome]
    if (run !== undefined && !run.isFinished) await run.finish({ exitCode })
    return end
  }
  const stop = (): void => stopping.abort()
  // A function cannot be ended from outside: its run's next call ends it.
  return { ended: call(), stop, kill: stop }
}

function describeError(error: unknown): string {
  if (LosslineError.isInstance(error)) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
