import { Link, useLocation, useParams } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { projectPageOf } from '../../view/shell/project-pages.ts'
import { SampleBadge } from '../sample/sample-badge.tsx'
import { ProjectSwitcher } from './project-switcher.tsx'

/** Where the page is: whose, which project, which of its pages, and what on it. */
export function Breadcrumb(): ReactElement {
  const { crumb: store } = useServices()
  const crumb = useValue(store)
  const { entity, project } = useParams({ strict: false })
  const pathname = useLocation({ select: (location) => location.pathname })
  const page = project === undefined ? undefined : projectPageOf(pathname)
  // The name of the project goes before its label where there is little room.
  const isDeeper = crumb !== '' || page?.id !== 'workspace'
  return (
    <nav aria-label="Path" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-muted">
        {entity !== undefined && (
          <Step className={project === undefined ? '' : 'max-md:hidden'}>
            <Link className="truncate rounded px-0.5 hover:text-text" params={{ entity }} to="/$entity">
              {entity}
            </Link>
          </Step>
        )}
        {entity !== undefined && project !== undefined && (
          <Step className={isDeeper ? 'max-md:max-w-1/2 max-md:shrink-0' : ''}>
            <ProjectSwitcher current={{ entity, project }} />
            <span className={isDeeper ? 'max-md:hidden' : 'contents'}>
              <SampleBadge entity={entity} project={project} />
            </span>
          </Step>
        )}
        {entity !== undefined && project !== undefined && page && page.id !== 'workspace' && (
          // On a narrow screen the rail below says it.
          <Step className="max-md:hidden">
            <Link
              activeOptions={{ exact: true }}
              className="truncate rounded px-0.5 hover:text-text"
              params={{ entity, project }}
              to={page.to}
            >
              {page.label}
            </Link>
          </Step>
        )}
        {crumb !== '' && (
          <Step>
            <span aria-current="page" className="truncate text-text">
              {crumb}
            </span>
          </Step>
        )}
      </ol>
    </nav>
  )
}

function Step({
  className = '',
  children,
}: {
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <li className={`flex min-w-0 items-center gap-1.5 ${className}`}>
      <span aria-hidden="true" className="text-line-strong">
        /
      </span>
      {children}
    </li>
  )
}
