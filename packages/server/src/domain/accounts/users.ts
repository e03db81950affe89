import { timingSafeEqual } from 'node:crypto'
import type { AccountRow, ApiKeyRow, ApiKeyScope, Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import { checkEntityMayBegin } from '../new-entities.ts'
import { checkAccountName } from './account-names.ts'
import { checkGivenKey, digestApiKey, generateApiKey, prefixOf } from './api-keys.ts'

/** A key as it is shown, once. */
export interface NewApiKey {
  readonly key: ApiKeyRow
  readonly secret: string
}

export interface PutUserRequest {
  readonly name: string
  /** Undefined: as before; of a new user no. */
  readonly isAdmin?: boolean | undefined
  readonly email?: string | undefined
  /** Added to the keys that the user has. Of a new user undefined means: make one. */
  readonly apiKey?: string | undefined
  /** False: a new user gets no key. */
  readonly hasKey?: boolean | undefined
}

/** When a key was used last is written this often at most. */
const useNotedEveryMs = 60_000

/** The rules of users and their keys. */
export interface Users {
  /** Whose key it is; undefined if nobody's. */
  authenticate(apiKey: string): Promise<ApiKeyRow | undefined>
  /** Makes a user, or changes one. `secret` is there when a key was made. */
  put(
    request: PutUserRequest,
  ): Promise<{ readonly user: AccountRow; readonly isCreated: boolean; readonly secret: string | undefined }>
  /** With all keys; what the user owns stays. @throws {@link ServerError} `not-found`. */
  remove(name: string): Promise<void>
  /** @throws {@link ServerError} `not-found`. */
  find(name: string): Promise<AccountRow>
  /** People, by name. */
  list(): Promise<readonly AccountRow[]>
  /** Keeps when a key was used last, to the minute: most requests write nothing. */
  noteUse(key: ApiKeyRow): Promise<void>
  addKey(user: AccountRow, key: { readonly description: string; readonly scope: ApiKeyScope }): Promise<NewApiKey>
  /** By id or prefix. @throws {@link ServerError} `not-found`; `invalid-request` when several keys have the prefix. */
  removeKey(user: AccountRow, idOrPrefix: string): Promise<void>
  /** Whether there is anybody who has to prove who they are. */
  isAnybodyKnown(): Promise<boolean>
}

/** What is made with an account. */
const plainKey = { description: '', scope: 'write' } as const

export function createUsers({ store, clock }: { readonly store: Store; readonly clock: Clock }): Users {
  const { accounts } = store
  // Asked for with every request.
  let isKnown: boolean | undefined
  /** When the use of those used in the last minute was written: requests that come at once write it once. */
  const notedAtMs = new Map<number, number>()

  const find = async (name: string): Promise<AccountRow> => {
    const account = await accounts.account(name)
    if (account !== undefined && account.kind !== 'team') return account
    throw new ServerError({ code: 'not-found', message: `There is no user "${name}".` })
  }

  const putKey = async (
    user: AccountRow,
    secret: string,
    { description, scope }: Pick<ApiKeyRow, 'description' | 'scope'>,
  ): Promise<ApiKeyRow> => {
    const [{ key }] = await store.write([
      {
        kind: 'put-api-key',
        account: user.id,
        digest: digestApiKey(secret),
        prefix: prefixOf(secret),
        description,
        scope,
        nowMs: clock.now(),
      },
    ])
    return key
  }

  /** Somebody who was invited under this address has a place in those teams now. */
  const acceptInvites = async (user: AccountRow): Promise<void> => {
    if (user.email === '') return
    for (const invite of await accounts.invites({ email: user.email })) {
      await store.write([
        { kind: 'put-member', team: invite.team, user: user.id, role: invite.role, nowMs: clock.now() },
        { kind: 'delete-invite', invite: invite.id },
      ])
    }
  }

  return {
    find,
    authenticate: async (apiKey) => {
      const digest = digestApiKey(apiKey)
      const key = await accounts.keyByDigest(digest)
      // The look-up compares digests, which say nothing of the key; this comparison takes the same time for all.
      return key !== undefined && timingSafeEqual(digest, key.digest) ? key : undefined
    },
    noteUse: async ({ id, lastUsedAtMs = 0 }) => {
      const nowMs = clock.now()
      if (nowMs - Math.max(lastUsedAtMs, notedAtMs.get(id) ?? 0) < useNotedEveryMs) return
      for (const [key, atMs] of notedAtMs) if (nowMs - atMs >= useNotedEveryMs) notedAtMs.delete(key)
      notedAtMs.set(id, nowMs)
      await store.write([{ kind: 'use-api-key', key: id, nowMs }])
    },
    put: async ({ name, isAdmin, email, apiKey, hasKey = true }) => {
      if (apiKey !== undefined) checkGivenKey(apiKey)
      const before = await accounts.account(checkAccountName(name))
      await checkEntityMayBegin(store, name)
      const accountKind = before?.kind === 'service' ? 'service' : 'user'
      const nowMs = clock.now()
      const [{ account: user, isCreated }] = await store.write([
        { kind: 'put-account', name, accountKind, isAdmin, email, nowMs },
      ])
      isKnown = true
      await acceptInvites(user)
      if (apiKey !== undefined) {
        await putKey(user, apiKey, plainKey)
        return { user, isCreated, secret: undefined }
      }
      const secret = isCreated && hasKey ? generateApiKey() : undefined
      if (secret !== undefined) await putKey(user, secret, plainKey)
      return { user, isCreated, secret }
    },
    remove: async (name) => {
      const { id } = await find(name)
      await store.write([{ kind: 'delete-account', account: id }])
      isKnown = undefined
    },
    list: async () => (await accounts.accounts()).filter(({ kind }) => kind === 'user'),
    addKey: async (user, wanted) => {
      const secret = generateApiKey()
      return { key: await putKey(user, secret, wanted), secret }
    },
    removeKey: async (user, idOrPrefix) => {
      const keys = await accounts.keys(user.id)
      const named = keys.filter(({ id, prefix }) => prefix === idOrPrefix || String(id) === idOrPrefix)
      if (named.length > 1) {
        throw new ServerError({
          code: 'invalid-request',
          message: `${named.length} keys of ${user.name} begin with "${idOrPrefix}".`,
          hint: `Name it by its id: ${named.map(({ id }) => id).join(', ')}.`,
        })
      }
      if (named[0] === undefined) {
        throw new ServerError({ code: 'not-found', message: `${user.name} has no key "${idOrPrefix}".` })
      }
      await store.write([{ kind: 'delete-api-key', key: named[0].id }])
    },
    isAnybodyKnown: async () => (isKnown ??= (await accounts.accounts()).some(({ kind }) => kind !== 'team')),
  }
}
