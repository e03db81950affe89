import { readFileSync } from 'node:fs'

/** One support message. */
export interface Ticket {
  readonly id: string
  readonly text: string
  /** billing, bug, feature, account or praise. */
  readonly label: string
  /** Whether two labels fit, so that no model can be right about all of these. */
  readonly isAmbiguous: boolean
}

/** The 900 tickets of `data/tickets.csv`: 576 to train on, 100 to validate with, 224 to test with at the end. */
export function loadTickets(): { training: Ticket[]; validation: Ticket[]; test: Ticket[] } {
  const lines = readFileSync(new URL('data/tickets.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
  const rows = lines.map(parseLine)
  const toTicket = ([id = '', text = '', label = '', ambiguous]: string[]): Ticket => ({
    id,
    text,
    label,
    isAmbiguous: ambiguous === '1',
  })
  // Rows are in random order, so any of them will do for validation.
  const others = rows.filter((row) => row[4] === 'train').map(toTicket)
  return {
    training: others.slice(100),
    validation: others.slice(0, 100),
    test: rows.filter((row) => row[4] === 'test').map(toTicket),
  }
}

/** Cells of a line; a cell in quotes may hold commas, and two quotes for one. */
function parseLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
