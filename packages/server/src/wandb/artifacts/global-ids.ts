import { ServerError } from '../../errors.ts'

/** What an id on the wire names. W&B's client decodes those of artifacts, projects, users and entities. */
export type GlobalIdType =
  | 'Artifact'
  | 'ArtifactType'
  | 'ArtifactCollection'
  | 'ArtifactMembership'
  | 'ArtifactAlias'
  | 'ArtifactManifest'
  | 'ProjectInternalId'
  | 'View'
  | 'Sweep'
  | 'Agent'

/** Padded base64 of `Type:number`: letters and digits only make a text that needs no escaping in a URL path. */
export function toGlobalId(type: GlobalIdType, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}

/** The number in an id, or undefined when it is none of this type. */
export function parseGlobalId(type: GlobalIdType, text: string): number | undefined {
  const digits = new RegExp(`^${type}:(\\d{1,15})$`).exec(Buffer.from(text, 'base64').toString('latin1'))?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** @throws {@link ServerError} `not-found`: nothing has such an id. */
export function requireGlobalId(type: GlobalIdType, text: string): number {
  const id = parseGlobalId(type, text)
  if (id !== undefined) return id
  throw new ServerError({ code: 'not-found', message: `No ${type} has the id "${text}".` })
}
