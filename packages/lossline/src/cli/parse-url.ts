import { InvalidArgumentError } from 'commander'

/** The address of a server as an option. @throws InvalidArgumentError that says what it looks like. */
export function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('Pass a URL that starts with http:// or https://.')
}
