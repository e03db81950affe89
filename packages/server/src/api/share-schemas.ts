import {
  type CreatedShareLinkResponse,
  type CreateShareLinkRequest,
  type ShareLinksResponse,
  sharePasswordLengthMax,
  sharePasswordLengthMin,
} from '@lossline/protocol'
import { z } from 'zod'

export const createShareLinkRequest: z.ZodType<CreateShareLinkRequest> = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('project') }),
    z.strictObject({ kind: z.literal('run'), runId: z.string() }),
    z.strictObject({ kind: z.literal('artifact'), artifactId: z.number().int() }),
  ]),
  path: z.string().min(1).max(4000).describe('Where on the page it leads'),
  expiresAtMs: z.number().exactOptional().describe('Default: it does not end by itself'),
  password: z
    .string()
    .min(sharePasswordLengthMin)
    .max(sharePasswordLengthMax)
    .exactOptional()
    .describe('Asked of whoever follows it. Default: nothing is asked'),
})

const link = z.object({
  id: z.number(),
  kind: z.enum(['project', 'run', 'artifact']),
  path: z.string(),
  username: z.string(),
  createdAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
  usedAtMs: z.number().nullable().describe('When it was followed last'),
  hasPassword: z.boolean(),
  hasEnded: z.boolean(),
})

export const shareLinksResponse: z.ZodType<ShareLinksResponse> = z.object({
  mode: z.enum(['open', 'keys']),
  access: z.enum(['private', 'read', 'write']),
  links: z.array(link),
})

export const createdShareLinkResponse: z.ZodType<CreatedShareLinkResponse> = z.object({
  link,
  path: z.string().describe('/s/ and a secret that nobody learns again'),
})
