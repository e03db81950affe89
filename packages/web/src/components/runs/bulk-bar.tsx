import type { RunsChangeRequest } from '@lossline/protocol'
import {
  Archive,
  ArchiveRestore,
  Columns2,
  Eye,
  EyeOff,
  FolderInput,
  FolderOutput,
  Octagon,
  Tag,
  Trash2,
  X,
} from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { MarkedRuns } from '../../hooks/runs/use-marked-runs.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { hueNames } from '../../view/chart/palette.ts'
import { comparedRunCountMax } from '../../view/compare/compare-state.ts'
import { archivedTag } from '../../view/runs/archive.ts'
import { formatCount } from '../../view/text/format.ts'
import { type AskedName, BulkNameForm } from './bulk-name-form.tsx'

/** What can be done with the runs that are marked. */
export function BulkBar(props: {
  readonly count: number
  /** Runs that match, whether marked or not. */
  readonly total: number
  readonly marked: MarkedRuns
  /** All of them are put aside already. */
  readonly areArchived: boolean
  readonly onSelectAll: () => void
  readonly onClear: () => void
  /** Undefined: fewer than two are marked. */
  readonly onCompare: (() => void) | undefined
  /** The menu that saves them. */
  readonly exportMenu: ReactNode
}): ReactElement {
  const { count, total, marked, areArchived } = props
  const [asked, setAsked] = useState<AskedName>()
  useShortcut('escape', props.onClear)
  const refusal = useRefusal()
  const button = (icon: ReactNode, label: string, act: () => void, title?: string): ReactElement => (
    <button className="button" onClick={act} title={title} type="button">
      {icon} {label}
    </button>
  )
  /** What changes runs is shown disabled, with the reason, to whoever may only look. */
  const change = (icon: ReactNode, label: string, act: () => void, title?: string): ReactElement => (
    <button className="button" disabled={refusal !== undefined} onClick={act} title={refusal ?? title} type="button">
      {icon} {label}
    </button>
  )
  return (
    <section
      aria-label="Selected runs"
      className="flex max-h-[40vh] shrink-0 flex-wrap items-center gap-2 overflow-y-auto border-line border-t bg-selected px-3 py-2"
    >
      <span className="font-medium">
        {count === total && count > 1 ? `All ${formatCount(count, 'run')}` : formatCount(count, 'run')} selected
      </span>
      {count < total && (
        <button className="link-text mr-1" onClick={props.onSelectAll} type="button">
          Select all {total.toLocaleString('en-US')} matching
        </button>
      )}
      {asked === undefined ? (
        // On narrow screens one line, which goes sideways.
        <div className="contents *:shrink-0 max-sm:order-last max-sm:flex max-sm:w-full max-sm:gap-2 max-sm:overflow-x-auto">
          {props.onCompare &&
            button(
              <Columns2 size={14} />,
              count > comparedRunCountMax ? `Compare the first ${comparedRunCountMax}` : 'Compare',
              props.onCompare,
              'Compare (C)',
            )}
          {button(<Eye size={14} />, 'Show', () => marked.show(true), 'Show in charts')}
          {button(<EyeOff size={14} />, 'Hide', () => marked.show(false), 'Leave out of charts')}
          {change(<Tag size={14} />, 'Tag', () => setAsked('tag'))}
          {change(<FolderInput size={14} />, 'Group', () => setAsked('group'))}
          <ColorSelect onChange={marked.change} refusal={refusal} />
          {props.exportMenu}
          {change(<FolderOutput size={14} />, 'Move', () => setAsked('project'))}
          {change(<Octagon size={14} />, 'Stop', marked.stop)}
          {areArchived
            ? change(<ArchiveRestore size={14} />, 'Unarchive', () =>
                marked.change({ removeTags: [archivedTag] }, 'taken out of the archive'),
              )
            : change(
                <Archive size={14} />,
                'Archive',
                () => marked.change({ addTags: [archivedTag] }, 'archived'),
                `Put aside with the tag ${archivedTag}; lists can leave them out`,
              )}
          {change(<Trash2 size={14} />, 'Move to trash', marked.discard, 'They can be restored for 30 days')}
        </div>
      ) : (
        <BulkNameForm
          kind={asked}
          onCancel={() => setAsked(undefined)}
          onName={(name, isRemoved) => {
            setAsked(undefined)
            if (asked === 'project') marked.move(name)
            else if (asked === 'group')
              marked.change({ group: name }, name === '' ? 'taken out of their groups' : `put into group ${name}`)
            else if (isRemoved) marked.change({ removeTags: [name] }, `no longer tagged ${name}`)
            else marked.change({ addTags: [name] }, `tagged ${name}`)
          }}
        />
      )}
      <button
        aria-label="Select none"
        className="icon-button ml-auto"
        onClick={props.onClear}
        title="Select none (Esc)"
        type="button"
      >
        <X size={15} />
      </button>
    </section>
  )
}

function ColorSelect(props: {
  readonly onChange: (change: Omit<RunsChangeRequest, 'of'>, done: string) => void
  /** Why nothing can be changed; undefined: it can. */
  readonly refusal: string | undefined
}): ReactElement {
  return (
    <select
      aria-label="Colour"
      className="control"
      disabled={props.refusal !== undefined}
      onChange={({ target }) => props.onChange({ color: target.value === 'own' ? '' : target.value }, 'coloured')}
      title={props.refusal}
      value=""
    >
      <option disabled value="">
        Colour…
      </option>
      {hueNames.map((name, i) => (
        <option key={name} value={`hue-${i + 1}`}>
          {name}
        </option>
      ))}
      <option value="own">As their numbers say</option>
    </select>
  )
}
