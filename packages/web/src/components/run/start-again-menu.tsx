import type { RunDetail } from '@lossline/protocol'
import { CopyPlus } from 'lucide-react'
import type { ReactElement } from 'react'
import { useServices } from '../../services.ts'
import { copyText } from '../../view/clipboard.ts'
import { resumeCommand } from '../../view/run/restart.ts'
import { toYaml } from '../../view/run/to-yaml.ts'
import { PopoverButton } from '../popover-button.tsx'

/** What one needs to go on with a run, or to start another one like it. */
export function StartAgainMenu({ run }: { readonly run: RunDetail }): ReactElement {
  const { toasts } = useServices()
  const choices = [
    ['Copy command to resume', 'The command to resume', resumeCommand(run)],
    ['Copy config as JSON', 'The config', JSON.stringify(run.config, null, 2)],
    ['Copy config as YAML', 'The config', toYaml(run.config)],
  ] as const
  return (
    <PopoverButton
      className="icon-button"
      face={<CopyPlus size={15} />}
      label="Resume or start another like it"
      panelClassName="w-[min(420px,90vw)] p-1"
    >
      {(close) => (
        <>
          {choices.map(([label, what, text]) => (
            <button
              className="block w-full rounded px-2 py-1.5 text-left hover:bg-hover"
              key={label}
              onClick={() => {
                void copyText(text).then(() => toasts.show(`${what} was copied`))
                close()
              }}
              type="button"
            >
              {label}
            </button>
          ))}
          <p className="px-2 py-1.5 text-muted text-sm">
            <code className="break-all font-mono">{choices[0][2]}</code>
          </p>
        </>
      )}
    </PopoverButton>
  )
}
