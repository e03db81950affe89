import type { ReactElement } from 'react'
import {
  behindNot,
  isGroup,
  otherKind,
  type QueryGroup,
  type QueryPath,
  withAdded,
  withPart,
} from '../../view/filter/edit-query.ts'
import { AddCondition } from './add-condition.tsx'
import type { ChipContext } from './chip-context.ts'
import { ConditionChip } from './condition-chip.tsx'
import { GroupMenu } from './group-menu.tsx'

/** The parts of a group, with what joins them between, and a button to add one. */
export function ChipGroup(props: {
  readonly context: ChipContext
  readonly group: QueryGroup
  readonly path: QueryPath
  readonly openRef?: { current: (() => void) | null }
}): ReactElement {
  const { context, group, path } = props
  const { root, change } = context
  return (
    <>
      {group.of.map((part, index) => {
        const place = [...path, index]
        const inner = behindNot(part, place)
        const { part: shown } = inner
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place.
          <span className="inline-flex min-w-0 max-w-full items-center gap-1" key={index}>
            {index > 0 && (
              <button
                aria-label={`${group.kind}: change to ${otherKind(group.kind)}`}
                className="h-6 rounded px-1 text-muted text-sm hover:bg-hover hover:text-text"
                onClick={() => change(withPart(root, path, { kind: otherKind(group.kind), of: group.of }))}
                title={
                  group.kind === 'and'
                    ? 'All of these must hold. Change to: one must hold'
                    : 'One of these must hold. Change to: all must hold'
                }
                type="button"
                {...(index === 1 ? context.stopOf(path, 'join') : { tabIndex: -1 })}
              >
                {group.kind}
              </button>
            )}
            {isGroup(shown) ? (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is laid out in a way of its own.
              <div
                aria-label={shown.kind === 'and' ? 'All must hold' : 'One must hold'}
                className="flex min-w-0 flex-wrap items-center gap-1 rounded-md border border-line-strong border-dashed p-px"
                role="group"
              >
                <GroupMenu context={context} group={shown} inner={inner} path={place} />
                <ChipGroup context={context} group={shown} path={inner.path} />
              </div>
            ) : (
              <ConditionChip condition={shown} context={context} inner={inner} path={place} />
            )}
          </span>
        )
      })}
      <AddCondition
        context={context}
        onAdd={(condition) => change(withAdded(root, path, condition))}
        onAddGroup={() => change(withAdded(root, path, { kind: otherKind(group.kind), of: [] }))}
        path={path}
        {...(props.openRef && { openRef: props.openRef })}
      />
    </>
  )
}
