import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ApiError } from '../../api/client.ts'
import { type ProjectAddress, sessionQuery } from '../../api/queries.ts'
import { Failure } from '../controls/failure.tsx'

/** Whether runs could not be had because their project is not there for whoever asks. */
export function isOutOfSight(error: Error): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}

/** Stands for the runs of another project that did not come. */
export function RunsRefused(props: {
  readonly at: ProjectAddress
  readonly error: Error
  readonly onRetry: () => void
}): ReactElement {
  const { at, error, onRetry } = props
  const name = `${at.entity}/${at.project}`
  const session = useQuery(sessionQuery).data
  if (!isOutOfSight(error)) {
    return (
      <Failure
        className="break-words px-4 py-6 text-center"
        error={error}
        onRetry={onRetry}
        what={<>Runs of {name} did not come: </>}
      />
    )
  }
  return (
    <p className="break-words px-4 py-6 text-center" role="note">
      {session?.sharedKind !== undefined
        ? `The link that you followed does not show runs of ${name}.`
        : session?.mode === 'open'
          ? `This server has no project ${name}.`
          : `You can’t see runs of ${name}. Ask ${at.entity} to let you in, or whoever looks after this server. The project may be gone, too.`}
    </p>
  )
}
