import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useServices } from '../../services.ts'

const names = { project: 'a project', run: 'a run', artifact: 'a version of an artifact' } as const

/** Says to somebody who followed a link what that lets them do, and how to be oneself again. */
export function SharedBanner(): ReactElement | null {
  const { toasts } = useServices()
  const { data: session } = useQuery(sessionQuery)
  if (!session?.sharedKind) return null
  const leave = async (): Promise<void> => {
    try {
      await callApi('DELETE /api/share')
      location.assign('/')
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  return (
    <p className="flex shrink-0 items-center gap-3 border-line border-b bg-panel px-3 py-1.5 text-sm" role="note">
      You are looking at {names[session.sharedKind]} that was shared with you. Nothing here can be changed.
      <button className="link-text min-h-6" onClick={() => void leave()} type="button">
        Leave
      </button>
    </p>
  )
}
