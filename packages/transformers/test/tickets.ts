import { readFileSync } from 'node:fs'
import { workspaceUrl } from '@lossline/testing'

/** A support message with its class. */
export interface Ticket {
  readonly text: string
  readonly label: string
}

/** The tickets of the example: 676 to train on, 224 to test with. */
export function loadTickets(): { training: Ticket[]; test: Ticket[] } {
  const lines = readFileSync(workspaceUrl('examples/transformers-tickets/data/tickets.csv'), 'utf8')
    .trimEnd()
    .split('\n')
  const rows = lines.slice(1).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)])
  const tickets = rows.map((cells) => cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
  const take = (split: string) =>
    tickets.filter((row) => row[4] === split).map(([, text = '', label = '']) => ({ text, label }))
  return { training: take('train'), test: take('test') }
}
