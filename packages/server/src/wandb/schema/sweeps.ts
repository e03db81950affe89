/** Sweeps and their agents. */
export const sweepsSchema: string = `
extend type Mutation {
  upsertSweep(input: UpsertSweepInput!): UpsertSweepPayload
  deleteSweep(input: DeleteSweepInput!): SuccessPayload
  createAgent(input: CreateAgentInput!): CreateAgentPayload
  agentHeartbeat(input: AgentHeartbeatInput!): AgentHeartbeatPayload
  enqueueSweepRun(input: EnqueueSweepRunInput!): EnqueueSweepRunPayload
}
extend type Project {
  totalSweeps: Int!
  sweeps(after: String, first: Int, filters: JSONString): SweepConnection
  sweep(sweepName: String!, sweepFilters: JSONString): Sweep
}
type Sweep {
  id: ID!
  name: String!
  displayName: String
  description: String
  method: String!
  state: String!
  config: String!
  controller: JSONString
  scheduler: JSONString
  launchScheduler: JSONString
  createdAt: DateTime!
  updatedAt: DateTime
  heartbeatAt: DateTime
  earlyStopJobRunning: Boolean!
  bestLoss: Float
  runCount: Int!
  runCountExpected: Int
  user: User
  project: Project!
  runs(after: String, first: Int, order: String, filters: JSONString): RunConnection!
  priorRuns(after: String, first: Int): RunConnection!
  agents(after: String, first: Int): AgentConnection!
  agent(agentName: String!): Agent
}
type Agent {
  id: ID!
  name: String!
  host: String!
  state: String
  totalRuns: Int!
  createdAt: DateTime!
  heartbeatAt: DateTime
  runs(after: String, before: String, first: Int, last: Int, order: String): RunConnection!
}
type AgentEdge { node: Agent! cursor: String! }
type AgentConnection { edges: [AgentEdge!]! pageInfo: PageInfo! }
type SweepEdge { node: Sweep! cursor: String! }
type SweepConnection { edges: [SweepEdge!]! pageInfo: PageInfo! }
input EnqueueSweepRunInput { id: ID! config: JSONString! displayName: String clientMutationId: String }
type EnqueueSweepRunPayload { id: ID! runQueueItemId: ID }
input UpsertSweepInput {
  id: ID
  config: String
  description: String
  entityName: String
  projectName: String
  controller: JSONString
  scheduler: JSONString
  launchScheduler: JSONString
  templateVariableValues: JSONString
  priorRunsFilters: JSONString
  displayName: String
  state: String
  clientMutationId: String
}
type UpsertSweepPayload { sweep: Sweep! configValidationWarnings: [String!]! }
input DeleteSweepInput { id: ID! clientMutationId: String }
input CreateAgentInput { host: String! sweep: String! projectName: String entityName: String clientMutationId: String }
type CreateAgentPayload { agent: Agent! }
input AgentHeartbeatInput { id: ID! metrics: JSONString runState: JSONString clientMutationId: String }
type AgentHeartbeatPayload { agent: Agent! commands: JSONString! }
`
