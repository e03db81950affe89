import type { RunFieldChanges, RunRow } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { mergeConfigs } from './merge-writers.ts'
import type { RunEdit, StreamBatch } from './run-requests.ts'
import { isLive, type RunSignal, type StateChange } from './run-state.ts'

/** What a batch says of its run's state. */
export function toSignal(batch: StreamBatch): RunSignal {
  if (batch.exitCode !== undefined) return { kind: 'exit', exitCode: batch.exitCode }
  return batch.isPreempting ? { kind: 'preempting' } : { kind: 'heartbeat' }
}

/** A run that goes on has no end any more, and what it exits with is not known yet. */
export function toStateFields(next: StateChange, endedAtMs: number): RunFieldChanges {
  return isLive(next.state) ? { ...next, finishedAtMs: null, exitCode: null } : { ...next, finishedAtMs: endedAtMs }
}

/**
 * What one of several writers says of its run: it adds to the config, and one that has no tags does not take away those of
 * the others.
 */
export function shareEdit(edit: RunEdit, before: RunRow): RunEdit {
  return {
    ...edit,
    tags: edit.tags === undefined ? undefined : [...new Set([...before.tags, ...edit.tags])],
    config: edit.config === undefined ? undefined : mergeConfigs(edit.config, before.config),
  }
}

/** @throws {@link ServerError} when the run has not come so far. */
export function checkStep({ runId, lastStep }: RunRow, step: number): void {
  if (lastStep !== undefined && lastStep >= step) return
  throw new ServerError({
    code: 'step-not-reached',
    message: `Run "${runId}" has no step ${step}: ${lastStep === undefined ? 'it has no history' : `its last is ${lastStep}`}.`,
    hint: lastStep === undefined ? 'Start a new run.' : `Take a step up to ${lastStep}.`,
  })
}

export function definedFields(edit: RunEdit): RunFieldChanges {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
}

export function runNotFound(message: string): ServerError {
  return new ServerError({ code: 'not-found', message })
}
