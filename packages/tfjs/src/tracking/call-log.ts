import { activeRun } from '@lossline/core'
import { messageOf } from '@lossline/core/adapter'
import type { CommonOptions } from '../callbacks/callback-options.ts'
import { defineStepMetric } from '../logs/define-step-metric.ts'
import { noRun, type ReportProblem, toFailure } from '../problems.ts'
import type { RunLike } from '../run-like.ts'

/** Logs calls of a model that belong to no training: evaluations and predictions. Nothing in it throws. */
export interface CallLog {
  /** @param section - Of the keys, such as `evaluate`; the calls of each are counted from 0 on as `<section>/index`. */
  log(section: string, values: Readonly<Record<string, number>>): void
  /** Notes that a call has failed. */
  fail(call: string, error: unknown): void
}

export function createCallLog({ run: given, prefix = '' }: CommonOptions, report: ReportProblem): CallLog {
  const counts = new Map<string, number>()
  const defined = new WeakMap<RunLike, Set<string>>()

  const withRun = (act: (run: RunLike) => void): void => {
    const run = given ?? activeRun()
    try {
      if (run === undefined) report(noRun)
      else act(run)
    } catch (cause) {
      report(toFailure('Logging of a call', cause))
    }
  }
  const define = (run: RunLike, section: string): void => {
    const sections = defined.get(run) ?? new Set()
    if (sections.has(section)) return
    defineStepMetric(run, section, 'index')
    defined.set(run, sections.add(section))
  }

  return {
    log: (section, values) =>
      withRun((run) => {
        const name = `${prefix}${section}`
        define(run, name)
        const index = counts.get(name) ?? 0
        counts.set(name, index + 1)
        const named = Object.entries(values).map(([key, value]) => [`${name}/${key}`, value] as const)
        run.log({ [`${name}/index`]: index, ...Object.fromEntries(named) })
      }),
    fail: (call, error) =>
      withRun((run) => {
        const text = `${call}: ${messageOf(error)}`
        run.summary?.update({ [`${prefix}tfjs/error`]: text })
        run.alert?.({ title: 'TensorFlow.js has failed', text, level: 'error' })
      }),
  }
}
