import { InvalidArgumentError } from 'commander'

/** A count as an option: a whole number from 1. @throws InvalidArgumentError that says so. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count > 0) return count
  throw new InvalidArgumentError('Pass a whole number above 0.')
}

/** A time to wait as an option. @throws InvalidArgumentError that says what it looks like. */
export function parseSeconds(text: string): number {
  const seconds = parseFinite(text)
  if (seconds > 0) return seconds
  throw new InvalidArgumentError('Pass a number of seconds above 0.')
}

/** An age as an option, which may be none. @throws InvalidArgumentError that says what it looks like. */
export function parseAgeSeconds(text: string): number {
  const seconds = parseFinite(text)
  if (seconds >= 0) return seconds
  throw new InvalidArgumentError('Pass a number of seconds, 0 or more.')
}

/** NaN, which is neither less nor greater than anything, for what is no number or has no end. */
function parseFinite(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : Number.NaN
}
