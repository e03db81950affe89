import type { RunSummary, StrictJson } from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'
import { textAt } from '../workspace/json.ts'
import type { PanelKind } from './panel-kind.ts'

/** A text in Markdown. */
export interface MarkdownConfig {
  readonly title: string | undefined
  readonly text: string
}

export const markdownPanel: PanelKind<MarkdownConfig> = {
  kind: 'Markdown Panel',
  title: 'Markdown',
  description: 'A text, with values of the first run in it',
  needs: 'nothing',
  parse: (config) => ({ title: textAt(config, 'chartTitle') || undefined, text: textAt(config, 'value') ?? '' }),
  titleOf: ({ title, text }) => title ?? (firstHeading(text) || 'Text'),
  metricsOf: () => [],
  create: () => ({ value: '## Notes\n' }),
}

function firstHeading(text: string): string | undefined {
  return /^#{1,6}\s+(.+)$/m.exec(text)?.[1]?.trim()
}

const placeholder = /\$\{([^}]+)\}/g

/** Keys of the values that a text has a place for, as queries have them: `${summary.loss}` asks for `summary.loss`. */
export function keysInText(text: string): readonly string[] {
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name.trim())
  return [...new Set(names.filter((name) => /^(summary|config)\../.test(name)))]
}

/** The text with values of a run in the places for them; what the run has not is said with a dash. */
export function fillText(
  text: string,
  run: Pick<RunSummary, 'displayName' | 'runId' | 'state'> | undefined,
  values: ReadonlyMap<string, StrictJson>,
): string {
  return text.replace(placeholder, (whole, name: string) => {
    const key = name.trim()
    if (/^(summary|config)\../.test(key)) return valueText(values.get(key))
    if (key === 'run.name') return escapeMarkdown(run?.displayName ?? '–')
    if (key === 'run.id') return escapeMarkdown(run?.runId ?? '–')
    if (key === 'run.state') return run?.state ?? '–'
    return whole
  })
}

function valueText(value: StrictJson | undefined): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'number') return formatNumber(value)
  return escapeMarkdown(typeof value === 'string' ? value : JSON.stringify(value))
}

/** What somebody logged is a text here, whatever marks are in it. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&').replaceAll('\n', ' ')
}
