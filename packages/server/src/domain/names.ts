import { parseEntityName, parseProjectName, parseRunId, parseTag } from '@lossline/protocol'
import type { RunAddress } from '@lossline/store'
import { ServerError } from '../errors.ts'

/**
 * The address, if all its names are ones that W&B's client would accept too.
 *
 * @throws {@link ServerError} `invalid-request` naming the first bad one.
 */
export function checkRunAddress(at: RunAddress): RunAddress {
  return refusing(() => ({
    entity: parseEntityName(at.entity),
    project: parseProjectName(at.project),
    runId: parseRunId(at.runId),
  }))
}

/** A project by its names. */
export interface ProjectAddress {
  readonly entity: string
  readonly project: string
}

/** @throws {@link ServerError} `invalid-request`. */
export function checkProjectAddress(at: ProjectAddress): ProjectAddress {
  return refusing(() => ({ entity: parseEntityName(at.entity), project: parseProjectName(at.project) }))
}

/** @throws {@link ServerError} `invalid-request`. */
export function checkTags(tags: readonly string[]): void {
  refusing(() => {
    for (const tag of tags) parseTag(tag)
  })
}

/** Runs a parser of the protocol; what it throws is the caller's fault. @throws {@link ServerError} `invalid-request`. */
export function refusing<T>(parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw new ServerError({
      code: 'invalid-request',
      message: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}
