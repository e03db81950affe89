import type { ProjectAccess, ProjectRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { checkProjectAddress } from './names.ts'

/** Which project, and what is set in it; undefined leaves what is there. */
export interface PutProjectRequest {
  readonly entity: string
  readonly project: string
  readonly description?: string | undefined
  readonly access?: ProjectAccess | undefined
}

/**
 * Makes a project where it is missing, or changes it.
 *
 * @throws {@link ServerError} when it cannot have that name.
 */
export async function putProject(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { description, access, ...address }: PutProjectRequest,
): Promise<{ readonly project: ProjectRow; readonly isCreated: boolean }> {
  const at = checkProjectAddress(address)
  const before = await store.project(at.entity, at.project)
  const nowMs = clock.now()
  const [{ project }] = await store.write([{ kind: 'put-project', entity: at.entity, name: at.project, nowMs }])
  if (description === undefined && access === undefined) return { project, isCreated: before === undefined }
  const [changed] = await store.write([{ kind: 'change-project', project: project.id, description, access, nowMs }])
  return { project: changed.project, isCreated: before === undefined }
}
