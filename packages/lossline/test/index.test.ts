import * as agent from '@lossline/agent'
import * as core from '@lossline/core'
import { expect, test } from 'vitest'
import * as lossline from '../src/index.ts'

/** What core has for our other packages, not for programs that track their runs. */
const forPackages = ['findDataDirectory', 'findStoredApiKey', 'readSettings']
/** What of the agent is for programs, not for the command. */
const ofAgent = { agent: agent.agent, sweep: agent.sweep, AgentError: agent.AgentError }

test('what people install has all of the SDK', () => {
  const names = Object.keys(core).filter((name) => !forPackages.includes(name))
  expect(Object.keys(lossline).sort()).toEqual([...names, ...Object.keys(ofAgent)].sort())
  expect(lossline).toMatchObject(ofAgent)
  for (const name of names) expect(Reflect.get(lossline, name)).toBe(Reflect.get(core, name))
})
