import { isReservedName } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { projectQuery } from '../../api/project-queries.ts'
import { sessionQuery } from '../../api/queries.ts'
import { keyNotEditable, notEditable, sharedNotEditable } from '../../view/shell/not-editable.ts'

/** Rights change rarely, and the server has the last word. */
const staleTime = 5 * 60_000

/**
 * Why whoever looks at the project of this page may not change it; undefined: they may, as far as is known. What would be
 * refused is shown disabled with this reason, or not at all.
 */
export function useRefusal(): string | undefined {
  const { entity = '', project = '' } = useParams({ strict: false })
  const { data: session } = useQuery(sessionQuery)
  const isShared = session?.sharedKind !== undefined
  const isInProject = project !== '' && !isReservedName(entity)
  const { data } = useQuery({
    ...projectQuery({ entity, project }),
    // In open mode everybody may do everything.
    enabled: session?.mode === 'keys' && !isShared && isInProject,
    staleTime,
  })
  if (isShared) return sharedNotEditable
  if (session?.user?.mayWrite === false) return keyNotEditable
  return data?.project.mayWrite === false ? notEditable({ entity }) : undefined
}
