import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** 32 MiB and about a tenth of a second for each guess. */
const cost: ScryptCost = { N: 2 ** 15, r: 8, p: 1 }
const saltBytes = 16
const hashBytes = 32

/** What is kept of a password: `scrypt$N$r$p$salt$hash`, so that a later release may cost more. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether a password is the one of which this is kept. False also for what is no such hash. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = kept.split('$')
  const expected = Buffer.from(hash, 'base64url')
  if (kind !== 'scrypt' || expected.length !== hashBytes) return false
  const options = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), options), expected)
}

function derive(password: string, salt: Buffer, options: ScryptCost): Promise<Buffer> {
  // The same text may be typed in several ways.
  const text = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    const maxmem = 256 * options.N * options.r
    scrypt(text, salt, hashBytes, { ...options, maxmem }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
