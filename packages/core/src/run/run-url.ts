import type { Destination } from '../settings/choose-destination.ts'
import type { RunFacts } from './run-records.ts'

// The user of a server that asks for no keys.
const openEntity = 'local'

/** Address of a run's page, as far as it is known. */
export function findRunUrl(
  destination: Destination,
  { entity, project, id }: Pick<RunFacts, 'entity' | 'project' | 'id'>,
  findLocalServerUrl: () => string | undefined,
): string | undefined {
  switch (destination.mode) {
    case 'local':
      return toUrl(findLocalServerUrl(), entity ?? openEntity)
    case 'online': {
      const isLoopback = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(destination.baseUrl)
      // W&B serves its pages under another host than its API.
      const pageUrl = destination.baseUrl.replace(/^https:\/\/api\.wandb\.ai$/, 'https://wandb.ai')
      return toUrl(pageUrl, entity ?? (isLoopback ? openEntity : undefined))
    }
    default:
      return undefined
  }

  function toUrl(pageUrl: string | undefined, owner: string | undefined): string | undefined {
    if (pageUrl === undefined || owner === undefined) return undefined
    const [ownerPart, projectPart, idPart] = [owner, project, id].map(encodeURIComponent)
    return `${pageUrl}/${ownerPart}/${projectPart}/runs/${idPart}`
  }
}
