import type { Write } from './write.ts'

/** A server's no, as far as words are made of it. */
export interface Refusal {
  readonly message: string
  readonly status?: number
  readonly hint?: string | undefined
}

/**
 * What people are told of a change that was refused: what it was, why, and what they can do.
 *
 * @param hasWaited - It was made while the server was away.
 */
export function refusalText({ what }: Write, { message, status, hint }: Refusal, hasWaited: boolean): string {
  const lead = hasWaited ? `Made offline, and refused now: could not ${what}.` : `Could not ${what}.`
  return [lead, message, hint ?? adviceOf(status)].filter((part) => part !== undefined).join(' ')
}

/** What people are told of a change that is made now or not at all, when the server is away. @param wasSent - It had no answer. */
export function lostText({ what, onlyNow }: Pick<Write, 'what' | 'onlyNow'>, wasSent: boolean): string {
  if (wasSent) return ['The server did not answer.', onlyNow?.maybe].filter(Boolean).join(' ')
  return [`Could not ${what}: the server is away.`, onlyNow?.advice].filter(Boolean).join(' ')
}

function adviceOf(status: number | undefined): string | undefined {
  if (status === 404) return 'It may have been deleted or moved meanwhile.'
  if (status === 401) return 'Sign in again, then try once more.'
  if (status === 403) return 'Ask somebody who may edit this project.'
  if (status === 409) return 'Somebody has changed it meanwhile: look at theirs, then change it again.'
  return undefined
}
