export { AgentError, type AgentErrorCode } from './agent-error.ts'
export {
  type CommandAgentEvents,
  type CommandAgentOptions,
  type CommandAgentResult,
  runCommandAgent,
} from './command/run-command-agent.ts'
export { type AgentOptions, agent } from './function/agent.ts'
export type { AgentSummary } from './loop/tally.ts'
export type { AssignedRun, TrialEnd } from './loop/trial.ts'
export { makeSweep, type SweepOptions, sweep } from './make-sweep.ts'
export type { SweepPlace } from './open-sweep.ts'
