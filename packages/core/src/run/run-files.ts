import {
  type EnvironmentRecord,
  type JsonObject,
  stringifyJson,
  toConfigYaml,
  toWireConfig,
  toWireEnvironment,
} from '@lossline/protocol'

/** What the files of a run for people are made of. */
export interface RunFileContents {
  readonly config: JsonObject
  readonly summary: JsonObject
  readonly environment: EnvironmentRecord
}

/** The files of a run for people, by their path in its folder. Everything in them is in the journal too. */
export function toRunFiles({ config, summary, environment }: RunFileContents): Record<string, string> {
  return {
    'files/config.yaml': toConfigYaml(toWireConfig(config)),
    'files/wandb-summary.json': `${stringifyJson(summary)}\n`,
    'files/wandb-metadata.json': `${JSON.stringify(toWireEnvironment(environment), null, 2)}\n`,
  }
}
