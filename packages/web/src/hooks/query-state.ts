/** How far questions to the server are. */
export interface QueryState {
  /** Some have no answer yet, and are asked. */
  readonly isPending: boolean
  /** Why the first of those failed that did. */
  readonly error: Error | undefined
  /** Asks those again that failed. */
  readonly retry: () => void
}

/** What several questions have come to together. */
export function stateOfQueries(
  answers: readonly { readonly isLoading: boolean; readonly error: Error | null; refetch(): unknown }[],
): QueryState {
  const failed = answers.filter(({ error }) => error !== null)
  return {
    isPending: answers.some(({ isLoading }) => isLoading),
    error: failed[0]?.error ?? undefined,
    retry: () => {
      for (const answer of failed) void answer.refetch()
    },
  }
}

/** The same where a failure only counts as long as there is nothing from before. */
export function stateOfFirstAnswers(
  answers: readonly (Parameters<typeof stateOfQueries>[0][number] & { readonly data: unknown })[],
): QueryState {
  return stateOfQueries(answers.filter(({ data }) => data === undefined))
}
