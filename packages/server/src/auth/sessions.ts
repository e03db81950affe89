import type { ApiKeyRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { createSigner } from './signer.ts'

/** A browser stays signed in for so long. */
export const sessionLifetimeMs: number = 30 * 24 * 60 * 60_000

/** What a browser keeps instead of a key. It ends when its time is over, and when the key is taken away. */
export interface Sessions {
  /** Text of a cookie. */
  create(key: ApiKeyRow): string
  /** The key that signed in; undefined when the session is over or was never one. */
  find(text: string): Promise<ApiKeyRow | undefined>
}

/** @param secret - At least 32 random bytes; with the same ones sessions outlive a restart. */
export function createSessions(options: {
  readonly store: Store
  readonly clock: Clock
  readonly secret: Uint8Array
}): Sessions {
  const { store, clock } = options
  const signer = createSigner(options.secret)
  return {
    create: ({ id }) => {
      const expires = String(clock.now() + sessionLifetimeMs)
      return `${id}.${expires}.${signer.sign(['session', String(id), expires])}`
    },
    find: async (text) => {
      const [id = '', expires = '', signature = ''] = text.split('.')
      if (!signer.isSigned(['session', id, expires], signature)) return undefined
      return Number(expires) > clock.now() ? store.accounts.keyById(Number(id)) : undefined
    },
  }
}
