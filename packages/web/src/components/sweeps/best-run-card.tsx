import type { SweepBestRun, SweepDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { chosenValues, configTexts } from '../../view/sweeps/config-texts.ts'
import { formatNumber } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { CopyButton } from '../controls/copy-button.tsx'

/** The run with the best value so far, what it was given, and how to use that again. */
export function BestRunCard(props: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
  readonly best: SweepBestRun
}): ReactElement {
  const { address, sweep, best } = props
  const theme = useTheme()
  const run = useQuery(runQuery(address, best.runId))
  const values = run.data ? chosenValues(run.data.run.config, sweep.parameters) : []
  const texts = configTexts(values)
  return (
    <section aria-label="Best run" className="rounded-lg border border-line bg-panel p-3">
      <h2 className="mb-1 font-semibold">Best run</h2>
      <p className="flex items-center gap-2">
        <Swatch style={styleOfRun(best, theme)} />
        <Link
          className="truncate hover:underline"
          params={{ ...address, runId: best.runId }}
          to="/$entity/$project/runs/$runId"
        >
          {best.displayName}
        </Link>
      </p>
      <p className="my-1">
        <span className="text-muted">{sweep.metric?.name}</span>{' '}
        <strong className="text-lg">{formatNumber(best.value)}</strong>
      </p>
      {values.length > 0 && (
        <>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-line border-t pt-2">
            {values.map(([name, value]) => (
              <div className="contents" key={name}>
                <dt className="break-all text-muted">{name}</dt>
                <dd className="break-all font-mono">{JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 text-muted text-sm">
            Copy as
            {(['json', 'yaml', 'flags'] as const).map((form) => (
              <span className="inline-flex items-center" key={form}>
                {formNames[form]}
                <CopyButton label={`Copy the settings as ${formNames[form]}`} text={texts[form]} />
              </span>
            ))}
          </p>
        </>
      )}
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <Link className="link-text" params={{ ...address, runId: best.runId }} to="/$entity/$project/runs/$runId">
          Open
        </Link>
        <Link
          className="link-text"
          params={address}
          search={{ q: `run.sweep = ${JSON.stringify(sweep.name)}`, b: best.runId } as never}
          title="Compare the other runs of the sweep with it"
          to="/$entity/$project/table"
        >
          Use as baseline
        </Link>
      </p>
    </section>
  )
}

const formNames = { json: 'JSON', yaml: 'YAML', flags: 'CLI' } as const
