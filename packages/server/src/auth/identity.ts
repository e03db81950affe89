/** Who is asking. */
export interface Identity {
  readonly username: string
  /** Where a run goes that names no entity. */
  readonly defaultEntity: string
}

/** On one's own machine everybody is this user, whatever key they send. */
export const localIdentity: Identity = { username: 'local', defaultEntity: 'local' }
