import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { callApi } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { keyPlaceholder } from '../../view/first-run/snippets.ts'
import { createAttempt } from '../create-attempt.ts'

/** The key that stands in snippets. */
export interface SnippetKey {
  /** Undefined: this server asks for none. */
  readonly apiKey: string | undefined
  /** Whether the key is one that was just made: it is not shown again. */
  readonly isMade: boolean
  /** Makes a key; undefined where none is needed. */
  readonly make: (() => void) | undefined
}

/** Keys are not kept in full, so one has to be made for a snippet. @param description - What it is for. */
export function useSnippetKey(description: string): SnippetKey {
  const { queryClient, toasts } = useServices()
  const { data: session } = useQuery(sessionQuery)
  const [made, setMade] = useState<string>()
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries({ queryKey: ['account'] }))
  if (session?.mode !== 'keys') return { apiKey: undefined, isMade: false, make: undefined }
  const make = (): void =>
    void attempt(async () => setMade((await callApi('POST /api/account/keys', { body: { description } })).apiKey))
  return { apiKey: made ?? keyPlaceholder, isMade: made !== undefined, make }
}
