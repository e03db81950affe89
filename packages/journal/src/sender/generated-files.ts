import { type JsonObject, parseJson, type RunState, toConfigYaml, toWireEnvironment } from '@lossline/protocol'

/**
 * The text of a standard file of a run whose folder lacks it, as W&B's client makes it when it sends the run; undefined for
 * any other file.
 *
 * @param configJson - The config as the server is told it.
 */
export function generateRunFile(name: string, state: RunState, configJson: () => string): string | undefined {
  if (name === 'config.yaml') return toConfigYaml(parseJson(configJson()) as JsonObject)
  if (name === 'wandb-summary.json') return `${state.summaryJson()}\n`
  if (name === 'wandb-metadata.json' && state.environment !== undefined) {
    return `${JSON.stringify(toWireEnvironment(state.environment), undefined, 2)}\n`
  }
  return undefined
}
