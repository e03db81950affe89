import type { ProjectDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useServices } from '../../services.ts'
import { projectEditWrite } from '../../view/writes/run-writes.ts'
import { TagEditor } from '../run/tag-editor.tsx'

/** Words that a project is found by at home. */
export function ProjectTags({ project }: { readonly project: ProjectDetail }): ReactElement {
  const { writes } = useServices()
  return <TagEditor onChange={(tags) => void writes.submit(projectEditWrite(project, { tags }))} tags={project.tags} />
}
