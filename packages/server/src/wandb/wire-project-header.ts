import type { ProjectRow } from '@lossline/store'
import { toGlobalId } from './artifacts/global-ids.ts'
import type { WandbContext, WireObject } from './context.ts'
import { toWireEntity, toWireUser } from './wire-viewer.ts'

/** `Project` without the runs in it: what a run says of the project that it is in. */
export function toWireProjectHeader(project: ProjectRow): WireObject {
  return {
    id: String(project.id),
    internalId: toGlobalId('ProjectInternalId', project.id),
    name: project.name,
    entityName: project.entity,
    entity: () => toWireEntity(project.entity),
    description: null,
    access: 'USER_WRITE',
    views: null,
    createdAt: toIsoTime(project.createdAtMs),
    isBenchmark: false,
    readOnly: false,
    user: (_: unknown, context: WandbContext) => toWireUser(context.identity),
  }
}

/** Times on the wire carry their zone. */
export function toIsoTime(timeMs: number): string {
  return new Date(timeMs).toISOString()
}
