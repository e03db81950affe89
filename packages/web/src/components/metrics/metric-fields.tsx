import type { MetricWords } from '@lossline/protocol'
import { type ReactElement, type ReactNode, useId } from 'react'
import { type MetricDraft, writtenText } from '../../view/workspace/metric-draft.ts'
import { goalWords } from '../../view/workspace/metric-words.ts'

/** The fields of what is said of a metric. Each tells where its value comes from. */
export function MetricFields(props: {
  readonly draft: MetricDraft
  /** What is said by now. */
  readonly own: MetricDraft
  readonly ofRuns: MetricWords
  readonly isDisabled: boolean
  readonly onChange: (draft: MetricDraft) => void
}): ReactElement {
  const { draft, own, ofRuns, isDisabled, onChange } = props
  const unitsId = useId()
  const reset = (field: keyof MetricDraft) => (): void => onChange({ ...draft, [field]: null })
  return (
    <fieldset className="grid gap-3" disabled={isDisabled}>
      <Field
        isSaid={draft.description !== null}
        label="Description"
        onReset={reset('description')}
        ofRuns={ofRuns.description}
      >
        {(id) => (
          <textarea
            className="min-h-20 rounded-md border border-line-strong bg-panel px-2 py-1.5"
            id={id}
            maxLength={2000}
            onChange={({ target }) =>
              onChange({ ...draft, description: writtenText(target.value, ofRuns.description, own.description) })
            }
            value={draft.description ?? ofRuns.description}
          />
        )}
      </Field>
      <Field isSaid={draft.unit !== null} label="Unit" onReset={reset('unit')} ofRuns={ofRuns.unit}>
        {(id) => (
          <>
            <input
              className="control w-48"
              id={id}
              list={unitsId}
              maxLength={40}
              onChange={({ target }) => onChange({ ...draft, unit: writtenText(target.value, ofRuns.unit, own.unit) })}
              spellCheck={false}
              value={draft.unit ?? ofRuns.unit}
            />
            <datalist id={unitsId}>
              {['s', 'ms', '%', 'B', 'MB', 'nats', 'bits', 'tokens', 'tokens/s', 'W', '°C'].map((unit) => (
                <option key={unit} value={unit} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        isSaid={draft.goal !== null}
        label="Better values"
        onReset={reset('goal')}
        ofRuns={ofRuns.goal === null ? '' : goalWords(ofRuns.goal)}
      >
        {(id) => (
          <select
            className="control w-48"
            id={id}
            onChange={({ target }) => {
              const said = goals.find((goal) => goal === target.value)!
              onChange({ ...draft, goal: own.goal === null && said === (ofRuns.goal ?? 'none') ? null : said })
            }}
            value={draft.goal ?? ofRuns.goal ?? 'none'}
          >
            <option value="none">Neither</option>
            <option value="minimize">Lower is better</option>
            <option value="maximize">Higher is better</option>
          </select>
        )}
      </Field>
    </fieldset>
  )
}

const goals = ['none', 'minimize', 'maximize'] as const

/** A field with where its value comes from, and the way back to that. */
function Field(props: {
  readonly label: string
  readonly isSaid: boolean
  /** '': they say nothing. */
  readonly ofRuns: string
  readonly onReset: () => void
  readonly children: (id: string) => ReactNode
}): ReactElement {
  const { label, isSaid, ofRuns } = props
  const id = useId()
  return (
    <div className="grid justify-items-stretch gap-1">
      <label htmlFor={id}>{label}</label>
      {props.children(id)}
      <p className="flex min-h-6 flex-wrap items-center gap-x-2 text-muted text-sm">
        {isSaid ? 'Said here.' : ofRuns === '' ? 'Nobody has said.' : 'From the runs.'}
        {isSaid && (
          <button className="link-text" onClick={props.onReset} type="button">
            {ofRuns === '' ? 'Reset to nothing said' : `Reset to what runs say: ${short(ofRuns)}`}
          </button>
        )}
      </p>
    </div>
  )
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
