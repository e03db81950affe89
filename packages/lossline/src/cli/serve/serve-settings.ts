import { parseCount } from '../parse-numbers.ts'
import { parseUrl } from '../parse-url.ts'

/** Everything that `lossline serve` can be told, but where its data and its settings are. */
export interface ServeSettings {
  readonly host?: string
  readonly port?: number
  readonly auth?: 'open' | 'keys'
  readonly publicUrl?: string
  /** Separated by commas. */
  readonly notebooks?: string
  readonly rateLimit?: number
  readonly allowOpen?: boolean
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error'
  readonly logFormat?: 'json' | 'text'
}

/** One setting: the single source for the file's keys, the environment, the command line, its help and the README. */
export interface ServeSetting {
  readonly key: keyof ServeSettings
  readonly environment: string
  readonly flag: string
  readonly help: string
  readonly fallback: string
  /** What a text means. @throws Error that says what is allowed. */
  readonly parse: (text: string) => string | number | boolean
}

const oneOf =
  (...allowed: readonly string[]) =>
  (text: string): string => {
    if (allowed.includes(text)) return text
    throw new Error(`Allowed choices are ${allowed.join(', ')}.`)
  }

const parsePort = (text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new Error('A port is a number from 0 to 65535.')
}

const parseBoolean = (text: string): boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  throw new Error('Pass true or false.')
}

const parseText = (text: string): string => {
  if (text.trim() !== '') return text
  throw new Error('It must not be empty.')
}

const parseOrigins = (text: string): string => {
  const origins = text.split(',').map((origin) => new URL(parseUrl(origin.trim())).origin)
  return origins.join(',')
}

/** In the order of the help. */
export const serveSettings: readonly ServeSetting[] = [
  {
    key: 'host',
    environment: 'LOSSLINE_SERVE_HOST',
    flag: '--host <host>',
    help: 'address to listen on',
    fallback: '127.0.0.1',
    parse: parseText,
  },
  {
    key: 'port',
    environment: 'LOSSLINE_SERVE_PORT',
    flag: '--port <port>',
    help: 'port; 0 for any',
    fallback: '5757, or the next free one',
    parse: parsePort,
  },
  {
    key: 'auth',
    environment: 'LOSSLINE_SERVE_AUTH',
    flag: '--auth <mode>',
    help: 'open: everybody may do everything; keys: everybody shows a key',
    fallback: 'keys as soon as there is a user, or the address is not of this machine alone',
    parse: oneOf('open', 'keys'),
  },
  {
    key: 'publicUrl',
    environment: 'LOSSLINE_SERVE_PUBLIC_URL',
    flag: '--public-url <url>',
    help: 'where clients reach the server',
    fallback: 'what their requests say',
    parse: parseUrl,
  },
  {
    key: 'notebooks',
    environment: 'LOSSLINE_SERVE_NOTEBOOKS',
    flag: '--notebooks <origins>',
    help: 'origins of notebooks that may show runs in frames, separated by commas',
    fallback: "the reader's machine and the host of the server",
    parse: parseOrigins,
  },
  {
    key: 'rateLimit',
    environment: 'LOSSLINE_SERVE_RATE_LIMIT',
    flag: '--rate-limit <count>',
    help: 'requests that one user may send a second',
    fallback: 'any number',
    parse: parseCount,
  },
  {
    key: 'allowOpen',
    environment: 'LOSSLINE_SERVE_ALLOW_OPEN',
    flag: '--allow-open',
    help: 'listen on an address that others reach: everybody may then read and change everything',
    fallback: 'false',
    parse: parseBoolean,
  },
  {
    key: 'logLevel',
    environment: 'LOSSLINE_SERVE_LOG_LEVEL',
    flag: '--log-level <level>',
    help: 'least severe events to log: debug, info (each request), warn, error',
    fallback: 'warn; with --verbose info',
    parse: oneOf('debug', 'info', 'warn', 'error'),
  },
  {
    key: 'logFormat',
    environment: 'LOSSLINE_SERVE_LOG_FORMAT',
    flag: '--log-format <format>',
    help: 'json: one object a line; text: for people',
    fallback: 'json',
    parse: oneOf('json', 'text'),
  },
]
