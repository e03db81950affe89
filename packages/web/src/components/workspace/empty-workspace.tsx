import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { type ProjectAddress, projectsQuery } from '../../api/queries.ts'
import { FirstRun } from '../../pages/first-run.tsx'
import { toEmptyProject } from '../../view/first-run/empty-project.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { SampleOffer } from '../sample/sample-offer.tsx'
import { PageMessage } from '../shell/page-message.tsx'

/** What a workspace without runs says: how to log one, how far the sample is, or that there is no such project. */
export function EmptyWorkspace({ entity, project }: ProjectAddress): ReactElement | null {
  const { data, isPending } = useQuery(projectsQuery)
  if (isPending) return null
  switch (toEmptyProject(data?.projects ?? [], { entity, project })) {
    case 'waiting':
      return <FirstRun project={project} />
    case 'sample':
      return (
        <PageMessage title="No runs of the sample yet">
          <SampleOffer className="text-left" />
          <GuideLink to="server#the-sample-project">The sample project</GuideLink>
        </PageMessage>
      )
    case 'unknown':
      return (
        <PageMessage title={`No project ${project} in ${entity}`}>
          <Link className="button mt-2" to="/">
            All projects
          </Link>
        </PageMessage>
      )
  }
}
