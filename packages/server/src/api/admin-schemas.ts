import type { AccountResponse, EntityMember, EntityResponse, SessionResponse } from '@lossline/protocol'
import { z } from 'zod'

/** Sessions of browsers and `/api/admin`: requests are checked with these, answers are described with them. */

export const signInRequest: z.ZodType<{ readonly apiKey: string }> = z.object({ apiKey: z.string().min(1) })

export const sessionResponse: z.ZodType<SessionResponse> = z.object({
  mode: z.enum(['open', 'keys']),
  user: z
    .object({
      name: z.string(),
      isAdmin: z.boolean(),
      mayWrite: z.boolean().describe('False: signed in with a key to read'),
    })
    .exactOptional()
    .describe('Absent: whoever asks is nobody here'),
  sharedKind: z
    .enum(['project', 'run', 'artifact'])
    .exactOptional()
    .describe('Of somebody who has followed a link: what it lets them look at'),
})

interface PutUserBody {
  readonly apiKey?: string | undefined
  readonly admin?: boolean | undefined
  readonly email?: string | undefined
}
export const putUserRequest: z.ZodType<PutUserBody> = z.strictObject({
  apiKey: z
    .string()
    .optional()
    .describe('A key that the user has from elsewhere. Default: a new user gets one made here'),
  admin: z.boolean().optional(),
  email: z.string().max(320).optional(),
})

interface AddKeyBody {
  readonly description: string
  readonly scope: 'read' | 'write'
}
export const addKeyRequest: z.ZodType<AddKeyBody> = z.strictObject({
  description: z.string().max(200).default(''),
  scope: z.enum(['read', 'write']).default('write').describe('read: the key lets programs look, and changes nothing'),
})

export const putMemberRequest: z.ZodType<{ readonly role: 'admin' | 'member' | 'reader' }> = z.strictObject({
  role: z.enum(['admin', 'member', 'reader']).default('member'),
})

interface CollectGarbageBody {
  readonly apply: boolean
  readonly graceMs?: number | undefined
}
export const collectGarbageRequest: z.ZodType<CollectGarbageBody> = z.strictObject({
  apply: z.boolean().default(false).describe('False: only say what would go'),
  graceMs: z.number().nonnegative().optional().describe('Contents younger than this stay. Default: an hour'),
})

const timeMs = z.number().describe('Milliseconds since 1970, UTC')
const role = z.enum(['admin', 'member', 'reader'])
const apiKey = z.object({
  id: z.number(),
  prefix: z.string(),
  description: z.string(),
  scope: z.enum(['read', 'write']),
  createdAtMs: timeMs,
  lastUsedAtMs: timeMs.nullable().describe('To the minute; null: never, or only before this was kept'),
})
const secret = z.string().describe('The whole key; it is told this once')
const user = z.object({
  name: z.string(),
  admin: z.boolean(),
  email: z.string(),
  createdAtMs: timeMs,
  keys: z.array(apiKey),
  teams: z.array(z.object({ team: z.string(), role })),
})
export const accountResponse: z.ZodType<AccountResponse> = z.object({
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  keys: z.array(apiKey),
  teams: z.array(z.object({ team: z.string(), role })),
})
const member = z.object({ name: z.string(), role, isService: z.boolean() })
const team = z.object({ name: z.string(), createdAtMs: timeMs, members: z.array(member) })

export const entityResponse: z.ZodType<EntityResponse> = z.object({
  entity: z.string(),
  kind: z.enum(['user', 'team']),
  mayWrite: z.boolean().describe('Whether the asker may make projects in it'),
  mayAdmin: z.boolean().describe('Whether the asker may say who belongs to it'),
  members: z.array(member).describe('Of a team, by name'),
  invites: z
    .array(z.object({ email: z.string(), role }))
    .describe('Places for people without an account; told to those alone who may admin'),
})
export const entityMember: z.ZodType<EntityMember> = member

export const usersResponse: z.ZodType = z.object({ users: z.array(user) })
export const userResponse: z.ZodType = user.extend({ apiKey: secret.optional() })
export const newKeyResponse: z.ZodType = apiKey.extend({ apiKey: secret })
export const teamsResponse: z.ZodType = z.object({ teams: z.array(team) })
export const teamResponse: z.ZodType = team
export const memberResponse: z.ZodType = member
export const garbageResponse: z.ZodType = z.object({
  isApplied: z.boolean(),
  contentCount: z.number(),
  sizeBytes: z.number(),
  expiredVersionCount: z.number(),
  abandonedVersionCount: z.number(),
  leftovers: z.object({ count: z.number(), sizeBytes: z.number() }),
  removedRunCount: z.number(),
  forgottenRunCount: z.number(),
})
