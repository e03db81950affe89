/** Types of what clients log by themselves: a table for each `run.log` of one, and code. */
export const automaticTypes: ReadonlySet<string> = new Set(['run_table', 'wandb-run-incremental-table', 'code', 'job'])
