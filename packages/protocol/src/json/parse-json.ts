import { ProtocolError } from '../errors.ts'
import { type JsonValue, jsonDepthMax, setProperty } from './json-value.ts'

// An integer of 16 or more digits where a value can start. May also match inside a string, which only costs time.
const longInteger = /(?:^|[:,[\s-])\d{16,}(?![\d.eE])/

/**
 * Reads W&B's JSON dialect: JSON with bare `NaN`, `Infinity` and `-Infinity`. Integers beyond ±(2⁵³ − 1) come back as
 * bigint when they fit 64 bits, else as number. Nesting is limited to 500.
 *
 * @throws {@link ProtocolError} `invalid-json`
 */
export function parseJson(text: string): JsonValue {
  if (text.includes('NaN') || text.includes('Infinity') || longInteger.test(text) || isTooDeep(text)) {
    return new Parser(text).parse()
  }
  try {
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    throw invalid(text, cause instanceof Error ? cause.message : String(cause))
  }
}

/** Whether brackets nest deeper than the limit. Texts that are too short for it are not looked at. */
function isTooDeep(text: string): boolean {
  if (text.length <= 2 * jsonDepthMax) return false
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x22) {
      do {
        index = text.indexOf('"', index + 1)
        if (index < 0) return false
      } while (isEscaped(text, index))
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1
      if (depth > jsonDepthMax) return true
    } else if (code === 0x5d || code === 0x7d) depth -= 1
  }
  return false
}

function isEscaped(text: string, quote: number): boolean {
  let index = quote - 1
  while (text.charCodeAt(index) === 0x5c) index -= 1
  return (quote - index) % 2 === 0
}

function invalid(text: string, reason: string): ProtocolError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return new ProtocolError({ code: 'invalid-json', message: `Not JSON: ${shown} (${reason})` })
}

const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const space = /[ \t\n\r]*/y
const words: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]

class Parser {
  readonly #text: string
  #index = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): JsonValue {
    const value = this.#value()
    this.#skipSpace()
    if (this.#index < this.#text.length) throw this.#error()
    return value
  }

  #value(): JsonValue {
    this.#skipSpace()
    const code = this.#text.charCodeAt(this.#index)
    if (code === 0x22) return this.#string()
    if (code === 0x7b) return this.#nested(() => this.#object())
    if (code === 0x5b) return this.#nested(() => this.#array())
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#index)) {
        this.#index += word.length
        return value
      }
    }
    return this.#number()
  }

  #nested<Value>(read: () => Value): Value {
    this.#depth += 1
    if (this.#depth > jsonDepthMax) throw invalid(this.#text, `nested deeper than ${jsonDepthMax}`)
    this.#index += 1
    const value = read()
    this.#depth -= 1
    return value
  }

  #object(): JsonValue {
    const object: Record<string, JsonValue> = {}
    if (this.#takes('}')) return object
    do {
      this.#skipSpace()
      if (this.#text[this.#index] !== '"') throw this.#error()
      const key = this.#string()
      if (!this.#takes(':')) throw this.#error()
      setProperty(object, key, this.#value())
    } while (this.#takes(','))
    if (!this.#takes('}')) throw this.#error()
    return object
  }

  #array(): JsonValue {
    const array: JsonValue[] = []
    if (this.#takes(']')) return array
    do array.push(this.#value())
    while (this.#takes(','))
    if (!this.#takes(']')) throw this.#error()
    return array
  }

  #string(): string {
    const start = this.#index
    let end = start
    do {
      end = this.#text.indexOf('"', end + 1)
      if (end < 0) throw this.#error()
    } while (isEscaped(this.#text, end))
    this.#index = end + 1
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string
    } catch {
      throw this.#error()
    }
  }

  #number(): JsonValue {
    number.lastIndex = this.#index
    const match = number.exec(this.#text)
    if (match === null) throw this.#error()
    this.#index = number.lastIndex
    const value = Number(match[0])
    if (match[1] !== undefined || match[2] !== undefined || Number.isSafeInteger(value)) return value
    const exact = BigInt(match[0])
    return BigInt.asIntN(64, exact) === exact ? exact : value
  }

  #takes(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#index] !== character) return false
    this.#index += 1
    return true
  }

  #skipSpace(): void {
    space.lastIndex = this.#index
    space.test(this.#text)
    this.#index = space.lastIndex
  }

  #error(): ProtocolError {
    return invalid(this.#text, `at position ${this.#index}`)
  }
}
