import { NotFoundError, runNotFound } from '../api/api-errors.ts'
import { fetchContent } from '../api/fetch-content.ts'
import { parseRunPath } from '../api/paths.ts'
import type { AskAboutRun } from '../api/run-history.ts'
import { type FilesContext, listFiles } from '../api/stored-file.ts'
import { maybeObjectAt } from '../api/wire-values.ts'
import { viewerEntity } from '../artifacts/artifact-api.ts'
import type { ArtifactFiles } from '../artifacts/artifact-files.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import type { RunConnection } from './run-connection.ts'
import type { RunFacts } from './run-records.ts'

/** Which run's file {@link Run.restore} gets, and to where. */
export interface RestoreFileOptions {
  /** `entity/project/id`, `project/id` or `id` of the run that has it. Default: this run. */
  readonly runPath?: string | undefined
  /** Whether a file that is there already is replaced. Default false: then that one is returned. */
  readonly replace?: boolean | undefined
  /** Folder below which it gets its name. Default: `files/` of this run's folder. */
  readonly root?: string | undefined
}

const restoreFileOptionNames: OptionNames<RestoreFileOptions> = { runPath: true, replace: true, root: true }

/**
 * Gets a file of a run back.
 *
 * @throws {@link NotFoundError}, {@link OfflineAskError}, {@link ServerRequestError}; as {@link StoredFile.download}.
 */
export async function restoreFile(
  name: string,
  options: RestoreFileOptions = {},
  run: {
    readonly connection: RunConnection
    readonly facts: RunFacts
    readonly directory: string
    readonly files: ArtifactFiles
  },
): Promise<string> {
  checkOptions('restore', options, restoreFileOptionNames)
  const { runPath, replace = false, root } = options
  const { facts, files } = run
  const { localFiles } = files
  const folder = root ?? files.join(run.directory, 'files')
  const connection = await run.connection.connect('restore')
  const there = runPath === undefined ? undefined : parseRunPath(runPath)
  const entity = there?.entity ?? facts.entity ?? (await viewerEntity(connection))
  const project = there?.project ?? facts.project
  const runId = there?.runId ?? facts.id
  const context: FilesContext = {
    localFiles,
    placeName: connection.placeName,
    ask: (operationName, query, variables) => connection.graphql(operationName, query, variables),
    fetch: (url, init) => fetchContent(connection, url, init),
  }
  const askRun: AskAboutRun = async (operationName, query, variables) => {
    const reply = await context.ask(operationName, query, { entity, project, name: runId, ...variables })
    const found = maybeObjectAt(reply, 'project', 'run')
    if (found === undefined) throw runNotFound(`${entity}/${project}/${runId}`, connection.placeName)
    return found
  }
  const file = await listFiles(context, askRun, { names: [name], perPage: 1 }).first()
  if (file === undefined) {
    throw new NotFoundError(`file "${name}" of the run ${entity}/${project}/${runId}`, connection.placeName)
  }
  const path = localFiles.pathOf(folder, name)
  if (!replace && (await localFiles.exists(path))) return path
  return file.download({ root: folder, replace })
}
