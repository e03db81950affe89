import { type ReactElement, useState } from 'react'
import { Dialog } from '../controls/dialog.tsx'

const example = `method: bayes
metric:
  name: val/loss
  goal: minimize
parameters:
  learning_rate:
    distribution: log_uniform_values
    min: 0.0001
    max: 0.1
  batch_size:
    values: [16, 32, 64]
`

/** Makes a sweep from YAML, or changes one; what is wrong with it is said before anything is done. */
export function NewSweepDialog(props: {
  readonly initialConfig?: string | undefined
  /** Default: `New sweep`. */
  readonly title?: string
  /** What its button says. Default: `Make sweep`. */
  readonly action?: string
  /** Rejects with what is wrong. */
  readonly onSave: (config: string) => Promise<void>
  readonly onClose: () => void
}): ReactElement {
  const [config, setConfig] = useState(props.initialConfig || example)
  const [problem, setProblem] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (): Promise<void> => {
    setIsBusy(true)
    try {
      await props.onSave(config)
      props.onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Dialog onClose={props.onClose} title={props.title ?? 'New sweep'}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label className="flex flex-col gap-1">
          <span className="font-medium">Configuration (YAML, as wandb.sweep takes it)</span>
          <textarea
            className="control min-h-72 py-1.5 font-mono text-sm"
            onChange={({ target }) => setConfig(target.value)}
            spellCheck={false}
            value={config}
          />
        </label>
        {problem !== undefined && (
          <p className="mt-2 text-bad" role="alert">
            {problem}
          </p>
        )}
        <button className="button mt-3" disabled={isBusy || config.trim() === ''} type="submit">
          {props.action ?? 'Make sweep'}
        </button>
      </form>
    </Dialog>
  )
}
