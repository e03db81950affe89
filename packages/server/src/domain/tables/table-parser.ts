import {
  type ColumnType,
  isJsonObject,
  type JsonValue,
  ProtocolError,
  parseJson,
  parseTableTypes,
} from '@lossline/protocol'
import { type CellsBuilder, createCells } from './cells.ts'
import { TableError } from './table-error.ts'

/** Wider ones are mistakes, such as rows and columns taken for each other; the page could not show them. */
const columnCountMax = 10_000

/** A table that is being read. */
export interface TableParser {
  /** Rows that were read so far. */
  readonly rowCount: number
  /** Undefined until the file has said them. */
  readonly names: readonly string[] | undefined
  readonly types: ReadonlyMap<string, ColumnType> | undefined
  readonly columns: readonly CellsBuilder[]
  /** @throws {@link TableError} `invalid` when the file is no table; what was read before stays. */
  push(chunk: Uint8Array): void
  /** The file is at its end. @throws {@link TableError} `invalid` when something is missing. */
  end(): void
}

/** Stops reading until there is more of the file. */
const needMore = new Error('more')

const decoder = new TextDecoder()
const encoder = new TextEncoder()

const [quote, comma, minus, dot, colon, backslash] = [0x22, 0x2c, 0x2d, 0x2e, 0x3a, 0x5c]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]
const powersOfTen = Array.from({ length: 23 }, (_, power) => 10 ** power)

/**
 * Reads the JSON of a table piece by piece into columns, without making a value of each cell: `{"columns":[…],"data":[[…]]}` with
 * other keys around them, in any order, in W&B's dialect of JSON.
 */
export function createTableParser(): TableParser {
  return new Parser()
}

class Parser implements TableParser {
  readonly columns: CellsBuilder[] = []
  rowCount = 0
  names: readonly string[] | undefined
  types: ReadonlyMap<string, ColumnType> | undefined
  #buffer: Uint8Array = new Uint8Array(0)
  #length = 0
  #at = 0
  /** Bytes of the file before those in the buffer. */
  #offset = 0
  /** Nothing is tried before so many bytes are there, so that a huge cell is not begun anew with each piece. */
  #wanted = 1
  #isAtEnd = false
  #place: 'start' | 'key' | 'row' | 'behind-row' | 'behind-value' | 'end' = 'start'
  #width: number | undefined
  #hasData = false

  push(chunk: Uint8Array): void {
    this.#append(chunk)
    if (this.#length - this.#at < this.#wanted) return
    this.#read()
  }

  end(): void {
    this.#isAtEnd = true
    this.#read()
    if (this.#place !== 'end') throw this.#invalid('it ends in the middle')
    if (this.names === undefined) throw this.#invalid('columns is no list')
    if (!this.#hasData) throw this.#invalid('data is no list')
    while (this.columns.length < this.names.length) this.columns.push(createCells())
  }

  #append(chunk: Uint8Array): void {
    const rest = this.#length - this.#at
    if (rest + chunk.length > this.#buffer.length || this.#at > 0) {
      const size = rest + chunk.length
      const target = size > this.#buffer.length ? new Uint8Array(Math.max(size, 2 * rest)) : this.#buffer
      if (target === this.#buffer) target.copyWithin(0, this.#at, this.#length)
      else target.set(this.#buffer.subarray(this.#at, this.#length))
      this.#buffer = target
      this.#length = rest
      this.#offset += this.#at
      this.#at = 0
    }
    this.#buffer.set(chunk, this.#length)
    this.#length += chunk.length
  }

  /** Goes as far as what is there allows; an unfinished row or value is begun anew when there is more. */
  #read(): void {
    let done = this.#at
    try {
      while (this.#place !== 'end') {
        this.#step()
        done = this.#at
      }
      this.#skipSpace()
      if (this.#at < this.#length) throw this.#invalid('there is something behind its end')
      done = this.#at
    } catch (error) {
      if (error !== needMore) throw error
      for (const column of this.columns) column.truncate(this.rowCount)
      this.#wanted = Math.max(1, 2 * (this.#length - done))
    }
    this.#at = done
  }

  #step(): void {
    switch (this.#place) {
      case 'start':
        this.#skipSpace()
        if (this.#peek() !== openObject) throw this.#invalid('it is no object')
        this.#at += 1
        this.#place = this.#isNext(closeObject) ? 'end' : 'key'
        return
      case 'key':
        this.#keyAndValue()
        return
      case 'row':
        this.#row()
        this.rowCount += 1
        this.#place = 'behind-row'
        return
      case 'behind-row':
        this.#place = this.#isNext(closeList) ? 'behind-value' : this.#expect(comma, 'row')
        return
      case 'behind-value':
        this.#place = this.#isNext(closeObject) ? 'end' : this.#expect(comma, 'key')
    }
  }

  #keyAndValue(): void {
    this.#skipSpace()
    if (this.#peek() !== quote) throw this.#invalid(`there is no key at byte ${this.#offset + this.#at}`)
    const key = this.#value()
    this.#expect(colon, 'key')
    if (key !== 'data') {
      this.#take(key, this.#value())
      this.#place = 'behind-value'
      return
    }
    if (this.#hasData) throw this.#invalid('it has its rows twice')
    this.#skipSpace()
    if (this.#peek() !== openList) throw this.#invalid('data is no list')
    this.#at += 1
    this.#place = this.#isNext(closeList) ? 'behind-value' : 'row'
    this.#hasData = true
  }

  #take(key: JsonValue, value: JsonValue): void {
    if (key === 'columns') {
      if (!Array.isArray(value)) throw this.#invalid('columns is no list')
      if (value.length > columnCountMax) {
        throw this.#invalid(`it has ${value.length} columns, and no more than ${columnCountMax} are shown`)
      }
      if (this.#width !== undefined && this.#width !== value.length) throw this.#ragged(0, this.#width, value.length)
      this.#width = value.length
      this.names = value.map((name) => (typeof name === 'string' ? name : String(name)))
    } else if (key === 'column_types' && isJsonObject(value)) {
      try {
        this.types = parseTableTypes(value)
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        throw this.#invalid(error.message)
      }
    }
  }

  #row(): void {
    this.#skipSpace()
    if (this.#peek() !== openList) throw this.#invalid(`row ${this.rowCount + 1} is no list`)
    this.#at += 1
    let count = 0
    if (!this.#isNext(closeList)) {
      do {
        if (count === columnCountMax) throw this.#invalid(`row ${this.rowCount + 1} has more than ${count} cells`)
        this.#skipSpace()
        // Cells beyond the columns are counted too, for the message.
        if (count === this.columns.length) this.columns.push(createCells())
        this.#cell(this.columns[count]!)
        count += 1
      } while (!this.#isNext(closeList) && this.#expect(comma, true))
    }
    this.#width ??= count
    if (count !== this.#width) throw this.#ragged(this.rowCount, count, this.#width)
  }

  #cell(column: CellsBuilder): void {
    const first = this.#peek()
    if (first === quote) {
      const from = this.#at
      const hasEscape = this.#skipString()
      if (hasEscape) column.addCode('text', internText(column, this.#parse(from) as string))
      else column.addCode('text', column.pool.intern(this.#buffer, from + 1, this.#at - 1))
    } else if (first === openList || first === openObject) {
      const from = this.#at
      this.#skipNested()
      const known = column.pool.count
      const code = column.pool.intern(this.#buffer, from, this.#at)
      // Each text is checked once, where it is new.
      if (code === known) this.#parse(from)
      column.addCode('json', code)
    } else if (first === 0x6e) {
      this.#word('null')
      column.addMissing()
    } else if (first === 0x74) {
      this.#word('true')
      column.addBoolean(true)
    } else if (first === 0x66) {
      this.#word('false')
      column.addBoolean(false)
    } else if (first === 0x4e) {
      this.#word('NaN')
      column.addNumber(Number.NaN)
    } else if (first === 0x49) {
      this.#word('Infinity')
      column.addNumber(Number.POSITIVE_INFINITY)
    } else this.#number(column)
  }

  #number(column: CellsBuilder): void {
    const from = this.#at
    const isNegative = this.#buffer[from] === minus
    let at = isNegative ? from + 1 : from
    if (isNegative) {
      if (at >= this.#length) this.#more()
      if (this.#buffer[at] === 0x49) {
        this.#at = at
        this.#word('Infinity')
        column.addNumber(Number.NEGATIVE_INFINITY)
        return
      }
    }
    let mantissa = 0
    let digits = 0
    let decimals = -1
    let isPlain = true
    for (; at < this.#length; at += 1) {
      const code = this.#buffer[at]!
      if (code >= 0x30 && code <= 0x39) {
        mantissa = mantissa * 10 + code - 0x30
        digits += 1
        if (decimals >= 0) decimals += 1
      } else if (code === dot && decimals < 0) decimals = 0
      else if (code === 0x65 || code === 0x45 || ((code === minus || code === 0x2b) && !isPlain)) isPlain = false
      else break
    }
    // The next piece of the file may have more digits.
    if (at === this.#length) this.#more()
    this.#at = at
    // Up to 15 digits and 10²² are exact, and so is one division of them.
    if (isPlain && digits > 0 && digits <= 15 && decimals !== 0) {
      const value = decimals > 0 ? mantissa / powersOfTen[decimals]! : mantissa
      column.addNumber(isNegative ? -value : value)
      return
    }
    this.#longNumber(column, from)
  }

  #longNumber(column: CellsBuilder, from: number): void {
    if (from === this.#at) throw this.#invalid(`row ${this.rowCount + 1} has something that is no value`)
    const value = this.#parse(from)
    if (typeof value === 'bigint') column.addCode('integer', internText(column, String(value)), Number(value))
    else if (typeof value === 'number') column.addNumber(value)
    else throw this.#invalid(`row ${this.rowCount + 1} has something that is no value`)
  }

  #word(word: string): void {
    for (let index = 0; index < word.length; index += 1) {
      if (this.#at + index >= this.#length) this.#more()
      if (this.#buffer[this.#at + index] !== word.charCodeAt(index)) {
        throw this.#invalid(`row ${this.rowCount + 1} has something that is no value`)
      }
    }
    this.#at += word.length
  }

  /** Any value as a whole. */
  #value(): JsonValue {
    this.#skipSpace()
    const from = this.#at
    const first = this.#peek()
    if (first === quote) this.#skipString()
    else if (first === openList || first === openObject) this.#skipNested()
    else while (!isDelimiter(this.#peek())) this.#at += 1
    return this.#parse(from)
  }

  #parse(from: number): JsonValue {
    try {
      return parseJson(decoder.decode(this.#buffer.subarray(from, this.#at)))
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      throw this.#invalid(error.message)
    }
  }

  /** @returns whether there is a backslash in it. */
  #skipString(): boolean {
    let hasEscape = false
    for (let at = this.#at + 1; at < this.#length; at += 1) {
      const code = this.#buffer[at]
      if (code === quote) {
        this.#at = at + 1
        return hasEscape
      }
      if (code !== backslash) continue
      hasEscape = true
      at += 1
    }
    return this.#more()
  }

  #skipNested(): void {
    let depth = 0
    do {
      const code = this.#peek()
      if (code === quote) {
        this.#skipString()
        continue
      }
      if (code === openList || code === openObject) depth += 1
      else if (code === closeList || code === closeObject) depth -= 1
      this.#at += 1
    } while (depth > 0)
  }

  #peek(): number {
    if (this.#at >= this.#length) this.#more()
    return this.#buffer[this.#at]!
  }

  #isNext(code: number): boolean {
    this.#skipSpace()
    if (this.#peek() !== code) return false
    this.#at += 1
    return true
  }

  #expect<T>(code: number, next: T): T {
    if (this.#isNext(code)) return next
    throw this.#invalid(`byte ${this.#offset + this.#at} is not what JSON has there`)
  }

  #skipSpace(): void {
    for (; this.#at < this.#length; this.#at += 1) {
      const code = this.#buffer[this.#at]
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    }
  }

  #more(): never {
    if (this.#isAtEnd) throw this.#invalid(`it ends in the middle, after ${this.rowCount} rows`)
    throw needMore
  }

  #ragged(row: number, count: number, wanted: number): TableError {
    return this.#invalid(`row ${row + 1} has ${count} cells, and there are ${wanted} columns`)
  }

  #invalid(reason: string): TableError {
    return new TableError('invalid', reason)
  }
}

function internText(column: CellsBuilder, text: string): number {
  const bytes = encoder.encode(text)
  return column.pool.intern(bytes, 0, bytes.length)
}

function isDelimiter(code: number): boolean {
  return code === comma || code === closeList || code === closeObject || code <= 0x20
}
