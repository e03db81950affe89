import type { EnvironmentRecord } from '@lossline/protocol'
import type { Redactor } from '../redaction/redaction.ts'

/** Takes secrets out of what is recorded about the program and the machine. */
export function redactSurroundings(environment: EnvironmentRecord, redactor: Redactor): EnvironmentRecord {
  const { args, slurm } = environment
  const texts = Object.entries(environment).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, redactor.text(value, name)] as const] : [],
  )
  return {
    ...environment,
    ...Object.fromEntries(texts),
    ...(args === undefined ? {} : { args: redactor.commandLine(args, 'args') }),
    ...(slurm === undefined
      ? {}
      : {
          slurm: Object.fromEntries(
            Object.entries(slurm).map(([name, value]) => [name, redactor.keyedText(name, value, `slurm.${name}`)]),
          ),
        }),
  }
}
