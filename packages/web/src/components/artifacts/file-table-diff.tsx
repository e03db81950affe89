import type { ArtifactVersionDetail } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { useAddress } from '../../hooks/use-address.ts'
import { type ComparedTableState, comparedTableCodec } from '../../view/artifacts/compare-state.ts'
import { fileTableCodec } from '../../view/tables/table-state.ts'
import { type NamedTable, SeveralTables } from '../tables/several-tables.tsx'

const modes: readonly { readonly mode: ComparedTableState['mode']; readonly label: string }[] = [
  { mode: 'compare', label: 'Side by side' },
  { mode: 'concat', label: 'Behind each other' },
  { mode: 'separate', label: 'Separate' },
]

/** How the rows of a table differ between two versions. */
export function FileTableDiff(props: {
  readonly path: string
  readonly before: ArtifactVersionDetail
  readonly after: ArtifactVersionDetail
}): ReactElement {
  const { path, before, after } = props
  const [{ mode, joinColumn }, store] = useAddress(comparedTableCodec)
  const [state, view] = useAddress(fileTableCodec)
  const tables = useMemo(
    () =>
      [before, after].map(
        ({ id, version }): NamedTable => ({ name: version, place: { kind: 'version', artifactId: id, path } }),
      ),
    [before, after, path],
  )
  return (
    <section
      aria-label={`Changes of ${path}`}
      className="flex h-[min(720px,80vh)] flex-col rounded-lg border border-line bg-panel p-3"
    >
      <div className="flex shrink-0 flex-wrap items-center gap-2">
        <h3 className="mr-auto min-w-0 truncate font-mono text-sm">{path}</h3>
        {modes.map((one) => (
          <button
            aria-pressed={one.mode === mode}
            className="button"
            key={one.mode}
            onClick={() => store.update({ mode: one.mode })}
            type="button"
          >
            {one.label}
          </button>
        ))}
      </div>
      <SeveralTables
        isCompact={false}
        joinColumn={joinColumn}
        key={mode}
        kin="Version"
        label={`Changes of ${path}`}
        mode={mode}
        onChange={(patch) => view.update(patch)}
        onJoinColumn={(column) => store.update({ joinColumn: column })}
        state={state}
        tables={tables}
      />
    </section>
  )
}
