export { runAssigned } from '../node/sweep/assigned-run.ts'
export type { SweepAssignment, Trial } from './assignment.ts'
