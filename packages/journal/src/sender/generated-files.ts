import { type JsonObject, parseJson, type RunState, toConfigYaml, toWireEnvironment } from '@lossline/protocol'
import { readConsoleText } from './console-text.ts'

/** What the standard files of a run are made from. */
export interface RunFileFacts {
  readonly state: RunState
  readonly journalPath: string
  /** The config as the server is told it. */
  configJson(): string
}

/**
 * The text of a standard file of a run whose folder lacks it, as W&B's client makes it when it sends the run; undefined for
 * any other file.
 */
export async function generateRunFile(
  name: string,
  { state, journalPath, configJson }: RunFileFacts,
): Promise<string | undefined> {
  if (name === 'output.log') return readConsoleText(journalPath)
  if (name === 'config.yaml') return toConfigYaml(parseJson(configJson()) as JsonObject)
  if (name === 'wandb-summary.json') return `${state.summaryJson()}\n`
  if (name === 'wandb-metadata.json' && state.environment !== undefined) {
    return `${JSON.stringify(toWireEnvironment(state.environment), undefined, 2)}\n`
  }
  return undefined
}
