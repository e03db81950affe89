import type { ProjectAccess, ProjectRow } from '@lossline/store'
import { toWireEntity, toWireUserNamed } from './accounts/wire-account.ts'
import { toGlobalId } from './artifacts/global-ids.ts'
import type { WandbServices, WireObject } from './context.ts'
import { toIsoTime } from './iso-time.ts'

const accessWords: Readonly<Record<ProjectAccess, string>> = {
  private: 'PRIVATE',
  read: 'USER_READ',
  write: 'USER_WRITE',
}

/** `Project` without the runs in it: what a run says of the project that it is in. */
export function toWireProjectHeader(project: ProjectRow, services: WandbServices): WireObject {
  return {
    id: String(project.id),
    internalId: toGlobalId('ProjectInternalId', project.id),
    name: project.name,
    entityName: project.entity,
    entity: () => toWireEntity(project.entity, services),
    description: project.description === '' ? null : project.description,
    access: accessWords[project.access],
    views: null,
    createdAt: toIsoTime(project.createdAtMs),
    isBenchmark: false,
    readOnly: async () => (await services.levelOf(project.entity, project.name)) === 'read',
    user: () => toWireUserNamed(project.entity, services),
  }
}
