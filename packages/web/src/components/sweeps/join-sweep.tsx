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
import { CopyButton } from '../controls/copy-button.tsx'

/** How runs come to a sweep. */
export function JoinSweep({
  address,
  sweep,
}: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
}): ReactElement {
  const program = sweepProgram(sweep.config)
  const [language, setLanguage] = useState(() => languageOfProgram(program) ?? lastLanguage() ?? 'python')
  const where = [`WANDB_BASE_URL=${location.origin}`, `WANDB_API_KEY=${anyKey}`]
  const which = [`WANDB_ENTITY=${address.entity}`, `WANDB_PROJECT=${address.project}`, `WANDB_SWEEP_ID=${sweep.name}`]
  const start = startCommand(language, program)
  const command = [...where.map((one) => `export ${one}`), `export ${which.join(' ')}`, start].join('\n')
  const choose = (one: JoinLanguage): void => {
    keepLanguage(one)
    setLanguage(one)
  }
  return (
    <section aria-label="Add runs" className="rounded-lg border border-line bg-panel p-3">
      <h2 className="font-semibold">Add runs</h2>
      <p className="my-1">
        {sweep.runCount === 0 ? 'No agent yet. Run this' : 'Run this'} on any machine that can reach this server:
      </p>
      <fieldset className="mb-1 flex gap-3">
        <legend className="sr-only">Language</legend>
        {(['python', 'javascript'] as const).map((one) => (
          <label className="inline-flex items-center gap-1.5" key={one}>
            <input checked={language === one} name="language" onChange={() => choose(one)} type="radio" />
            {one === 'python' ? 'Python' : 'JavaScript'}
          </label>
        ))}
      </fieldset>
      <div className="flex items-start">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre className="min-w-0 flex-1 overflow-x-auto font-mono text-sm leading-5" tabIndex={0}>
          {command}
        </pre>
        <CopyButton label="Copy the command" text={command} />
      </div>
      <p className="mt-1 text-muted text-sm">
        This server keeps sweeps and does not suggest settings yet: the program chooses its own, and joins the sweep by
        its id.
      </p>
    </section>
  )
}
