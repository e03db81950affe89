import { setTimeout as delay } from 'node:timers/promises'
import { ServerRequestError, type SweepAgent, type SweepCommand } from '@lossline/core'
import { AgentError } from '../agent-error.ts'
import type { Tally } from './tally.ts'
import type { AssignedRun, StartedTrial, TrialEnd } from './trial.ts'

/** One who asks a sweep for runs and works at one at a time. */
export interface Worker {
  readonly agent: Pick<SweepAgent, 'beat' | 'isStopRequested'>
  /** Shared by the workers of one agent. */
  readonly tally: Tally
  /** A run at which an agent was killed, if there is one; it is this worker's then. */
  takeInterrupted(): Promise<AssignedRun | undefined>
  start(run: AssignedRun): StartedTrial
  /** When it aborts, the trial at hand is stopped and no other is started. */
  readonly signal: AbortSignal
  /** Time between two questions. */
  readonly beatMs: number
  warn(line: string): void
  onEnd(run: AssignedRun, end: TrialEnd): void
}

/** W&B's agents too give a program half a minute to end by itself. */
export const killDelayMs = 30_000

/**
 * Works until the sweep has no more runs, there were enough, or somebody wants the end.
 *
 * @throws {@link AgentError} `sweep-gone`.
 */
export async function runWorker(worker: Worker): Promise<void> {
  const { tally, signal, beatMs } = worker
  const ask = createQuestion(worker)
  while (!signal.aborted && tally.reserve()) {
    const interrupted = await worker.takeInterrupted()
    const command = interrupted === undefined ? await ask([]) : undefined
    const run = interrupted ?? toRun(command)
    if (run === undefined || signal.aborted) {
      // A run that was assigned in the last moment is offered to somebody else when this agent is silent.
      tally.release()
      if (command?.kind === 'exit') return
      await pause(beatMs, signal)
      continue
    }
    const isOver = await seeThrough(worker, ask, run)
    if (isOver) return
  }
}

/**
 * Sees a trial to its end, also where the sweep can no longer be asked: nobody else would.
 *
 * @returns whether the sweep wants the agent to end.
 */
async function seeThrough(worker: Worker, ask: Question, run: AssignedRun): Promise<boolean> {
  const { signal } = worker
  const trial = tryStart(worker, run)
  const stop = (): void => trial.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await watch(worker, ask, run, trial)
  } catch (error) {
    trial.stop()
    const timer = setTimeout(() => trial.kill(), killDelayMs)
    await trial.ended
    clearTimeout(timer)
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    const end = await withStop(worker, run, await trial.ended)
    worker.tally.add(end)
    worker.onEnd(run, end)
  }
}

/** Does what the sweep says until the trial has ended. Returns and throws as {@link seeThrough}. */
async function watch({ beatMs }: Worker, ask: Question, { runId }: AssignedRun, trial: StartedTrial): Promise<boolean> {
  const ending = new AbortController()
  void trial.ended.then(() => ending.abort())
  let isOver = false
  let stopAgainMs = Number.NEGATIVE_INFINITY
  for (;;) {
    await pause(beatMs, ending.signal)
    if (ending.signal.aborted) return isOver
    const command = await ask([runId])
    if (command?.kind === 'exit') {
      isOver = true
      trial.kill()
    } else if (command?.kind === 'stop' && command.runId === runId && performance.now() >= stopAgainMs) {
      trial.stop()
      stopAgainMs = performance.now() + killDelayMs
    }
  }
}

/** A trial that cannot be started has failed. */
function tryStart({ start }: Worker, run: AssignedRun): StartedTrial {
  try {
    return start(run)
  } catch (error) {
    const reason = `it could not be started: ${error instanceof Error ? error.message : String(error)}`
    return { ended: Promise.resolve({ outcome: 'failed', reason }), stop() {}, kill() {} }
  }
}

/** A program that was stopped in the page may know before its agent, and end as if it had failed. */
async function withStop({ agent }: Worker, { runId }: AssignedRun, end: TrialEnd): Promise<TrialEnd> {
  if (end.outcome !== 'failed') return end
  return (await agent.isStopRequested(runId).catch(() => false)) ? { outcome: 'stopped' } : end
}

type Question = (runIds: readonly string[]) => Promise<SweepCommand | undefined>

/** Asks the sweep. A server that is away is no reason to end anything: it is said once, and asked again later. */
function createQuestion({ agent, signal, warn }: Worker): Question {
  let isAway = false
  return async (runIds) => {
    try {
      const command = await agent.beat(runIds, { signal })
      if (isAway) warn('The server answers again.')
      isAway = false
      return command
    } catch (error) {
      if (signal.aborted) return undefined
      if (error instanceof ServerRequestError && error.status === 404) {
        const message = 'The sweep is gone: it was deleted, or the server has lost it.'
        throw new AgentError({ code: 'sweep-gone', message, cause: error })
      }
      if (!(error instanceof ServerRequestError)) throw error
      if (!isAway) warn(`The sweep cannot be asked: ${error.message} The agent goes on asking.`)
      isAway = true
      return undefined
    }
  }
}

function toRun(command: SweepCommand | undefined): AssignedRun | undefined {
  if (command?.kind !== 'run' && command?.kind !== 'resume') return undefined
  return { runId: command.runId, settings: command.settings, isResumed: command.kind === 'resume' }
}

async function pause(delayMs: number, signal: AbortSignal): Promise<undefined> {
  await delay(delayMs, undefined, { signal }).catch(() => undefined)
}
