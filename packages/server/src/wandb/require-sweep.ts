import type { ProjectRow, Store, SweepRow } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { requireGlobalId } from './artifacts/global-ids.ts'

/** The sweep that a client names by its storage id. @throws {@link ServerError} `not-found`, also where it is in the trash. */
export async function requireSweep(
  store: Store,
  id: string,
): Promise<{ readonly project: ProjectRow; readonly sweep: SweepRow }> {
  const [sweep] = await store.sweeps({ id: requireGlobalId('Sweep', id) })
  const project = sweep && (await store.projectById(sweep.projectId))
  if (sweep !== undefined && sweep.deletedAtMs === undefined && project !== undefined) return { project, sweep }
  throw new ServerError({ code: 'not-found', message: `No sweep has the id "${id}".` })
}
