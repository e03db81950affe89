import type { ProjectRow, RunRow, Store, SweepRow } from '@lossline/store'
import type { Assignment, SweepConfig, Trial } from '@lossline/sweeps'
import { runValues } from '../run-values.ts'
import type { Runs } from '../runs.ts'
import type { MetricHistories } from './metric-histories.ts'
import { metricOf } from './sweep-metric.ts'
import { sweepOutline } from './sweep-overview.ts'
import { everyRun, namesOf, ofSweep, runsById } from './sweep-runs.ts'

/** A run as the search of a sweep sees it. */
export interface SweepTrial extends Trial {
  readonly run: RunRow
  /** It was made before the sweep: data of the search, and none of the sweep's own runs. */
  readonly isPrior: boolean
}

/** Runs of a sweep for one decision about it, or several in a row: they are read when they are first asked for. */
export interface TrialReader {
  /** All runs that the sweep's search knows of: its own and those made before it, oldest first. */
  read(): Promise<readonly SweepTrial[]>
  /** Something has changed: the next one who asks has them read again. */
  forget(): void
}

interface TrialSources {
  readonly store: Store
  readonly runs: Runs
  readonly histories: MetricHistories
}

export function createTrialReader(sources: TrialSources, project: ProjectRow, sweep: SweepRow): TrialReader {
  let reading: Promise<readonly SweepTrial[]> | undefined
  return {
    read: () => {
      reading ??= readTrials(sources, project, sweep)
      return reading
    },
    forget: () => {
      reading = undefined
    },
  }
}

async function readTrials(
  { store, runs, histories }: TrialSources,
  project: ProjectRow,
  sweep: SweepRow,
): Promise<readonly SweepTrial[]> {
  const { config } = sweepOutline(sweep)
  const at = namesOf(project)
  const own = await everyRun(runs, at, ofSweep(sweep.name))
  const priors = (await runsById(runs, at, sweep.priorRunIds)).filter(({ sweepId }) => sweepId !== sweep.name)
  const notes = new Map((await store.sweepTrials({ sweep: sweep.id })).map((note) => [note.run, note]))
  const metric = config && needsValues(config) ? config.metric : undefined
  const trials: SweepTrial[] = []
  for (const [isPrior, part] of [
    [true, priors],
    [false, own],
  ] as const) {
    for (const run of part.toReversed()) {
      const summary = metric && metricOf(run, metric)?.value
      trials.push({
        run,
        isPrior,
        state: run.state,
        config: runValues(run).config as Assignment,
        history: metric === undefined ? [] : await histories.read(store, run, metric.name),
        ...(summary !== undefined && { summary }),
        isStoppedEarly: notes.get(run.id)?.earlyStop !== undefined,
      })
    }
  }
  return trials
}

/** Whether it matters what runs have reached. */
function needsValues({ method, earlyTermination, metric }: SweepConfig): boolean {
  return method === 'bayes' || earlyTermination !== undefined || metric?.target !== undefined
}
