import type { SweepDetail } from '@lossline/protocol'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { anyKey } from '../../view/first-run/snippets.ts'
import {
  type JoinLanguage,
  keepLanguage,
  languageOfProgram,
  lastLanguage,
  startCommand,
  sweepProgram,
} from '../../view/sweeps/join-language.ts'
import { CodeBlock } from '../first-run/code-block.tsx'

/** How runs come to a sweep by themselves. */
export function JoinSweep({
  address,
  sweep,
  apiKey,
}: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
  /** Undefined: the server asks for none. */
  readonly apiKey: string | undefined
}): ReactElement {
  const program = sweepProgram(sweep.config)
  const [language, setLanguage] = useState(() => languageOfProgram(program) ?? lastLanguage() ?? 'python')
  const where = [`WANDB_BASE_URL=${location.origin}`, `WANDB_API_KEY=${apiKey ?? anyKey}`]
  const which = [`WANDB_ENTITY=${address.entity}`, `WANDB_PROJECT=${address.project}`, `WANDB_SWEEP_ID=${sweep.name}`]
  const start = startCommand(language, program)
  const command = [...where.map((one) => `export ${one}`), `export ${which.join(' ')}`, start].join('\n')
  const choose = (one: JoinLanguage): void => {
    keepLanguage(one)
    setLanguage(one)
  }
  return (
    <details className="mt-2 border-line border-t pt-2">
      <summary className="cursor-pointer">Add runs without an agent</summary>
      <p className="my-1 text-muted text-sm">A program that chooses its own settings joins the sweep by its id:</p>
      <fieldset className="mb-1 flex gap-3">
        <legend className="sr-only">Language</legend>
        {(['python', 'javascript'] as const).map((one) => (
          <label className="inline-flex items-center gap-1.5" key={one}>
            <input checked={language === one} name="language" onChange={() => choose(one)} type="radio" />
            {one === 'python' ? 'Python' : 'JavaScript'}
          </label>
        ))}
      </fieldset>
      <div className="-mx-3">
        <CodeBlock label="Copy the command" text={command} />
      </div>
    </details>
  )
}
