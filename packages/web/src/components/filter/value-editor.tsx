import type { QueryKeyInfo, QueryLanguage, QueryValue } from '@lossline/protocol'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { type ConditionDraft, toValueDraft, type ValueDraft } from '../../view/filter/condition-draft.ts'
import { type ValueOffer, valueOffers } from '../../view/filter/value-offers.ts'
import { TimeField } from './time-field.tsx'
import { ValueField } from './value-field.tsx'

/** What a key is compared with, in the way that suits what it holds. */
export function ValueEditor(props: {
  readonly draft: ConditionDraft
  readonly language: QueryLanguage
  /** Id of what says what is missing. */
  readonly describedBy: string
  readonly onChange: (draft: ConditionDraft) => void
  readonly onDone: () => void
}): ReactElement | null {
  const { draft, language, describedBy, onChange, onDone } = props
  if (draft.kind === 'words') {
    return (
      <ValueField
        describedBy={describedBy}
        label="Words to look for"
        offers={[]}
        onChange={(text) => onChange({ kind: 'words', text })}
        onEnter={onDone}
        text={draft.text}
      />
    )
  }
  const { operator, values } = draft
  if (operator === 'exists') return null
  const info = language.find(draft.key)
  const setValues = (next: readonly ValueDraft[]): void => onChange({ ...draft, values: next })
  const [first] = values
  if (operator === 'in') {
    return info?.isClosed ? (
      <Checkboxes info={info} onChange={setValues} values={values} />
    ) : (
      <ValueList describedBy={describedBy} draft={draft} language={language} onChange={setValues} onDone={onDone} />
    )
  }
  if (info !== undefined && (info.isClosed || info.holds === 'boolean') && (operator === '=' || operator === '!=')) {
    return <Choice info={info} onChange={(value) => setValues([toValueDraft(value)])} value={first} />
  }
  return (
    <>
      <ValueField
        describedBy={describedBy}
        hint={operator === '~' ? 'RE2 syntax, found anywhere unless anchored by ^ and $' : rangeOf(info)}
        isKey={first?.isKey === true}
        label={operator === '~' ? 'Pattern' : operator === 'has' ? 'What it has' : 'Value'}
        offers={operator === '~' ? [] : valueOffers(draft.key, operator, language)}
        onChange={(text) => setValues([{ text }])}
        onEnter={onDone}
        onOffer={({ value }) => setValues([value])}
        text={first?.text ?? ''}
      />
      {info?.holds === 'time' && <TimeField onChange={(text) => setValues([{ text }])} text={first?.text ?? ''} />}
    </>
  )
}

function rangeOf(info: QueryKeyInfo | undefined): string | undefined {
  return info?.holds === 'number' && info.min !== null ? `Here: ${info.detail}` : undefined
}

/** One of the values that there can be. */
function Choice(props: {
  readonly info: QueryKeyInfo
  readonly value: ValueDraft | undefined
  readonly onChange: (value: QueryValue) => void
}): ReactElement {
  const { info, value } = props
  const known = info.values.map(String)
  const isOther = value !== undefined && !known.includes(value.text)
  return (
    <select
      aria-label="Value"
      className="control w-full"
      onChange={({ target }) => props.onChange(info.values[known.indexOf(target.value)]!)}
      value={value?.text ?? ''}
    >
      {value === undefined && (
        <option disabled value="">
          Choose
        </option>
      )}
      {(isOther ? [...known, value.text] : known).map((text) => (
        <option key={text} value={text}>
          {text}
        </option>
      ))}
    </select>
  )
}

/** Some of the values that there can be. */
function Checkboxes(props: {
  readonly info: QueryKeyInfo
  readonly values: readonly ValueDraft[]
  readonly onChange: (values: readonly ValueDraft[]) => void
}): ReactElement {
  const { info, values, onChange } = props
  const others = values.filter(({ text }) => !info.values.map(String).includes(text))
  return (
    <fieldset className="grid grid-cols-2 gap-x-2">
      <legend className="sr-only">Values</legend>
      {[...info.values.map(toValueDraft), ...others].map((one) => {
        const isOn = values.some(({ text }) => text === one.text)
        return (
          <label className="flex min-h-6 items-center gap-1.5" key={one.text}>
            <input
              checked={isOn}
              className="accent-accent"
              onChange={() => onChange(isOn ? values.filter(({ text }) => text !== one.text) : [...values, one])}
              type="checkbox"
            />
            {one.text}
          </label>
        )
      })}
    </fieldset>
  )
}

/** Any values, added one by one. */
function ValueList(props: {
  readonly draft: Extract<ConditionDraft, { readonly kind: 'key' }>
  readonly language: QueryLanguage
  readonly describedBy: string
  readonly onChange: (values: readonly ValueDraft[]) => void
  readonly onDone: () => void
}): ReactElement {
  const { draft, language, onChange } = props
  // The last one is the one that is being written, until another begins.
  const { values } = draft
  const last = values.at(-1)
  const isWriting = last !== undefined && last.value === undefined && last.isDone !== true
  const done = isWriting ? values.slice(0, -1) : values
  const written = isWriting ? last.text : ''
  const offers = valueOffers(draft.key, 'in', language).filter(
    ({ value }) => !done.some(({ text }) => text === value.text),
  )
  const take = ({ value }: ValueOffer): void => onChange([...done, value])
  return (
    <div className="flex flex-col gap-1.5">
      {done.length > 0 && (
        <ul aria-label="Values" className="flex flex-wrap gap-1">
          {done.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal values may repeat.
            <li className="flex max-w-full items-center rounded bg-selected pl-2" key={index}>
              <span className="min-w-0 truncate">{one.text}</span>
              <button
                aria-label={`Remove ${one.text}`}
                className="icon-button size-6"
                onClick={() => onChange(values.filter((_, place) => place !== index))}
                type="button"
              >
                <X size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ValueField
        describedBy={props.describedBy}
        hint={rangeOf(language.find(draft.key))}
        label="Another value"
        offers={offers}
        onChange={(text) => onChange(text === '' ? done : [...done, { text }])}
        onEnter={() => {
          if (written === '') props.onDone()
          else onChange([...done, { text: written, isDone: true }])
        }}
        onOffer={take}
        text={written}
      />
    </div>
  )
}
