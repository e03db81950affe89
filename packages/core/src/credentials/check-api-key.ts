import { InvalidApiKeyError } from './credential-errors.ts'

// The figures of W&B's client, which reads the same keys (wandb/sdk/lib/wbauth/validation.py).
const secretLengthMin = 40

/**
 * Checks that a text can be an API key: 40 or more letters, digits, `_` and `-`, which a prefix and a dash may precede, or
 * a JSON web token.
 *
 * @throws {@link InvalidApiKeyError}, which does not repeat the text.
 */
export function checkApiKey(key: string): void {
  if (key === '') throw new InvalidApiKeyError('it is empty')
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(key)) return
  const dash = key.indexOf('-')
  const secret = key.slice(dash + 1)
  if (!/^[\w-]*$/.test(key)) {
    throw new InvalidApiKeyError(key.trim() === key ? 'it has characters that no key has' : 'it has spaces around it')
  }
  if (secret.length < secretLengthMin) {
    throw new InvalidApiKeyError(`it has ${secret.length} characters, and keys have ${secretLengthMin} or more`)
  }
}
