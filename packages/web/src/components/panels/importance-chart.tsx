import type { RunImportanceResponse } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { shortKey } from '../../view/panels/axis-key.ts'
import { formatCount } from '../../view/text/format.ts'
import { PanelMessage } from './panel-message.tsx'

/** Parameters with the share that each has in a result, and whether the result rises or falls with it. */
export function ImportanceChart(props: {
  readonly found: RunImportanceResponse
  readonly outcome: string
}): ReactElement {
  const { runCount, runCountMin, parameters } = props.found
  if (runCount < runCountMin) {
    return (
      <PanelMessage>
        {formatCount(runCount, 'run has', 'runs have')} a number for {shortKey(props.outcome)}. With fewer than{' '}
        {runCountMin} runs, chance says more than the parameters.
      </PanelMessage>
    )
  }
  if (parameters.length === 0) return <PanelMessage>No setting differs between these {runCount} runs.</PanelMessage>
  return (
    <table className="w-full text-sm">
      <caption className="px-3 pb-1 text-left text-muted">
        {formatCount(runCount, 'run')}. Importance: permutation in a random forest. Correlation: Spearman’s.
      </caption>
      <thead className="sr-only">
        <tr>
          <th>Parameter</th>
          <th>Importance</th>
          <th>Correlation</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ key, importance, correlation }) => (
          <tr key={key}>
            <th className="max-w-36 truncate py-0.5 pr-2 pl-3 text-right font-normal" scope="row" title={key}>
              {shortKey(key)}
            </th>
            <td className="w-1/2">
              <span className="flex items-center gap-2">
                <span className="block h-3.5 min-w-0 flex-1">
                  <span className="block h-full rounded-sm bg-accent" style={{ width: `${importance * 100}%` }} />
                </span>
                <span className="w-10 shrink-0 text-right">{importance.toFixed(2)}</span>
              </span>
            </td>
            <td className="w-1/4 pr-3 pl-3">
              {correlation === null ? (
                <span className="block text-right text-muted">–</span>
              ) : (
                <span className="flex items-center gap-2">
                  <Signed value={correlation} />
                  <span className="w-11 shrink-0 text-right">
                    {correlation > 0 ? '+' : correlation < 0 ? '−' : ''}
                    {Math.abs(correlation).toFixed(2)}
                  </span>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A bar from the middle, to the right for rising together and to the left for the other way. */
function Signed({ value }: { readonly value: number }): ReactElement {
  const width = Math.abs(value) * 50
  return (
    <span aria-hidden="true" className="relative block h-3.5 min-w-0 flex-1">
      <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
      <span
        className={`absolute inset-y-0.5 rounded-sm ${value > 0 ? 'bg-accent' : 'bg-waiting'}`}
        style={{ left: `${value > 0 ? 50 : 50 - width}%`, width: `${width}%` }}
      />
    </span>
  )
}
