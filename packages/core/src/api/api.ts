import { LosslineError } from '@lossline/protocol'
import { fetchByPath } from '../artifacts/artifact-api.ts'
import { ArtifactVersion } from '../artifacts/artifact-version.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { withSignal } from '../server/with-signal.ts'
import { resolveSettings } from '../settings/resolve-settings.ts'
import type { ApiPlatform } from './api-context.ts'
import { NotFoundError } from './api-errors.ts'
import { type CreateSweepOptions, createSweep } from './create-sweep.ts'
import { listRuns, type RunsOptions } from './list-runs.ts'
import { type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import { type OpenApiContext, openApiContext } from './open-api-context.ts'
import { parseProjectPath, parseRunPath, parseSweepPath, parseVersionPath } from './paths.ts'
import { runQuery } from './run-documents.ts'
import { toRunFacts } from './run-facts.ts'
import {
  type ArtifactListOptions,
  type ArtifactSelection,
  listArtifactCollections,
  listArtifactTypes,
  listArtifactVersions,
  maybeFindCollection,
  type StoredArtifactCollection,
  type StoredArtifactType,
} from './stored-artifacts.ts'
import { createProject, findProject, listProjects, type StoredProject } from './stored-project.ts'
import { askAbout, StoredRun } from './stored-run.ts'
import { findSweep, listSweeps, type StoredSweep } from './stored-sweep.ts'
import { readViewer, type Viewer } from './viewer.ts'

/** Whom an {@link Api} asks. What is left out comes from the settings, as in `init`. */
export interface ApiOptions {
  /** URL of a server. Default: `https://api.wandb.ai` if a key for it is known, else the data folder's own server. */
  readonly baseUrl?: string | undefined
  /** Its key. Default: the setting, else what `login` stored for the server. */
  readonly apiKey?: string | undefined
  /** Whose projects are meant where a path does not say. Default: the setting, else the server's choice. */
  readonly entity?: string | undefined
  /** Which project is meant where a path does not say. Default: the setting, else the name that `init` would choose. */
  readonly project?: string | undefined
  /** A data folder (`.lossline`) to read instead of asking a server. */
  readonly dataDir?: string | undefined
  /** The folder that holds `.lossline/`. */
  readonly dir?: string | undefined
  /** Longest wait for one answer, attempts included. Default: 60,000 ms. */
  readonly timeoutMs?: number | undefined
}

const apiOptionNames: OptionNames<ApiOptions> = {
  baseUrl: true,
  apiKey: true,
  entity: true,
  project: true,
  dataDir: true,
  dir: true,
  timeoutMs: true,
}

/**
 * Reads and edits what is on a server: runs, their rows and files, projects, artifacts, sweeps. The base of `Api`, on any
 * platform.
 */
export class ApiClient implements AsyncDisposable {
  readonly #context: OpenApiContext

  constructor(platform: ApiPlatform, options: ApiOptions) {
    checkOptions('new Api', options, apiOptionNames)
    const { timeoutMs, ...given } = options
    const settings = resolveSettings(platform.readSettingsLayers([{ source: 'an option of Api', values: given }]))
    const isRemoteWanted = given.baseUrl !== undefined || given.apiKey !== undefined
    const isLocalWanted = !isRemoteWanted && (given.dataDir !== undefined || given.dir !== undefined)
    this.#context = openApiContext(platform, { settings, isLocalWanted, isRemoteWanted, timeoutMs })
  }

  /**
   * One run.
   *
   * @param path - `entity/project/id`, `project/id` or `id`; the address of its page does too.
   * @throws {@link InvalidPathError}, {@link NotFoundError}.
   * @example const run = await api.run('digits/k3v9xq2a')
   */
  async run(path: string, options: RequestOptions = {}): Promise<StoredRun> {
    checkOptions('run', options, requestOptionNames)
    const { runId, ...rest } = parseRunPath(path)
    const at = await this.#context.locate(rest, options)
    const node = await askAbout(this.#context, { ...at, runId })('Run', runQuery, {}, options)
    return new StoredRun(this.#context, at, toRunFacts(node))
  }

  /**
   * The runs of a project.
   *
   * @param path - `entity/project` or `project`. Default: the default project.
   * @throws {@link InvalidPathError}, {@link InvalidOptionError}; while it is read, {@link NotFoundError} for the project.
   * @example
   * for await (const run of api.runs('digits', { filters: { state: 'finished' }, order: '-summary.accuracy' })) {
   *   console.log(run.name, run.summary.accuracy)
   * }
   */
  runs(path?: string, options: RunsOptions = {}): Listing<StoredRun> {
    return listRuns(this.#context, parseProjectPath(path), options)
  }

  /** The projects of an entity. Default: those of the default entity. */
  projects(
    entity?: string,
    options: RequestOptions & { readonly perPage?: number | undefined } = {},
  ): Listing<StoredProject> {
    return listProjects(this.#context, entity, options)
  }

  /** One project. @throws {@link InvalidPathError}, {@link NotFoundError}. */
  async project(path?: string, options: RequestOptions = {}): Promise<StoredProject> {
    checkOptions('project', options, requestOptionNames)
    return findProject(this.#context, await this.#context.locate(parseProjectPath(path), options), options)
  }

  /** Makes a project, or returns the one that there is. @throws {@link InvalidPathError} */
  async createProject(path: string, options: RequestOptions = {}): Promise<StoredProject> {
    checkOptions('createProject', options, requestOptionNames)
    return createProject(this.#context, await this.#context.locate(parseProjectPath(path), options), options)
  }

  /** The types of artifacts of a project. */
  artifactTypes(path?: string, options: ArtifactListOptions = {}): Listing<StoredArtifactType> {
    return listArtifactTypes(this.#context, parseProjectPath(path), options)
  }

  /**
   * The collections of artifacts of a project.
   *
   * @param options.type - Only those of a type. Default: all.
   */
  artifactCollections(
    path?: string,
    options: ArtifactSelection & { readonly type?: string | undefined } = {},
  ): Listing<StoredArtifactCollection> {
    const { type, ...selection } = options
    return listArtifactCollections(this.#context, { ...parseProjectPath(path), type }, selection)
  }

  /**
   * The versions of a collection, the newest first unless `order` says otherwise.
   *
   * @param type - Type of the artifact, such as `model`.
   * @param name - `entity/project/name`, `project/name` or `name`.
   * @throws {@link InvalidPathError}; while it is read, {@link NotFoundError}.
   * @example for await (const version of api.artifactVersions('model', 'digits-cnn')) console.log(version.version)
   */
  artifactVersions(type: string, name: string, options: ArtifactSelection = {}): Listing<ArtifactVersion> {
    return listArtifactVersions(this.#context, { ...parseVersionPath(name), type }, options)
  }

  /**
   * One version of an artifact.
   *
   * @param path - `name:alias`, `name:v3`, with the project and the entity before it where they are others. Default of the
   *   alias: `latest`.
   * @throws {@link InvalidPathError}; {@link ArtifactError} `artifact-not-found`.
   */
  async artifact(path: string, options: RequestOptions = {}): Promise<ArtifactVersion> {
    checkOptions('artifact', options, requestOptionNames)
    options.signal?.throwIfAborted()
    const { versions } = this.#context
    const { entity, project, name, alias } = parseVersionPath(path)
    const at = await this.#context.locate({ entity, project }, options)
    const connection = withSignal(await versions.connect('artifact'), options.signal)
    const facts = await fetchByPath(connection, { ...at, collection: name, version: alias }, versions.defaults())
    return new ArtifactVersion(versions, { facts })
  }

  /** Whether there is such a version. @throws {@link InvalidPathError} */
  async artifactExists(path: string, options: RequestOptions = {}): Promise<boolean> {
    try {
      await this.artifact(path, options)
      return true
    } catch (error) {
      if (LosslineError.isInstance(error) && error.code === 'artifact-not-found') return false
      throw error
    }
  }

  /**
   * Whether there is a collection of the name and the type.
   *
   * @param name - `entity/project/name`, `project/name` or `name`.
   * @throws {@link InvalidPathError}
   */
  async artifactCollectionExists(name: string, type: string, options: RequestOptions = {}): Promise<boolean> {
    checkOptions('artifactCollectionExists', options, requestOptionNames)
    return (await maybeFindCollection(this.#context, { ...parseVersionPath(name), type }, options)) !== undefined
  }

  /** One sweep. @throws {@link InvalidPathError}, {@link NotFoundError}, {@link UnsupportedByServerError}. */
  async sweep(path: string, options: RequestOptions = {}): Promise<StoredSweep> {
    checkOptions('sweep', options, requestOptionNames)
    return findSweep(this.#context, parseSweepPath(path), options)
  }

  /**
   * Makes a sweep.
   *
   * @param config - W&B's configuration: an object, or YAML text.
   * @returns The sweep, and what is odd about its configuration.
   * @throws {@link ServerRequestError} that names the path and the fix for a configuration that no runs can come of.
   * @example
   * const { sweep } = await api.createSweep({ method: 'random', parameters: { lr: { min: 1e-4, max: 1e-1 } } })
   */
  createSweep(
    config: string | object,
    options: CreateSweepOptions = {},
  ): Promise<{ readonly sweep: StoredSweep; readonly warnings: readonly string[] }> {
    return createSweep(this.#context, config, options)
  }

  /** The sweeps of a project. */
  sweeps(
    path?: string,
    options: RequestOptions & { readonly perPage?: number | undefined } = {},
  ): Listing<StoredSweep> {
    return listSweeps(this.#context, parseProjectPath(path), options)
  }

  /** Who is asking. @throws {@link NotFoundError} when the server does not know the key. */
  async viewer(options: RequestOptions = {}): Promise<Viewer> {
    checkOptions('viewer', options, requestOptionNames)
    const viewer = await readViewer(this.#context.ask, options)
    if (viewer === undefined) throw new NotFoundError('user with this API key', this.#context.placeName)
    return viewer
  }

  /** Ends the connection: further calls, also on what was handed out, reject with {@link ApiClosedError}. A data folder's temporary server ends when nobody uses it any more. Safe to call twice. */
  close(): Promise<void> {
    return this.#context.close()
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
