import type { ProjectDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useServices } from '../../services.ts'
import { projectEditWrite } from '../../view/writes/run-writes.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { TagEditor } from '../run/tag-editor.tsx'
import { OverviewSection } from './overview-section.tsx'

/** Which aliases of a project ask before they move. Only admins of its entity say so. */
export function ProtectedAliases({ project }: { readonly project: ProjectDetail }): ReactElement {
  const { writes } = useServices()
  const refusal = project.mayAdminister ? undefined : `Only admins of ${project.entity} change this list.`
  return (
    <OverviewSection anchor="protected-aliases" title="Protected aliases">
      <TagEditor
        noun="alias"
        onChange={(protectedAliases) => void writes.submit(projectEditWrite(project, { protectedAliases }))}
        refusal={refusal}
        tags={project.protectedAliases}
      />
      <p className="mt-2 text-muted text-sm">
        An alias in this list, such as prod, asks before it moves to another version of an artifact, and where people
        have accounts only admins of {project.entity} may move it. {refusal}
      </p>
      {project.protectedAliases.length === 0 && (
        <GuideLink to="artifacts#protected-aliases">Protected aliases</GuideLink>
      )}
    </OverviewSection>
  )
}
