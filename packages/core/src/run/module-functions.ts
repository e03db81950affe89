import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import type { AlertOptions } from '../life/alert.ts'
import type { DefineMetricOptions } from '../metrics/metric-definition.ts'
import { activeRun, activeRunOrThrow } from './active-runs.ts'
import type { Loggable } from './loggable.ts'
import type { FinishOptions, LogOptions, Metrics, Run } from './run.ts'

/**
 * {@link Run.log} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function log<Row extends Metrics>(metrics: Row & Loggable<Row>, options?: LogOptions): void {
  const row: Metrics = metrics
  activeRunOrThrow('log').log(row, options)
}

/**
 * {@link Run.defineMetric} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function defineMetric(name: string, options?: DefineMetricOptions): void {
  activeRunOrThrow('defineMetric').defineMetric(name, options)
}

/** {@link Run.finish} of the active run. Does nothing when there is none. */
export async function finish(options?: FinishOptions): Promise<void> {
  await activeRun()?.finish(options)
}

/**
 * {@link Run.logArtifact} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function logArtifact(...args: Parameters<Run['logArtifact']>): ArtifactVersion {
  return activeRunOrThrow('logArtifact').logArtifact(...args)
}

/**
 * {@link Run.useArtifact} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function useArtifact(...args: Parameters<Run['useArtifact']>): Promise<ArtifactVersion> {
  return activeRunOrThrow('useArtifact').useArtifact(...args)
}

/**
 * {@link Run.upsertArtifact} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function upsertArtifact(...args: Parameters<Run['upsertArtifact']>): ArtifactVersion {
  return activeRunOrThrow('upsertArtifact').upsertArtifact(...args)
}

/**
 * {@link Run.finishArtifact} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function finishArtifact(...args: Parameters<Run['finishArtifact']>): ArtifactVersion {
  return activeRunOrThrow('finishArtifact').finishArtifact(...args)
}

/**
 * {@link Run.linkArtifact} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function linkArtifact(...args: Parameters<Run['linkArtifact']>): Promise<ArtifactVersion> {
  return activeRunOrThrow('linkArtifact').linkArtifact(...args)
}

/**
 * {@link Run.logModel} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function logModel(...args: Parameters<Run['logModel']>): ArtifactVersion {
  return activeRunOrThrow('logModel').logModel(...args)
}

/**
 * {@link Run.useModel} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function useModel(...args: Parameters<Run['useModel']>): Promise<string> {
  return activeRunOrThrow('useModel').useModel(...args)
}

/**
 * {@link Run.linkModel} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function linkModel(...args: Parameters<Run['linkModel']>): Promise<ArtifactVersion> {
  return activeRunOrThrow('linkModel').linkModel(...args)
}

/**
 * {@link Run.logCode} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function logCode(...args: Parameters<Run['logCode']>): Promise<ArtifactVersion | undefined> {
  return activeRunOrThrow('logCode').logCode(...args)
}

/**
 * {@link Run.save} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function save(...args: Parameters<Run['save']>): string[] {
  return activeRunOrThrow('save').save(...args)
}

/**
 * {@link Run.restore} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export async function restore(...args: Parameters<Run['restore']>): Promise<string> {
  return activeRunOrThrow('restore').restore(...args)
}

/**
 * {@link Run.alert} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function alert(options: AlertOptions): void {
  activeRunOrThrow('alert').alert(options)
}

/**
 * {@link Run.markPreempting} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function markPreempting(): void {
  activeRunOrThrow('markPreempting').markPreempting()
}
