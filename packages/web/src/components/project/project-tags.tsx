import type { ProjectDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useServices } from '../../services.ts'
import { TagEditor } from '../run/tag-editor.tsx'

/** Words that a project is found by at home. */
export function ProjectTags({ project }: { readonly project: ProjectDetail }): ReactElement {
  const { queryClient, toasts } = useServices()
  const path = { entity: project.entity, project: project.project }
  const attempt = createAttempt(toasts, () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['project', path.entity, path.project] }),
      queryClient.invalidateQueries({ queryKey: ['projects'] }),
    ]),
  )
  return (
    <TagEditor
      onChange={(tags) =>
        void attempt(() => callApi('PATCH /api/projects/{entity}/{project}', { path, body: { tags: [...tags] } }))
      }
      tags={project.tags}
    />
  )
}
