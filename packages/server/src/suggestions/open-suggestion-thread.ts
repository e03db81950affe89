import type { Suggestion } from '@lossline/sweeps'
import type { SuggestionQuestion, SuggestionThread } from '../domain/sweeps/suggestion-thread.ts'
import { ServerError } from '../errors.ts'
import { openJobThread } from '../threads/open-job-thread.ts'

/** Starts a thread when it is first asked, and again after it has ended. */
export function openSuggestionThread(): SuggestionThread {
  const thread = openJobThread<SuggestionQuestion, Suggestion | undefined>({
    name: 'lossline-suggestions',
    module: new URL('./suggestion-thread', import.meta.url),
    // Agents have asked again by then.
    jobMsMax: 60_000,
  })
  return {
    suggest: (question) =>
      thread.ask(question).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new ServerError({ code: 'internal', message: `The search for settings failed: ${reason}`, cause })
      }),
    close: thread.close,
  }
}
