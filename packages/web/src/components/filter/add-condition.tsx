import type { RunQueryNode } from '@lossline/protocol'
import { Plus } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { emptyDraft, readDraft } from '../../view/filter/condition-draft.ts'
import { negated, type QueryPath } from '../../view/filter/edit-query.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import type { ChipContext } from './chip-context.ts'
import { ConditionEditor, type EditedCondition } from './condition-editor.tsx'

/** A button that opens a new condition, which is added when its window closes. */
export function AddCondition(props: {
  readonly context: ChipContext
  /** Of the group that it is added to. */
  readonly path: QueryPath
  readonly onAdd: (condition: RunQueryNode) => void
  readonly onAddGroup: () => void
  readonly openRef?: { current: (() => void) | null }
}): ReactElement {
  const { context, path } = props
  const { language, root } = context
  const edited = useRef<EditedCondition>(undefined)
  const isFirst = path.length === 0 && root.of.length === 0
  const add = (): void => {
    if (edited.current === undefined) return
    const { draft, isNegated } = edited.current
    edited.current = undefined
    const reading = readDraft(draft, language)
    if (reading.kind === 'whole') props.onAdd(isNegated ? negated(reading.condition) : reading.condition)
  }
  return (
    <PopoverButton
      buttonProps={context.stopOf(path, 'add')}
      className="inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded px-1 text-muted hover:bg-hover hover:text-text"
      face={
        <>
          <Plus size={14} />
          {isFirst && <span className="pr-1">Add a condition</span>}
        </>
      }
      label={path.length === 0 ? 'Add a condition' : 'Add a condition to the group'}
      onClose={add}
      panelClassName="w-[min(320px,calc(100vw-12px))] p-2"
      {...(props.openRef && { openRef: props.openRef })}
    >
      {(close) => (
        <ConditionEditor
          initial={{ draft: emptyDraft, isNegated: false }}
          isNew
          language={language}
          onAddGroup={
            context.isDeep(path)
              ? undefined
              : () => {
                  close()
                  props.onAddGroup()
                }
          }
          onCancel={() => {
            edited.current = undefined
            close()
          }}
          onChange={(next) => {
            edited.current = next
          }}
          onDone={close}
        />
      )}
    </PopoverButton>
  )
}
