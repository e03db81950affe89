import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { contributorsQuery } from '../../api/project-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { formatCount } from '../../view/text/format.ts'
import { OverviewSection } from './overview-section.tsx'

/** Who has logged runs to a project, most first. */
export function Contributors({ address }: { readonly address: ProjectAddress }): ReactElement | null {
  const { data } = useQuery(contributorsQuery(address))
  const people = (data?.groups ?? [])
    .flatMap(({ values: [name], runCount }) => (typeof name === 'string' ? { name, runCount } : []))
    .toSorted((a, b) => b.runCount - a.runCount)
  if (people.length === 0) return null
  return (
    <OverviewSection title="Contributors">
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {people.map(({ name, runCount }) => (
          <li key={name}>
            <Link
              className="link-text"
              params={address}
              search={{ q: `user = ${JSON.stringify(name)}` } as never}
              to="/$entity/$project/table"
            >
              {name}
            </Link>{' '}
            <span className="text-muted">{formatCount(runCount, 'run')}</span>
          </li>
        ))}
      </ul>
    </OverviewSection>
  )
}
