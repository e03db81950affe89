import type { ShareLinkInfo } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatDateTime } from '../../view/text/format.ts'

const kinds = { project: 'Whole project', run: 'One run', artifact: 'One version' } as const

/** Links that were given away, and a way to take them back. */
export function ShareLinkList(props: {
  readonly address: ProjectAddress
  readonly links: readonly ShareLinkInfo[]
}): ReactElement | null {
  const { address, links } = props
  const { entity, project } = address
  const { queryClient, toasts } = useServices()
  const takeBack = async (link: ShareLinkInfo): Promise<void> => {
    try {
      await callApi('DELETE /api/projects/{entity}/{project}/share-links/{linkId}', {
        path: { entity, project, linkId: String(link.id) },
      })
      toasts.show('The link opens nothing any more')
    } catch (error) {
      toasts.showProblem(error)
    }
    await queryClient.invalidateQueries({ queryKey: ['share-links', entity, project] })
  }
  if (links.length === 0) return null
  return (
    <ul aria-label="View-only links of this project" className="mt-3 rounded-lg border border-line bg-panel">
      {links.map((link) => (
        <li
          className="flex flex-wrap items-baseline gap-x-3 border-line border-t px-3 py-1.5 first:border-t-0"
          key={link.id}
        >
          <span className="font-medium">{kinds[link.kind]}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-sm" title={link.path}>
            {link.path}
          </span>
          <span className="text-muted text-sm" title={formatDateTime(link.createdAtMs)}>
            {link.hasEnded
              ? 'has ended'
              : link.expiresAtMs === null
                ? 'no end'
                : `until ${formatDateTime(link.expiresAtMs).slice(0, 16)}`}
            {link.hasPassword && ', with a password'}
            {', '}
            {link.usedAtMs === null ? 'never used' : `used ${formatAgo(link.usedAtMs, serverNowMs())}`}
          </span>
          <button
            aria-label={`Take back the link to ${link.path}`}
            className="link-text"
            onClick={() => void takeBack(link)}
            type="button"
          >
            {link.hasEnded ? 'Remove' : 'Take back'}
          </button>
        </li>
      ))}
    </ul>
  )
}
