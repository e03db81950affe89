import { type JsonObject, type JsonValue, stringifyJson, toStrictJson } from '@lossline/protocol'
import {
  type ConfigValue,
  isConfigList,
  type SweepConfig,
  toConfigValue,
  toPlainValue,
  toPythonText,
} from '@lossline/sweeps'
import { AgentError } from '../agent-error.ts'

/** What the macros of a command stand for. */
export interface CommandFacts {
  readonly program: string | undefined
  readonly settings: JsonObject
  readonly environment: Readonly<Record<string, string | undefined>>
  /** On Windows there is no `/usr/bin/env`. */
  readonly isWindows: boolean
  /** Writes a file that the command is given the path of. */
  writeJsonFile(text: string): string
}

const defaultTemplate = ['env', 'interpreter', 'program', 'args'].map(toMacro)

/** The command of a sweep: words, and macros among them. @throws {@link AgentError} `command-template`. */
export function readCommandTemplate({ source, program }: SweepConfig): readonly string[] {
  const command = source.get('command')
  const template = command === undefined || command === null ? defaultTemplate : toWords(command)
  if (program !== undefined || !template.includes(toMacro('program'))) return template
  throw new AgentError({
    code: 'command-template',
    message: 'The sweep names no program, and its command needs one.',
    hint: `Add "program: train.js" to its configuration, or a command without ${toMacro('program')}.`,
  })
}

/**
 * The words of a command, with the macros of W&B's agents replaced
 * (https://docs.wandb.ai/guides/sweeps/define-sweep-configuration/#command). `${interpreter}` is `node` for a program that ends as
 * JavaScript or TypeScript does, else `python`.
 */
export function toCommandLine(template: readonly string[], facts: CommandFacts): readonly string[] {
  return template.flatMap((word) => toWordsOf(word, facts))
}

function toWordsOf(word: string, facts: CommandFacts): readonly string[] {
  const [, macro] = /^\$\{([^}:]*)\}$/.exec(word) ?? []
  if (macro !== undefined) return macros[macro]?.(facts) ?? []
  return [word.replace(/\$\{envvar:([A-Z0-9_]+)\}/g, (_, name: string) => facts.environment[name] ?? '')]
}

const javaScriptEndings = /\.(?:[cm]?js|[cm]?ts)$/

/** What a word that is one macro becomes; one that is not known here becomes nothing. */
const macros: Readonly<Record<string, (facts: CommandFacts) => readonly string[]>> = {
  env: ({ isWindows }) => (isWindows ? [] : ['/usr/bin/env']),
  interpreter: ({ program = '' }) => [javaScriptEndings.test(program) ? 'node' : 'python'],
  program: ({ program = '' }) => [program],
  args: ({ settings }) => textsOf(settings).map(([name, text]) => `--${name}=${text}`),
  args_no_equals: ({ settings }) => textsOf(settings).flatMap(([name, text]) => [`--${name}`, text]),
  args_no_hyphens: ({ settings }) => textsOf(settings).map(([name, text]) => `${name}=${text}`),
  args_append_hydra: ({ settings }) => textsOf(settings).map(([name, text]) => `+${name}=${text}`),
  args_override_hydra: ({ settings }) => textsOf(settings).map(([name, text]) => `++${name}=${text}`),
  args_no_boolean_flags: ({ settings }) =>
    textsOf(settings).flatMap(([name, text]) => {
      const value = settings[name]
      if (typeof value === 'boolean') return value ? [`--${name}`] : []
      return [`--${name}=${text}`]
    }),
  args_json: ({ settings }) => [stringifyJson(settings)],
  args_json_file: ({ settings, writeJsonFile }) => [writeJsonFile(stringifyJson(settings))],
}

function textsOf(settings: JsonObject): readonly (readonly [name: string, text: string])[] {
  return Object.entries(settings).map(([name, value]) => [name, toText(value)])
}

function toMacro(name: string): string {
  return `\${${name}}`
}

/** As Python's `str()` prints it, which programs of W&B's users parse. */
function toText(value: JsonValue): string {
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' ? value : toPythonText(toConfigValue(toStrictJson(value)))
}

function toWords(command: ConfigValue): readonly string[] {
  const words = isConfigList(command) ? command : [command]
  const texts = words.map((word) => toPlainValue(word))
  if (texts.length > 0 && texts.every((text) => ['string', 'number', 'boolean'].includes(typeof text))) {
    return texts.map(String)
  }
  throw new AgentError({
    code: 'command-template',
    message: 'The command of the sweep is a list of words.',
    hint: `Write it as ${JSON.stringify(defaultTemplate)}.`,
  })
}
