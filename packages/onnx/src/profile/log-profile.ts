import { Artifact, plot, Table } from '@lossline/core'
import type { FileRun } from '../run-like.ts'
import type { Profile, ReadProfileOptions } from './profile.ts'
import { readProfile } from './read-profile.ts'

/** How a profile is logged. */
export interface LogProfileOptions extends ReadProfileOptions {
  readonly run: FileRun
  /** What stands before the keys: `<name>/profile/operators`. Default `'onnx'`. */
  readonly name?: string | undefined
}

// What a run shows of a table.
const nodesMax = 10_000

/**
 * Logs a profile: tables of operators, nodes and providers, a chart, the time of calls, and the file itself as an artifact, which
 * Perfetto (ui.perfetto.dev) and Chrome's tracing open.
 *
 * @param path - The file that `session.endProfiling()` has written.
 * @throws as {@link readProfile}, and as `run.log` and `run.logArtifact`.
 * @example
 * session.endProfiling()
 * await logProfile('digits_2026-11-26_10-00-00_123.json', { run })
 */
export async function logProfile(
  path: string,
  { run, name = 'onnx', warmUpRuns }: LogProfileOptions,
): Promise<Profile> {
  const profile = await readProfile(path, { warmUpRuns })
  logProfileTables(profile, run, name)
  await logTrace(path, run, name)
  return profile
}

/** Logs all of a profile but the file. */
export function logProfileTables(profile: Profile, run: FileRun, name: string): void {
  const key = (rest: string) => `${name}/profile/${rest}`
  const { operators, nodes, providers, runMs } = profile
  const chart = new Table({
    columns: ['operator', 'ms'],
    rows: operators.map(({ operator, totalMs }) => [operator, totalMs]),
  })
  run.log({
    [key('operators')]: tableOf(operators, ['operator', 'provider', 'calls', 'totalMs', 'share']),
    [key('nodes')]: tableOf(nodes.slice(0, nodesMax), [
      ...['node', 'operator', 'provider', 'calls', 'totalMs', 'share', 'outputBytes', 'parameterBytes'],
    ]),
    [key('providers')]: tableOf(providers, ['provider', 'calls', 'totalMs', 'share']),
    [key('time_by_operator')]: plot.bar(chart, { label: 'operator', value: 'ms', title: 'Time by operator' }),
  })
  run.summary.update({
    [key('runs')]: profile.runCount,
    [key('load_ms')]: profile.loadMs,
    [key('kernel_ms')]: profile.kernelMs,
    ...Object.fromEntries(Object.entries(runMs).map(([suffix, value]) => [key(`run_ms_${suffix}`), value])),
  })
}

/** Logs the file. It may be removed when the promise has resolved. */
export async function logTrace(path: string, run: FileRun, name: string): Promise<void> {
  const artifact = new Artifact(`run_${run.id}_${name.replaceAll(/[^\w.-]/g, '-')}_profile`, 'profile', {
    description: 'Trace of ONNX Runtime in the format of Chrome: ui.perfetto.dev opens it.',
  })
  const adding = artifact.addFile(path, { name: 'profile.json' })
  run.logArtifact(artifact)
  await adding
}

const columnNames: Readonly<Record<string, string>> = {
  totalMs: 'total_ms',
  outputBytes: 'output_bytes',
  parameterBytes: 'parameter_bytes',
}

function tableOf<Row extends object>(rows: readonly Row[], members: readonly string[]): Table {
  return new Table({
    columns: members.map((member) => columnNames[member] ?? member),
    rows: rows.map((row) => members.map((member) => Reflect.get(row, member))),
  })
}
