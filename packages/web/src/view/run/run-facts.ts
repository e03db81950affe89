import type { RunDetail, StrictJson } from '@lossline/protocol'
import { shellWord } from '../text/shell-word.ts'

/** The command that started a run, as far as it was recorded; '': nothing was. */
export function startCommand({ metadata, program }: Pick<RunDetail, 'metadata' | 'program'>): string {
  const file = textOf(metadata.program) || program
  if (file === '') return ''
  return [...interpreterOf(file, textOf(metadata.executable)), file, ...argumentsOf(metadata.args)]
    .map(shellWord)
    .join(' ')
}

/** What runs a program: `node` or `python`, where its name tells. @param executable - That was recorded; '': none. */
export function interpreterOf(program: string, executable: string): readonly string[] {
  if (/\.[cm]?[jt]sx?$/.test(program)) return ['node']
  return /\.py$/.test(program) ? [executable.includes('python') ? executable : 'python'] : []
}

/** Arguments of a program as they were recorded. */
export function argumentsOf(args: StrictJson | undefined): readonly string[] {
  return Array.isArray(args) ? args.map((arg: StrictJson) => String(arg)) : []
}

/** What a run ran on, in one line: language, system, processors, GPUs. */
export function environmentOf({ metadata }: Pick<RunDetail, 'metadata'>): string {
  const count = Number(metadata.cpu_count_logical ?? metadata.cpu_count)
  const gpuCount = Number(metadata.gpu_count)
  return [
    textOf(metadata.python),
    textOf(metadata.os),
    count > 0 && `${count} ${count === 1 ? 'processor' : 'processors'}`,
    textOf(metadata.gpu) && `${gpuCount > 1 ? `${gpuCount} × ` : ''}${textOf(metadata.gpu)}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Metadata by what it is: W&B's key for the version of Python is where other languages tell theirs, as `Node.js v22.18.0`. */
export function namedMetadata(metadata: RunDetail['metadata']): RunDetail['metadata'] {
  const { python } = metadata
  if (!/^(Node\.js|Deno|Bun)\b/.test(textOf(python))) return metadata
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key === 'python' ? 'runtime' : key, value]))
}

/** A recorded text; '' for anything else. */
export function textOf(value: StrictJson | undefined): string {
  return typeof value === 'string' ? value : ''
}
