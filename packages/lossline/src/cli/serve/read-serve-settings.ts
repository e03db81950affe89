import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../errors.ts'
import { type ServeSetting, type ServeSettings, serveSettings } from './serve-settings.ts'

/** Where settings of the server are, in its data folder, unless another file is named. */
const serveSettingsFileName = 'server-settings.json'

const prefix = 'LOSSLINE_SERVE_'
const configVariable = `${prefix}CONFIG`

/**
 * What the server is told, from the strongest on: options of the command line, the environment, the file.
 *
 * @param options.flags - Already parsed.
 * @throws {@link CliError} `invalid-serve-setting` for a value that cannot be and a name that there is not.
 */
export function readServeSettings(options: {
  readonly flags: ServeSettings
  readonly config: string | undefined
  readonly dataDirectory: string
  readonly environment: Readonly<Record<string, string | undefined>>
}): ServeSettings {
  const { flags, environment, dataDirectory } = options
  const named = options.config ?? environment[configVariable]
  const file = named ?? join(dataDirectory, serveSettingsFileName)
  const given = Object.entries(flags).filter(([, value]) => value !== undefined)
  return { ...readFile(file, named !== undefined), ...readEnvironment(environment), ...Object.fromEntries(given) }
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): ServeSettings {
  const found: Record<string, string | number | boolean> = {}
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(prefix) || name === configVariable || text === undefined || text === '') continue
    const setting = serveSettings.find((one) => one.environment === name)
    if (setting === undefined)
      throw unknown(name, 'the environment', [...serveSettings.map((one) => one.environment), configVariable])
    found[setting.key] = parseOrThrow(setting, text, name)
  }
  return found
}

function readFile(file: string, isNamed: boolean): ServeSettings {
  const values = parseFile(file, isNamed)
  const found: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(values)) {
    const setting = serveSettings.find((one) => one.key === key)
    if (setting === undefined)
      throw unknown(
        key,
        file,
        serveSettings.map((one) => one.key),
      )
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw invalid(`"${key}" in ${file} must be a text, a number, true or false.`)
    }
    found[key] = parseOrThrow(setting, String(value), `"${key}" in ${file}`)
  }
  return found
}

function parseFile(file: string, isNamed: boolean): object {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (!isNamed && cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {}
    throw invalid(`The settings ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, cause)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid(`The settings ${file} are no JSON: ${cause instanceof Error ? cause.message : cause}.`, cause)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw invalid(`The settings ${file} must be one JSON object, such as {"port": 5757}.`)
}

function parseOrThrow(setting: ServeSetting, text: string, source: string): string | number | boolean {
  try {
    return setting.parse(text)
  } catch (cause) {
    throw invalid(`${source} cannot be ${JSON.stringify(text)}. ${cause instanceof Error ? cause.message : ''}`, cause)
  }
}

function unknown(name: string, source: string, known: readonly string[]): CliError {
  return new CliError({
    code: 'invalid-serve-setting',
    message: `There is no setting "${name}", which is in ${source}.`,
    hint: `There are: ${known.join(', ')}.`,
  })
}

function invalid(message: string, cause?: unknown): CliError {
  return new CliError({
    code: 'invalid-serve-setting',
    message,
    hint: 'lossline serve --help lists the settings.',
    ...(cause !== undefined && { cause }),
  })
}
