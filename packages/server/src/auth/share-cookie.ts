import type { ShareLinkRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { findShareLink } from '../domain/sharing/share-links.ts'
import { readCookie } from './read-cookie.ts'
import { createSigner } from './signer.ts'

/** Name of the cookie of a browser that followed a link. It ends with the browser. */
const shareCookieName = 'lossline_share'

/** What a browser that followed a link keeps: the link's secret, and where a password was asked for a proof that it was known. */
export interface ShareCookies {
  /** @returns the header of an answer to somebody who may follow the link. */
  give(link: ShareLinkRow, token: string, isSecure: boolean): string
  /** @returns the header that takes it back. */
  take(isSecure: boolean): string
  /** Whether a browser shows one, and no key, which says more. */
  isShown(headers: Headers): boolean
  /** The link of whoever shows one, if it is still open and its password was known. */
  find(headers: Headers): Promise<ShareLinkRow | undefined>
}

/** @param options.secret - Signs the proofs. @param options.store - The whole one. */
export function createShareCookies(options: {
  readonly store: Store
  readonly clock: Clock
  readonly secret: Uint8Array
}): ShareCookies {
  const { store, clock } = options
  const signer = createSigner(options.secret)
  const toProven = (token: string, passwordHash: string) => ['share password', token, passwordHash] as const
  return {
    give: ({ passwordHash }, token, isSecure) => {
      const proof = passwordHash === undefined ? '' : `.${signer.sign(toProven(token, passwordHash))}`
      return toHeader(token + proof, isSecure)
    },
    take: (isSecure) => toHeader('', isSecure),
    isShown: (headers) => readShareCookie(headers) !== undefined,
    find: async (headers) => {
      const [token = '', proof = ''] = readShareCookie(headers)?.split('.') ?? []
      const link = await findShareLink(store, token, clock.now())
      if (link?.passwordHash === undefined) return link
      return signer.isSigned(toProven(token, link.passwordHash), proof) ? link : undefined
    },
  }
}

function readShareCookie(headers: Headers): string | undefined {
  return headers.has('authorization') ? undefined : readCookie(headers, shareCookieName)
}

function toHeader(value: string, isSecure: boolean): string {
  const end = value === '' ? '; Max-Age=0' : ''
  return `${shareCookieName}=${value}; Path=/${end}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
