import { Parentheses } from 'lucide-react'
import type { ReactElement } from 'react'
import { sayPart } from '../../view/filter/chip-words.ts'
import {
  type behindNot,
  isGroup,
  negated,
  partAt,
  type QueryGroup,
  type QueryPath,
  withPart,
} from '../../view/filter/edit-query.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import type { ChipContext } from './chip-context.ts'
import { NotWords, removeByKey } from './chip-parts.tsx'

/** What can be done with a group as a whole. */
export function GroupMenu(props: {
  readonly context: ChipContext
  readonly group: QueryGroup
  /** Of the group with its `not`. */
  readonly path: QueryPath
  readonly inner: ReturnType<typeof behindNot>
}): ReactElement {
  const { context, group, path, inner } = props
  const { root, change } = context
  const stop = context.stopOf(path, 'group')
  const remove = (): void => context.remove(withPart(root, path, undefined), stop['data-stop'])
  const part = partAt(root, path) ?? group
  const parent = partAt(root, path.slice(0, -1))
  const dissolve = (): void => {
    if (parent === undefined || !isGroup(parent)) return
    const of = parent.of.flatMap((one, index) => (index === path.at(-1) ? group.of : [one]))
    context.remove(withPart(root, path.slice(0, -1), { kind: parent.kind, of }), stop['data-stop'])
  }
  const canDissolve = inner.notCount === 0 && (group.of.length < 2 || parent?.kind === group.kind)
  return (
    <PopoverButton
      buttonProps={{
        ...stop,
        onKeyDown: removeByKey(remove),
      }}
      className="inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded px-1 text-muted hover:bg-hover hover:text-text"
      face={
        <>
          <NotWords count={inner.notCount} />
          <Parentheses size={14} />
        </>
      }
      label={sayPart(part, context.language)}
      panelClassName="w-56 p-2"
      title="Group: all or one must hold, not, remove"
    >
      {(close) => (
        <div className="flex flex-col gap-2">
          <fieldset className="flex flex-col gap-1">
            <legend className="pb-1 text-muted text-sm">In this group</legend>
            {(['and', 'or'] as const).map((kind) => (
              <label className="flex min-h-6 items-center gap-2" key={kind}>
                <input
                  checked={group.kind === kind}
                  className="accent-accent"
                  name={stop['data-stop']}
                  onChange={() => change(withPart(root, inner.path, { kind, of: group.of }))}
                  type="radio"
                />
                {kind === 'and' ? 'all must hold (and)' : 'one must hold (or)'}
              </label>
            ))}
          </fieldset>
          <label className="flex min-h-6 items-center gap-2">
            <input
              checked={inner.notCount > 0}
              className="accent-accent"
              onChange={() => change(withPart(root, path, negated(part)))}
              type="checkbox"
            />
            not: the group must not hold
          </label>
          <div className="flex justify-end gap-2">
            {canDissolve && (
              <button
                className="button"
                onClick={() => {
                  close()
                  dissolve()
                }}
                type="button"
              >
                Ungroup
              </button>
            )}
            <button
              className="button danger-button"
              onClick={() => {
                close()
                remove()
              }}
              type="button"
            >
              Remove
            </button>
          </div>
        </div>
      )}
    </PopoverButton>
  )
}
