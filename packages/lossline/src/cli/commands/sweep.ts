import { readFile } from 'node:fs/promises'
import { makeSweep } from '@lossline/agent'
import { Api } from '@lossline/core'
import type { Effects } from '../effects.ts'
import { CliError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import type { RunsTarget } from './runs.ts'

/** Arguments of `lossline sweep`. */
export interface SweepArgs extends RunsTarget {
  /** A file, or with one of the last four a sweep. */
  readonly target: string
  readonly project?: string
  readonly entity?: string
  readonly name?: string
  readonly priorRun?: readonly string[]
  readonly pause?: boolean
  readonly resume?: boolean
  readonly stop?: boolean
  readonly cancel?: boolean
}

const controls = ['pause', 'resume', 'stop', 'cancel'] as const

/**
 * Makes a sweep and prints its path, or changes the state of one.
 *
 * @throws CliError `sweep-options`, `sweep-file`; what the Api throws.
 */
export async function sweepCommand(args: SweepArgs, effects: Effects): Promise<number> {
  const { baseUrl, apiKey, dataDir, project, entity } = args
  const [control, another] = controls.filter((one) => args[one] === true)
  if (another !== undefined) {
    throw new CliError({
      code: 'sweep-options',
      message: `--${control} and --${another} at once make no sense.`,
      hint: 'Pass one of them.',
    })
  }
  const api = new Api({ baseUrl, apiKey, dataDir, project, entity })
  try {
    if (control !== undefined) await change(api, control, args, effects)
    else await make(api, args, effects)
    return exitCodes.success
  } finally {
    await api.close()
  }
}

async function change(
  api: Api,
  control: (typeof controls)[number],
  { target, json }: SweepArgs,
  { print, stop: signal }: Effects,
): Promise<void> {
  const sweep = await api.sweep(target, { signal })
  await sweep[control]({ signal })
  const { path, state } = await api.sweep(sweep.path, { signal })
  print(json === true ? JSON.stringify({ path, state }) : `${path} is ${state} now.`)
}

async function make(api: Api, args: SweepArgs, { print, note }: Effects): Promise<void> {
  const { target, project, entity, name, priorRun: priorRuns, json } = args
  const { sweep, warnings } = await makeSweep(api, await readConfig(target), { project, entity, name, priorRuns })
  for (const warning of warnings) note(`lossline: ${warning}`)
  const { id, path, url } = sweep
  if (json === true) return print(JSON.stringify({ id, path, url, warnings }))
  print(path)
  if (url !== undefined) note(`lossline: the sweep is at ${url}`)
  note(`lossline: start an agent with: lossline agent ${path}`)
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new CliError({
      code: 'sweep-file',
      message: `The configuration cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Pass the path of a YAML file; with --pause, --resume, --stop or --cancel a sweep.',
      cause,
    })
  }
}
