import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '@lossline/core'
import { toConfigYaml, toWireConfig } from '@lossline/protocol'
import type { AgentResult } from '../agent-result.ts'
import { describeBestRun } from '../best-run.ts'
import { describeSettings } from '../describe-settings.ts'
import { host } from '../host.ts'
import { runWorker } from '../loop/run-worker.ts'
import { createTally } from '../loop/tally.ts'
import type { AssignedRun, StartedTrial, TrialEnd } from '../loop/trial.ts'
import { type OpenedSweep, type SweepPlace, withSweep } from '../open-sweep.ts'
import { readCommandTemplate, toCommandLine } from './command-line.ts'
import { startCommand } from './start-command.ts'
import { openTrialOutput, type TrialOutput } from './trial-output.ts'

/** What an agent for commands does, and where its sweep is. */
export interface CommandAgentOptions extends SweepPlace {
  /** Trials to make at most. */
  readonly count: number | undefined
  /** Trials at a time. */
  readonly workerCount: number
  /** Names of GPUs, which workers take turns in: each sees one. */
  readonly gpus: readonly string[]
  readonly maxFailures: number
  /** A trial that takes longer is ended, and has failed. */
  readonly trialTimeoutMs: number | undefined
  readonly beatMs: number
  /** Ends it: trials at hand are stopped. */
  readonly signal: AbortSignal
  /** The environment of its programs, to which the run's own is added. */
  readonly environment: NodeJS.ProcessEnv
}

/** How an agent is going. */
export interface CommandAgentEvents {
  /** @param settings - In a line. */
  onStart(run: AssignedRun, settings: string, logPath: string): void
  onOutput(run: AssignedRun, line: string): void
  onEnd(run: AssignedRun, end: TrialEnd): void
  /** The best run so far, in a line. */
  onBest(text: string): void
  warn(line: string): void
}

/**
 * Starts a command for each run that a sweep assigns.
 *
 * @throws {@link NotFoundError}, {@link ServerRequestError}; {@link AgentError}.
 */
export function runCommandAgent(
  path: string,
  options: CommandAgentOptions,
  events: CommandAgentEvents,
): Promise<AgentResult> {
  return withSweep(path, placeOf(options), (opened) => workFor(opened, options, events))
}

async function workFor(
  opened: OpenedSweep,
  options: CommandAgentOptions,
  events: CommandAgentEvents,
): Promise<AgentResult> {
  const { count, workerCount, gpus, maxFailures, trialTimeoutMs, beatMs, signal, environment } = options
  const { sweep, notes, config, dataDirectory } = opened
  const template = readCommandTemplate(config)
  // Programs of other languages do not read our settings.
  const { baseUrl, apiKey } = readSettings(placeOf(options))
  const tally = createTally({ countMax: count, failuresMax: maxFailures })
  const outputs = new Map<string, TrialOutput>()
  const failure = new AbortController()
  const ending = AbortSignal.any([signal, failure.signal])

  const start = (run: AssignedRun, worker: number): StartedTrial => {
    const folder = notes.folderOf(run.runId)
    const parameterPath = join(folder, 'parameters.yaml')
    const logPath = join(folder, 'output.log')
    notes.begin(run)
    writeFileSync(parameterPath, `wandb_version: 1\n\n${toConfigYaml(toWireConfig(run.settings))}`)
    const output = openTrialOutput(logPath, { onLine: (line) => events.onOutput(run, line), warn: events.warn })
    outputs.set(run.runId, output)
    const gpu = gpus.length === 0 ? undefined : gpus[worker % gpus.length]
    const env = {
      ...environment,
      ...twins({
        SWEEP_ID: sweep.id,
        RUN_ID: run.runId,
        SWEEP_PARAM_PATH: parameterPath,
        ENTITY: sweep.entity,
        PROJECT: sweep.project,
        RESUME: run.isResumed ? 'allow' : undefined,
        BASE_URL: baseUrl,
        API_KEY: apiKey,
      }),
      LOSSLINE_DATA_DIR: dataDirectory,
      ...(gpu !== undefined && { CUDA_VISIBLE_DEVICES: gpu }),
    }
    const words = toCommandLine(template, {
      program: config.program,
      settings: run.settings,
      environment: env,
      isWindows: process.platform === 'win32',
      writeJsonFile(text) {
        const path = join(folder, 'parameters.json')
        writeFileSync(path, text)
        return path
      },
    })
    events.onStart(run, describeSettings(run.settings), logPath)
    return startCommand({
      words,
      environment: env,
      onOutput: output.write,
      onStarted: (pid) => notes.setProgram(run, pid),
      timeoutMs: trialTimeoutMs,
    })
  }

  const work = async (worker: number): Promise<void> =>
    runWorker({
      agent: await sweep.registerAgent(host),
      tally,
      takeInterrupted: opened.takeInterrupted,
      start: (run) => start(run, worker),
      signal: ending,
      beatMs,
      warn: events.warn,
      onEnd(run, end) {
        outputs.get(run.runId)?.close()
        outputs.delete(run.runId)
        notes.end(run.runId)
        events.onEnd(run, end)
        void opened.findBest().then((best) => best && events.onBest(describeBestRun(best, config)))
      },
    })
  const works = Array.from({ length: workerCount }, (_, worker) => work(worker))
  // What ends one worker ends all, each with its trial.
  for (const one of works) one.catch(() => failure.abort())
  await Promise.allSettled(works)
  await Promise.all(works)
  tally.check()
  const best = await opened.findBest()
  if (best !== undefined) events.onBest(describeBestRun(best, config))
  return { ...tally.summary, best }
}

function placeOf({ baseUrl, apiKey, dataDir, dir, entity, project }: CommandAgentOptions): SweepPlace {
  return { baseUrl, apiKey, dataDir, dir, entity, project }
}

/** A variable under our name and under W&B's, as programs may be Python's too. */
function twins(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`LOSSLINE_${name}`, value] as const, [`WANDB_${name}`, value] as const],
    ),
  )
}
