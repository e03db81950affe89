import type { SweepDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { anyKey } from '../../view/first-run/snippets.ts'
import { type JoinLanguage, startCommand, sweepProgram } from '../../view/sweeps/join-language.ts'
import { CodeBlock } from '../first-run/code-block.tsx'

/** How runs come to a sweep by themselves. */
export function JoinSweep({
  address,
  sweep,
  language,
  apiKey,
}: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
  readonly language: JoinLanguage
  /** Undefined: the server asks for none. */
  readonly apiKey: string | undefined
}): ReactElement {
  const program = sweepProgram(sweep.config)
  const where = [`WANDB_BASE_URL=${location.origin}`, `WANDB_API_KEY=${apiKey ?? anyKey}`]
  const which = [`WANDB_ENTITY=${address.entity}`, `WANDB_PROJECT=${address.project}`, `WANDB_SWEEP_ID=${sweep.name}`]
  const start = startCommand(language, program)
  const command = [...where.map((one) => `export ${one}`), `export ${which.join(' ')}`, start].join('\n')
  return (
    <details className="mt-2 border-line border-t pt-2">
      <summary className="cursor-pointer">Add runs without an agent</summary>
      <p className="my-1 text-muted text-sm">A program that chooses its own settings joins the sweep by its id:</p>
      <div className="-mx-3">
        <CodeBlock label="Copy the command" text={command} />
      </div>
    </details>
  )
}
