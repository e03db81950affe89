import { isReservedName } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Share2 } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { sessionQuery } from '../../api/queries.ts'

const ShareDialog = lazy(() => import('./share-dialog.tsx').then((module) => ({ default: module.ShareDialog })))

/** Opens what can be shared of a project's page; nothing for somebody it was shared with. */
export function ShareButton(): ReactElement | null {
  const { entity, project } = useParams({ strict: false })
  const { data: session } = useQuery(sessionQuery)
  const [isOpen, setIsOpen] = useState(false)
  if (entity === undefined || project === undefined || isReservedName(entity) || session?.sharedKind) return null
  return (
    <>
      <button aria-label="Share" className="icon-button" onClick={() => setIsOpen(true)} title="Share" type="button">
        <Share2 size={16} />
      </button>
      {isOpen && (
        <Suspense>
          <ShareDialog address={{ entity, project }} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
