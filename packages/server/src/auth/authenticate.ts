import type { ApiKeyRow, Store } from '@lossline/store'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import { type Log, toLogFields } from '../log.ts'
import { isSecret, readCredentials } from './credentials.ts'
import { type Identity, localIdentity } from './identity.ts'
import { checkOpenRequest, checkOrigin } from './open-mode.ts'
import type { Sessions } from './sessions.ts'

/** `open`: everybody is the local user. `keys`: everybody shows a key. `auto`: keys as soon as there is a user. */
export type AuthMode = 'open' | 'keys' | 'auto'

/** Says who sends a request. */
export interface Authenticator {
  /** What holds now. */
  mode(): Promise<'open' | 'keys'>
  /** What no request may look like. @throws {@link ServerError} `host-refused`, `origin-refused`. */
  checkRequest(request: Request): Promise<void>
  /**
   * Undefined for somebody who shows nothing, where something has to be shown.
   *
   * @throws {@link ServerError} `unauthorized` for a key or session that is not known, `origin-refused`.
   */
  identify(request: Request): Promise<Identity | undefined>
}

export interface CreateAuthenticatorOptions {
  readonly mode: AuthMode
  readonly store: Store
  readonly users: Users
  readonly sessions: Sessions
  readonly log: Log
  /** Proves that a program may read this machine's data folder: it stands in `server.json`. */
  readonly localToken: string | undefined
  /** In open mode: only requests under a loopback name are answered. */
  readonly isLoopbackOnly: boolean
}

export function createAuthenticator(options: CreateAuthenticatorOptions): Authenticator {
  const { users, sessions, localToken } = options

  const mode = async (): Promise<'open' | 'keys'> => {
    if (options.mode !== 'auto') return options.mode
    return (await users.isAnybodyKnown()) ? 'keys' : 'open'
  }

  return {
    mode,
    checkRequest: async (request) => {
      if ((await mode()) === 'open') checkOpenRequest(request, { isLoopbackOnly: options.isLoopbackOnly })
    },
    identify: async (request) => {
      if ((await mode()) === 'open') return localIdentity
      const credentials = readCredentials(request.headers)
      if (credentials === undefined) return undefined
      if ('session' in credentials) {
        // A page elsewhere can make a browser send the cookie.
        checkOrigin(request)
        return toIdentity(options, request, await sessions.find(credentials.session), 'You are signed out.')
      }
      const { apiKey } = credentials
      if (localToken !== undefined && isSecret(apiKey, localToken)) return localIdentity
      return toIdentity(options, request, await users.authenticate(apiKey), 'This API key is not known here.')
    },
  }
}

async function toIdentity(
  { store: { accounts }, users, log }: Pick<CreateAuthenticatorOptions, 'store' | 'users' | 'log'>,
  request: Request,
  key: ApiKeyRow | undefined,
  refusal: string,
): Promise<Identity> {
  if (key === undefined) {
    throw new ServerError({
      code: 'unauthorized',
      message: refusal,
      hint: 'Ask whoever runs the server for a key, and pass it with `wandb login` or `lossline login`.',
    })
  }
  // Whoever may look is not shut out by a disk that is full.
  await users.noteUse(key).catch((error: unknown) => log('error', 'use of a key not noted', toLogFields(error)))
  const { account, scope } = key
  const { name, kind, isAdmin } = account
  const own = { username: name, defaultEntity: name, isAdmin, scope, account }
  if (kind !== 'service') return own
  const [membership] = await accounts.memberships(account.id)
  if (membership === undefined) return own
  // Everybody can send this header, so it says nothing of who asks; a program of a team may log for its members.
  const meant = request.headers.get('x-wandb-username')
  const members = meant ? await accounts.members(membership.team.id) : []
  const username = members.find(({ user }) => user.name === meant)?.user.name ?? name
  return { ...own, username, defaultEntity: membership.team.name }
}
