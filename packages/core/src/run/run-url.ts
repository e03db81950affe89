import type { Destination } from '../settings/choose-destination.ts'
import type { RunFacts } from './run-records.ts'

/** Where a server shows its pages: W&B's has them under another host than its API. */
export function toPageUrl(baseUrl: string): string {
  return baseUrl.replace(/^https:\/\/api\.wandb\.ai$/, 'https://wandb.ai')
}

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
      return toUrl(toPageUrl(destination.baseUrl), entity ?? (isLoopback ? openEntity : undefined))
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
