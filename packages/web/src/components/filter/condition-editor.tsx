import {
  operatorsOf,
  operatorWords,
  type QueryKeyHolds,
  type QueryLanguage,
  type QueryOperator,
} from '@lossline/protocol'
import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useId, useState } from 'react'
import { type ConditionDraft, readDraft, withKey } from '../../view/filter/condition-draft.ts'
import { KeyStep } from './key-step.tsx'
import { ValueEditor } from './value-editor.tsx'

/** A condition as it is being edited. */
export interface EditedCondition {
  readonly draft: ConditionDraft
  readonly isNegated: boolean
}

/**
 * Which key, how it is compared, and with what. Enter and a click elsewhere are for taking it, Escape for leaving it as it was; both
 * are up to the window that it is in.
 */
export function ConditionEditor(props: {
  readonly language: QueryLanguage
  readonly initial: EditedCondition
  readonly isNew?: boolean
  readonly onChange: (edited: EditedCondition) => void
  readonly onDone: () => void
  readonly onCancel: () => void
  readonly onRemove?: () => void
  /** Puts the condition into a group of its own. */
  readonly onWrap?: (() => void) | undefined
  /** Adds a group in place of the condition. */
  readonly onAddGroup?: (() => void) | undefined
}): ReactElement {
  const { language, isNew = false } = props
  const [edited, setEdited] = useState(props.initial)
  const [isChoosing, setIsChoosing] = useState(isNew)
  const id = useId()
  const { draft, isNegated } = edited
  const info = draft.kind === 'key' ? language.find(draft.key) : undefined
  const reading = readDraft(draft, language)
  const change = (next: Partial<EditedCondition>): void => {
    const all = { ...edited, ...next }
    setEdited(all)
    props.onChange(all)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (isChoosing && !isNew) setIsChoosing(false)
    else props.onCancel()
  }
  if (isChoosing) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: keys that the field inside does not take.
      <div onKeyDown={onKeyDown}>
        <KeyStep
          keys={language.keys}
          onGroup={props.onAddGroup}
          onKey={(chosen) => {
            change({ draft: withKey(draft, chosen, info) })
            setIsChoosing(false)
          }}
          onWords={(text) => {
            change({ draft: { kind: 'words', text } })
            setIsChoosing(false)
          }}
        />
      </div>
    )
  }
  const operators: readonly QueryOperator[] =
    draft.kind === 'words' ? [] : [...new Set([...(info?.operators ?? operatorsOf.any), draft.operator])]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that the fields inside do not take.
    <div className="flex flex-col gap-2" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-2">
        <button
          aria-label={`Key: ${draft.kind === 'words' ? 'words anywhere' : draft.key}. Change`}
          className="button min-w-0 flex-1 justify-between"
          onClick={() => setIsChoosing(true)}
          title="Choose another key"
          type="button"
        >
          <span className="min-w-0 truncate">{draft.kind === 'words' ? 'Words anywhere' : draft.key}</span>
          <ChevronDown className="shrink-0 text-muted" size={14} />
        </button>
        {draft.kind === 'key' && (
          <select
            aria-label="Operator"
            className="control shrink-0"
            onChange={({ target }) => change({ draft: { ...draft, operator: target.value as QueryOperator } })}
            value={draft.operator}
          >
            {operators.map((operator) => (
              <option key={operator} value={operator}>
                {operatorLabel(operator, info?.holds)}
              </option>
            ))}
          </select>
        )}
      </div>
      <ValueEditor
        describedBy={`${id}-problem`}
        draft={draft}
        language={language}
        onChange={(next) => change({ draft: next })}
        onDone={props.onDone}
      />
      {reading.kind === 'incomplete' && (
        <p className="text-muted text-sm" id={`${id}-problem`}>
          {reading.message}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <label className="mr-auto flex min-h-6 items-center gap-1.5">
          <input
            checked={isNegated}
            className="accent-accent"
            onChange={({ target }) => change({ isNegated: target.checked })}
            type="checkbox"
          />
          not
        </label>
        {props.onWrap && (
          <button className="button" onClick={props.onWrap} title="Put it into a group of its own" type="button">
            Group
          </button>
        )}
        {props.onRemove && (
          <button className="button danger-button" onClick={props.onRemove} type="button">
            Remove
          </button>
        )}
        <button className="button" disabled={reading.kind === 'incomplete'} onClick={props.onDone} type="button">
          {isNew ? 'Add' : 'Done'}
        </button>
      </div>
    </div>
  )
}

const timeWords: Partial<Readonly<Record<QueryOperator, string>>> = {
  '<': 'before',
  '<=': 'at or before',
  '>': 'after',
  '>=': 'at or after',
}

/** The sign of an operator and what it says; one that is a word says so itself. */
function operatorLabel(operator: QueryOperator, holds: QueryKeyHolds | undefined): string {
  const word = (holds === 'time' ? timeWords[operator] : undefined) ?? operatorWords[operator]
  return /[a-z]/.test(operator) ? word : `${operator} ${word}`
}
