import { Link, useLocation, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { projectPageOf } from '../../view/shell/project-pages.ts'
import { ProjectSwitcher } from './project-switcher.tsx'

/** Where the page is: whose, which project, which of its pages, and what on it. */
export function Breadcrumb(): ReactElement {
  const { crumb: store } = useServices()
  const crumb = useValue(store)
  const { entity, project } = useParams({ strict: false })
  const pathname = useLocation({ select: (location) => location.pathname })
  const page = project === undefined ? undefined : projectPageOf(pathname)
  return (
    <nav aria-label="Path" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-muted">
        {entity !== undefined && (
          <Step isWideOnly={project !== undefined}>
            <Link className="truncate rounded px-0.5 hover:text-text" params={{ entity }} to="/$entity">
              {entity}
            </Link>
          </Step>
        )}
        {entity !== undefined && project !== undefined && (
          <Step>
            <ProjectSwitcher current={{ entity, project }} />
          </Step>
        )}
        {entity !== undefined && project !== undefined && page && page.id !== 'workspace' && (
          <Step isWideOnly={crumb !== ''}>
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
  isWideOnly = false,
  children,
}: {
  readonly isWideOnly?: boolean
  readonly children: ReactElement
}): ReactElement {
  return (
    <li className={`flex min-w-0 items-center gap-1.5 ${isWideOnly ? 'max-md:hidden' : ''}`}>
      <span aria-hidden="true" className="text-line-strong">
        /
      </span>
      {children}
    </li>
  )
}
