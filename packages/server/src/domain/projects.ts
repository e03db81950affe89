import type { ProjectRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { checkProjectAddress } from './names.ts'

/**
 * Makes a project where it is missing.
 *
 * @throws {@link ServerError} when it cannot have that name.
 */
export async function putProject(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  address: { readonly entity: string; readonly project: string },
): Promise<{ readonly project: ProjectRow; readonly isCreated: boolean }> {
  const at = checkProjectAddress(address)
  const before = await store.project(at.entity, at.project)
  const [{ project }] = await store.write([
    { kind: 'put-project', entity: at.entity, name: at.project, nowMs: clock.now() },
  ])
  return { project, isCreated: before === undefined }
}
