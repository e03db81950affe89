import type { OptionNames } from '../options/check-options.ts'
import type { TimeToLive } from './artifact-options.ts'

/** How an artifact is logged. */
export interface LogArtifactOptions {
  /** Name of an artifact that is given by its path. Default: `run-<run id>-<file name>`. */
  readonly name?: string | undefined
  /** Type of an artifact that is given by its path. Default: `unspecified`. */
  readonly type?: string | undefined
  /** Names of the version beside `latest`; each moves here from the version that has it. */
  readonly aliases?: readonly string[] | string | undefined
  readonly tags?: readonly string[] | string | undefined
  /** How long the version is kept. Default: what the draft says, else the server. */
  readonly ttlMs?: TimeToLive | undefined
}

export const logArtifactOptionNames: OptionNames<LogArtifactOptions> = {
  name: true,
  type: true,
  aliases: true,
  tags: true,
  ttlMs: true,
}

/** How a part of a version is logged that several runs make together. */
export interface DistributedArtifactOptions extends LogArtifactOptions {
  /** The same text in all runs that take part. Default: the run's group. */
  readonly distributedId?: string | undefined
}

export const distributedOptionNames: OptionNames<DistributedArtifactOptions> = {
  ...logArtifactOptionNames,
  distributedId: true,
}
