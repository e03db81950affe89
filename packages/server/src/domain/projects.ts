import type { ProjectAccess, ProjectRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { ServerError } from '../errors.ts'
import { checkAlias, invalid } from './artifacts/artifact-names.ts'
import type { ChangeFeed } from './change-feed.ts'
import { silenceMsMax } from './liveness.ts'
import { checkProjectAddress, type ProjectAddress } from './names.ts'
import { checkEntityMayBegin } from './new-entities.ts'

/** What is set in a project; undefined leaves what is there. */
export interface ProjectEdit {
  readonly description?: string | undefined
  readonly access?: ProjectAccess | undefined
  /** All of them; blank ones and those that come twice are left out. */
  readonly tags?: readonly string[] | undefined
  /** All names of versions that only admins of the entity may move. */
  readonly protectedAliases?: readonly string[] | undefined
}

/** The rules of projects. */
export interface Projects {
  /** Makes a project where it is missing, or changes it. @throws {@link ServerError} when it cannot have that name. */
  put(at: ProjectAddress, edit?: ProjectEdit): Promise<{ readonly project: ProjectRow; readonly isCreated: boolean }>
  /**
   * Changes a project that is there. Clients that go on under a former name of it are led to their runs.
   *
   * @throws {@link ServerError} for a name that it cannot have; StoreError `conflict` for one that another project has.
   */
  change(project: ProjectRow, edit: ProjectEdit & { readonly name?: string | undefined }): Promise<ProjectRow>
  /**
   * Removes a project with its runs, artifacts and saved views, for good: there is no way back but a backup.
   *
   * @throws StoreError `conflict` while a run of it is going on: its client would make the project anew.
   */
  remove(project: ProjectRow): Promise<void>
  /** @throws {@link ServerError} `not-found`. */
  existing(at: ProjectAddress): Promise<ProjectRow>
  /** @throws {@link ServerError} `not-found`. */
  existingById(id: number): Promise<ProjectRow>
}

export interface CreateProjectsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly changes: ChangeFeed
}

/** @throws {@link ServerError} `invalid-request`. */
function checkProtected(alias: string): string {
  if (alias === 'latest') throw invalid('"latest" follows the newest version by itself; it cannot be protected.')
  return checkAlias(alias)
}

export function createProjects({ store, clock, changes }: CreateProjectsOptions): Projects {
  const edited = async (project: ProjectRow, edit: ProjectEdit): Promise<ProjectRow> => {
    if (Object.values(edit).every((value) => value === undefined)) return project
    const tags = edit.tags && [...new Set(edit.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
    const protectedAliases = edit.protectedAliases && [...new Set(edit.protectedAliases.map(checkProtected))]
    const [changed] = await store.write([
      { kind: 'change-project', project: project.id, ...edit, tags, protectedAliases, nowMs: clock.now() },
    ])
    return changed.project
  }

  return {
    put: async (address, edit = {}) => {
      const at = checkProjectAddress(address)
      const before = await store.project(at.entity, at.project)
      if (before === undefined) await checkEntityMayBegin(store, at.entity)
      const [{ project }] = await store.write([
        { kind: 'put-project', entity: at.entity, name: at.project, nowMs: clock.now() },
      ])
      if (before === undefined) changes.projectChanged(at.entity, at.project)
      return { project: await edited(project, edit), isCreated: before === undefined }
    },
    change: async (before, { name, ...edit }) => {
      if (name === undefined || name === before.name) return edited(before, edit)
      const { entity, project: checked } = checkProjectAddress({ entity: before.entity, project: name })
      const [{ project }] = await store.write([
        { kind: 'rename-project', project: before.id, name: checked, nowMs: clock.now() },
      ])
      changes.projectChanged(entity, before.name)
      changes.projectChanged(entity, checked)
      return edited(project, edit)
    },
    remove: async ({ id, entity, name }) => {
      const nowMs = clock.now()
      await store.write([{ kind: 'delete-project', project: id, liveSinceMs: nowMs - silenceMsMax, nowMs }])
      changes.projectChanged(entity, name)
    },
    existing: async ({ entity, project: name }) => {
      const project = await store.project(entity, name)
      if (project !== undefined) return project
      throw new ServerError({ code: 'not-found', message: `There is no project "${name}" of ${entity}.` })
    },
    existingById: async (id) => {
      const project = await store.projectById(id)
      if (project !== undefined) return project
      throw new ServerError({ code: 'not-found', message: `No project has the id "${id}".` })
    },
  }
}
