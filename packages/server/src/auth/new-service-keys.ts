import type { Clock } from '../clock.ts'

/**
 * Keys of service accounts that were just made. W&B's client makes one, asks for the team again and takes the key from there;
 * keys are not kept, so this is the one time that it can be told.
 */
export interface NewServiceKeys {
  put(account: number, secret: string): void
  /** Once. */
  take(account: number): string | undefined
}

const lifetimeMs = 60_000

export function createNewServiceKeys(clock: Clock): NewServiceKeys {
  const secrets = new Map<number, { readonly secret: string; readonly untilMs: number }>()
  const forgetOld = (): void => {
    for (const [account, { untilMs }] of secrets) if (untilMs < clock.now()) secrets.delete(account)
  }
  return {
    put: (account, secret) => {
      forgetOld()
      secrets.set(account, { secret, untilMs: clock.now() + lifetimeMs })
    },
    take: (account) => {
      forgetOld()
      const found = secrets.get(account)
      secrets.delete(account)
      return found?.secret
    },
  }
}
