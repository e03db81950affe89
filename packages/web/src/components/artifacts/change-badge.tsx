import type { ReactElement } from 'react'
import type { ChangeKind } from '../../view/artifacts/compare-versions.ts'

const looks: Readonly<Record<ChangeKind, string>> = {
  added: 'bg-(--added)',
  removed: 'bg-bad-surface',
  changed: 'bg-waiting-surface',
  same: 'text-muted',
}

/** Whether something was added, removed or changed, in a word. */
export function ChangeBadge({ kind }: { readonly kind: ChangeKind }): ReactElement {
  return <span className={`rounded px-1.5 text-sm ${looks[kind]}`}>{kind}</span>
}
