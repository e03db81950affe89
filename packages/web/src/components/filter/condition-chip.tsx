import { X } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { chipWords, sayPart } from '../../view/filter/chip-words.ts'
import { readDraft, toDraft } from '../../view/filter/condition-draft.ts'
import {
  type behindNot,
  negated,
  otherKind,
  partAt,
  type QueryCondition,
  type QueryPath,
  toGroup,
  withPart,
} from '../../view/filter/edit-query.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import type { ChipContext } from './chip-context.ts'
import { NotWords, removeByKey } from './chip-parts.tsx'
import { ConditionEditor, type EditedCondition } from './condition-editor.tsx'

/** A condition: what it asks, a window to change it, and a button to take it away. */
export function ConditionChip(props: {
  readonly context: ChipContext
  readonly condition: QueryCondition
  /** Of the part with its `not`. */
  readonly path: QueryPath
  readonly inner: ReturnType<typeof behindNot>
}): ReactElement {
  const { context, condition, path, inner } = props
  const { language, root } = context
  /** With the part that is edited: a click that closes the window may take a part away first, and another one has its place then. */
  const edited = useRef<EditedCondition & { readonly of: string }>(undefined)
  const words = chipWords(condition, language)
  const part = partAt(root, path) ?? condition
  const said = sayPart(part, language)
  const stop = context.stopOf(path, 'chip')
  const remove = (): void => {
    edited.current = undefined
    context.remove(withPart(root, path, undefined), stop['data-stop'])
  }
  const commit = (): void => {
    if (edited.current === undefined) return
    const { draft, isNegated, of } = edited.current
    edited.current = undefined
    if (of !== JSON.stringify(part)) return
    const reading = readDraft(draft, language)
    if (reading.kind !== 'whole') return
    const changed = withPart(root, inner.path, reading.condition)
    const isSame = isNegated === inner.notCount > 0
    context.change(isSame ? changed : withPart(changed, path, negated(partAt(changed, path) ?? reading.condition)))
  }
  /** The condition in a group of its own, to add alternatives to it. */
  const wrap = (): void => {
    const parent = toGroup(partAt(root, path.slice(0, -1)))
    context.change(withPart(root, path, { kind: otherKind(parent.kind), of: [part] }))
  }
  return (
    <span className="inline-flex h-6 min-w-0 max-w-full items-center rounded bg-selected">
      <PopoverButton
        buttonProps={{
          ...stop,
          onKeyDown: removeByKey(remove),
        }}
        className="flex h-6 min-w-0 items-center gap-1 rounded-l pr-0.5 pl-2 hover:bg-hover"
        face={
          <>
            <NotWords count={inner.notCount} />{' '}
            {words.key !== '' && <span className="min-w-0 truncate">{words.key}</span>}{' '}
            {words.operator !== '' && <span className="shrink-0 text-muted">{words.operator}</span>}{' '}
            {words.value !== '' && <span className="min-w-0 truncate font-medium">{words.value}</span>}
          </>
        }
        label={said}
        onClose={commit}
        panelClassName="w-[min(320px,calc(100vw-12px))] p-2"
        title={`${said}. Click to edit`}
      >
        {(close) => {
          const leave = (then: () => void) => (): void => {
            edited.current = undefined
            close()
            then()
          }
          return (
            <ConditionEditor
              initial={{ draft: toDraft(condition), isNegated: inner.notCount > 0 }}
              language={language}
              onCancel={leave(() => {})}
              onChange={(next) => {
                edited.current = { ...next, of: JSON.stringify(part) }
              }}
              onDone={close}
              onRemove={leave(remove)}
              onWrap={context.isDeep(path) ? undefined : leave(wrap)}
            />
          )
        }}
      </PopoverButton>
      <button
        aria-label={`Remove ${said}`}
        className="icon-button size-6 rounded-l-none"
        onClick={remove}
        tabIndex={-1}
        title="Remove"
        type="button"
      >
        <X size={13} />
      </button>
    </span>
  )
}
