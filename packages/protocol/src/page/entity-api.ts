/** What somebody may do in the projects of a team: look, also change, also say who belongs to it. */
export type EntityRole = 'reader' | 'member' | 'admin'

/** `GET /api/entities/{entity}`: for those who may look at what belongs to it; 404 for others. */
export interface EntityResponse {
  readonly entity: string
  readonly kind: 'user' | 'team'
  /** Whether the asker may make projects in it. */
  readonly mayWrite: boolean
  /** Whether the asker may say who belongs to it. */
  readonly mayAdmin: boolean
  /** Of a team, by name. */
  readonly members: readonly EntityMember[]
  /** Places for people who have no account yet; told to those alone who may admin. */
  readonly invites: readonly { readonly email: string; readonly role: EntityRole }[]
}

/** Somebody who belongs to a team. `PUT /api/entities/{entity}/members/{user}` answers with it. */
export interface EntityMember {
  readonly name: string
  readonly role: EntityRole
  /** A program. */
  readonly isService: boolean
}
