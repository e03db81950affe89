export { AgentError, type AgentErrorCode } from './agent-error.ts'
export type { AgentResult } from './agent-result.ts'
export type { BestRun } from './best-run.ts'
export {
  type CommandAgentEvents,
  type CommandAgentOptions,
  runCommandAgent,
} from './command/run-command-agent.ts'
export { type AgentOptions, agent } from './function/agent.ts'
export { type AgentSummary, describeSummary } from './loop/tally.ts'
export type { AssignedRun, TrialEnd } from './loop/trial.ts'
export { makeSweep, type SweepOptions, sweep } from './make-sweep.ts'
export type { SweepPlace } from './open-sweep.ts'
