import { NotFoundError } from '../api/api-errors.ts'
import { parseRunPath } from '../api/paths.ts'
import { maybeNumberAt, maybeTextAt } from '../api/wire-values.ts'
import { viewerEntity } from '../artifacts/artifact-api.ts'
import type { ArtifactFiles } from '../artifacts/artifact-files.ts'
import { maybeObject, nodesOf } from '../artifacts/read-reply.ts'
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

const filesQuery = `query RunFiles($entity: String!, $project: String!, $name: String!, $fileNames: [String]) {
  project(name: $project, entityName: $entity) { run(name: $name) {
    files(names: $fileNames, first: 1) { edges { node { id name directUrl sizeBytes updatedAt md5 } } }
  } }
}`

/** @throws {@link NotFoundError}, {@link OfflineAskError}, {@link ServerRequestError}, {@link UnsafeFileNameError}. */
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
  const folder = root ?? files.join(run.directory, 'files')
  const connection = await run.connection.connect('restore')
  const there = runPath === undefined ? undefined : parseRunPath(runPath)
  const entity = there?.entity ?? facts.entity ?? (await viewerEntity(connection))
  const project = there?.project ?? facts.project
  const runId = there?.runId ?? facts.id
  const variables = { entity, project, name: runId, fileNames: [name] }
  const reply = await connection.graphql('RunFiles', filesQuery, variables)
  const [node = {}] = nodesOf(maybeObject(reply, 'project', 'run')?.files)
  const url = maybeTextAt(node, 'directUrl')
  const where = `${entity}/${project}/${runId}`
  if (url === undefined || maybeTextAt(node, 'updatedAt') === undefined) {
    throw new NotFoundError(`file "${name}" of the run ${where}`, connection.placeName)
  }
  const md5 = maybeTextAt(node, 'md5')
  return files.restoreRunFile({
    root: folder,
    name,
    replace,
    expected: { sizeBytes: maybeNumberAt(node, 'sizeBytes'), md5Base64: md5 === '0' ? undefined : md5 },
    open: async () => {
      const response = await connection.fetch(url, { withCredentials: true })
      if (!response.ok)
        throw new NotFoundError(`content of the file "${name}" of the run ${where}`, connection.placeName)
      return response.body ?? new Blob([]).stream()
    },
  })
}
