import type { RunDetail } from '@lossline/protocol'
import { shellWord } from '../text/shell-word.ts'
import { argumentsOf, interpreterOf, textOf } from './run-facts.ts'

/**
 * A command that goes on with a run where it stopped, on the machine it was started on.
 *
 * @param serverUrl - Where this server is: without it the program would ask another one for the run.
 */
export function resumeCommand(
  run: Pick<RunDetail, 'entity' | 'project' | 'runId' | 'metadata' | 'program'>,
  serverUrl: string,
): string {
  const { entity, project, runId, metadata } = run
  const variables = Object.entries({
    WANDB_BASE_URL: serverUrl,
    WANDB_ENTITY: entity,
    WANDB_PROJECT: project,
    WANDB_RUN_ID: runId,
    WANDB_RESUME: 'allow',
  }).map(([name, value]) => `${name}=${shellWord(value)}`)
  const program = textOf(metadata.program) || run.program || 'your-program'
  const words = [...interpreterOf(program, textOf(metadata.executable)), program, ...argumentsOf(metadata.args)]
  return [...variables, ...words.map(shellWord)].join(' ')
}
