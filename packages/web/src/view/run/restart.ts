import type { RunDetail, StrictJson } from '@lossline/protocol'

/** A command that goes on with a run where it stopped, on the machine it was started on. */
export function resumeCommand(run: Pick<RunDetail, 'entity' | 'project' | 'runId' | 'metadata' | 'program'>): string {
  const { entity, project, runId, metadata } = run
  const variables = Object.entries({
    WANDB_ENTITY: entity,
    WANDB_PROJECT: project,
    WANDB_RUN_ID: runId,
    WANDB_RESUME: 'allow',
  }).map(([name, value]) => `${name}=${shellWord(value)}`)
  const program = textOf(metadata.program) || run.program || 'your-program'
  const args = Array.isArray(metadata.args) ? metadata.args.map((arg: StrictJson) => String(arg)) : []
  return [
    ...variables,
    ...interpreter(program, textOf(metadata.executable)),
    ...[program, ...args].map(shellWord),
  ].join(' ')
}

function interpreter(program: string, executable: string): readonly string[] {
  if (/\.[cm]?[jt]sx?$/.test(program)) return ['node']
  return /\.py$/.test(program) ? [shellWord(executable.includes('python') ? executable : 'python')] : []
}

function textOf(value: StrictJson | undefined): string {
  return typeof value === 'string' ? value : ''
}

function shellWord(text: string): string {
  return /^[\w./:=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
