import type { AccountRow, ApiKeyScope } from '@lossline/store'

/** Who is asking. */
export interface Identity {
  readonly username: string
  /** Where a run goes that names no entity. */
  readonly defaultEntity: string
  /** Sees and changes everything. */
  readonly isAdmin: boolean
  /** What the key lets its bearer do, whoever that is: a key to read changes nothing, not even for an admin. */
  readonly scope: ApiKeyScope
  /** Undefined for whoever needs none: everybody in open mode, and whoever sits at this machine. */
  readonly account: AccountRow | undefined
}

/** Who asks on one's own machine, whatever key they send. */
export const localIdentity: Identity = {
  username: 'local',
  defaultEntity: 'local',
  isAdmin: true,
  scope: 'write',
  account: undefined,
}
