import { StoreError } from '../errors.ts'
import type { PutSweepTrialWrite, SweepTrialQuery, SweepTrialRow } from '../sweeps/sweep-trials.ts'
import type { Connection } from './connection.ts'
import { wholeColumns, withWholeTexts } from './whole-text.ts'

const texts = { suggestion: 'suggestion', earlyStop: 'early_stop' }

export function listSweepTrials(connection: Connection, { sweep }: SweepTrialQuery): SweepTrialRow[] {
  return connection
    .all<{ readonly run: number; readonly suggestion: string | null; readonly earlyStop: string | null }>(
      `SELECT sweep_trial.run, ${wholeColumns('sweep_trial', texts)} FROM sweep
       JOIN run ON run.project_id = sweep.project_id AND run.sweep_id = sweep.name
       JOIN sweep_trial ON sweep_trial.run = run.id WHERE sweep.id = ? ORDER BY run.id`,
      sweep,
    )
    .map((row) => {
      const { run, suggestion, earlyStop } = withWholeTexts(row, ['suggestion', 'earlyStop'])
      return { run, suggestion: suggestion ?? undefined, earlyStop: earlyStop ?? undefined }
    })
}

/** Within a transaction. */
export function putSweepTrial(connection: Connection, { run, suggestion, earlyStop }: PutSweepTrialWrite): void {
  if (connection.get('SELECT 1 FROM run WHERE id = ?', run) === undefined) {
    throw new StoreError({ code: 'not-found', message: `There is no run with the storage id ${run}.` })
  }
  connection.run(
    `INSERT INTO sweep_trial (run, suggestion, early_stop) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET suggestion = coalesce(excluded.suggestion, suggestion),
       early_stop = coalesce(excluded.early_stop, early_stop)`,
    run,
    suggestion ?? null,
    earlyStop ?? null,
  )
}
