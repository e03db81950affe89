import { type ArtifactPath, maybeFromHex, maybeParseArtifactUri, parseArtifactPath, toBase64 } from '@lossline/protocol'
import { maybeObjectAt } from '../api/wire-values.ts'
import { ServerRequestError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { pause } from '../server/pause.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { ask, completePath, fetchByPath, maybeFetchById } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import { artifactQueries } from './artifact-queries.ts'
import { ArtifactVersion } from './artifact-version.ts'
import type { RunArtifactsParts } from './run-artifacts.ts'
import type { VersionContext } from './version-context.ts'
import type { VersionFacts } from './version-facts.ts'

/** How an artifact is used. */
export interface UseArtifactOptions {
  /** The type that it must have. Default: any. */
  readonly type?: string | undefined
  /** What the run uses it as, such as `training-data`. */
  readonly as?: string | undefined
}

/** @internal */
export const useArtifactOptionNames: OptionNames<UseArtifactOptions> = { type: true, as: true }

// A run that has just begun may not be on the server yet; its sender needs a moment.
const runWaitMs = 30_000
const runPauseMs = 100

/**
 * Takes a version as input of a run.
 *
 * @throws {@link ArtifactError} `artifact-not-found`, `artifact-type-mismatch`; {@link OfflineAskError};
 *   {@link ServerRequestError}; what {@link ArtifactVersion.wait} throws.
 */
export async function useArtifact(
  artifact: ArtifactVersion | string,
  { type, as }: UseArtifactOptions,
  { context, run }: { readonly context: VersionContext; readonly run: RunArtifactsParts },
): Promise<ArtifactVersion> {
  // A version that disabled mode has "logged" is used as it was: in no way.
  if (context.isDisabled && typeof artifact !== 'string') return artifact
  const connection = await context.connect('useArtifact')
  const version =
    typeof artifact === 'string'
      ? new ArtifactVersion(context, { facts: await fetchByName(connection, artifact, context) })
      : await artifact.wait()
  const { facts } = version
  if (facts === undefined) throw notFound(version.qualifiedName)
  if (type !== undefined && facts.type !== type) {
    throw new ArtifactError({
      code: 'artifact-type-mismatch',
      message: `"${version.qualifiedName}" is of the type "${facts.type}", not "${type}".`,
      hint: 'Leave out the option type, or use another artifact.',
    })
  }
  await noteUse(connection, facts, as, run)
  run.append({ kind: 'useArtifact', useArtifact: { id: facts.id, type: facts.type, name: version.qualifiedName } })
  return version
}

/** A version by its path, or by one of the URIs that W&B has for artifacts. */
async function fetchByName(
  connection: ServerConnection,
  name: string,
  context: Pick<VersionContext, 'defaults'>,
): Promise<VersionFacts> {
  const id = maybeIdOf(name)
  if (id === undefined) return fetchByPath(connection, toPath(name), context.defaults())
  const facts = await maybeFetchById(connection, id)
  if (facts === undefined) throw notFound(name)
  return facts
}

const scheme = 'wandb-artifact://'

function toPath(name: string): ArtifactPath {
  return parseArtifactPath(name.startsWith(scheme) ? name.slice(scheme.length) : name)
}

/** The id in `wandb-artifact://_id/<id>` or `wandb-artifact://<hex id>/…`. */
function maybeIdOf(name: string): string | undefined {
  if (!name.startsWith(scheme)) return undefined
  const [authority = '', id] = name.slice(scheme.length).split('/')
  if (authority === '_id') return id
  const uri = maybeParseArtifactUri(name)
  // A short entity of hexadecimal digits is no id: those are the bytes of `Artifact:…`.
  if (uri?.kind !== 'server' || !/^[0-9a-f]+$/.test(authority)) return undefined
  const bytes = maybeFromHex(authority)
  const isId = bytes !== undefined && new TextDecoder().decode(bytes).includes(':')
  return isId && bytes !== undefined ? toBase64(bytes) : undefined
}

/** Tells the server that the run uses a version, as soon as it knows the run. */
async function noteUse(
  connection: ServerConnection,
  facts: VersionFacts,
  usedAs: string | undefined,
  run: RunArtifactsParts,
): Promise<void> {
  await run.flush()
  const { id: runId, project: projectGiven, entity: entityGiven } = run.facts()
  const { entity, project } = await completePath(
    connection,
    { collection: '', project: projectGiven, ...(entityGiven === undefined ? {} : { entity: entityGiven }) },
    {},
  )
  const input = {
    entityName: entity,
    projectName: project,
    runName: runId,
    artifactID: facts.id,
    ...(usedAs === undefined ? {} : { usedAs }),
    artifactEntityName: facts.place.entity,
    artifactProjectName: facts.place.project,
  }
  const deadlineMs = Date.now() + runWaitMs
  let wasKnown = false
  for (;;) {
    try {
      await ask(connection, artifactQueries.useArtifact, { input })
      return
    } catch (error) {
      const isRefused = error instanceof ServerRequestError && Date.now() < deadlineMs
      // The run may have come between the refusal and the look; only then is a second refusal about something else.
      if (!isRefused || wasKnown) throw error
      wasKnown = await isRunKnown(connection, entity, project, runId)
      if (wasKnown) continue
      await pause(runPauseMs)
    }
  }
}

async function isRunKnown(
  connection: ServerConnection,
  entity: string,
  project: string,
  runId: string,
): Promise<boolean> {
  const reply = await ask(connection, artifactQueries.runByName, { entity, project, name: runId })
  return maybeObjectAt(reply, 'project', 'run') !== undefined
}

function notFound(name: string): ArtifactError {
  return new ArtifactError({ code: 'artifact-not-found', message: `There is no artifact ${name}.` })
}
