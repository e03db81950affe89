import type { AccountRow } from '@lossline/store'

/** Who is asking. */
export interface Identity {
  readonly username: string
  /** Where a run goes that names no entity. */
  readonly defaultEntity: string
  /** Sees and changes everything. */
  readonly isAdmin: boolean
  /** Undefined for whoever needs none: everybody in open mode, and whoever sits at this machine. */
  readonly account: AccountRow | undefined
}

/** Who asks on one's own machine, whatever key they send. */
export const localIdentity: Identity = {
  username: 'local',
  defaultEntity: 'local',
  isAdmin: true,
  account: undefined,
}
