import type { RunSummary } from '@lossline/protocol'
import type { ReactNode } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import type { SharedRanges, YShare } from '../../view/chart/shared-ranges.ts'
import type { CountedRuns } from '../../view/runs/counted-runs.ts'
import type { DrawnRunSet } from '../../view/runs/drawn-sets.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import type { AppliedSettings } from '../../view/workspace/panel-settings.ts'
import type { ShownPanel } from '../../view/workspace/show-workspace.ts'
import type { PanelSettings } from '../../view/workspace/workspace.ts'

/** What every panel of a page is drawn with. */
export interface PanelContext {
  readonly address: ProjectAddress
  /** Others that runs are of. Default: none. */
  readonly otherProjects?: readonly ProjectAddress[]
  /** Those that are to be drawn, by their keys (`run-key.ts`), as wherever a panel names runs. */
  readonly runs: readonly RunSummary[]
  /** The sets that they are of, in their order; undefined: all are of one, about which the view is. */
  readonly runSets?: readonly DrawnRunSet[] | undefined
  /** The filter of the one set that the panel is about; undefined: it is that of the view. */
  readonly query?: string
  /** The project whose runs the filter is about. Default: the panel's own. */
  readonly queryAt?: ProjectAddress
  /** The runs of all sets, as far as sections count them; undefined: all runs of the project, and no others. */
  readonly countedRuns?: readonly CountedRuns[] | undefined
  readonly view: ViewState
  readonly store: ViewStore
  /** What the runs have logged. */
  readonly metrics: MetricsByName
  /** Names the runs under a chart: where no list beside it does. */
  readonly hasLegend: boolean
  /** The panel has the whole screen. */
  readonly isFullScreen?: boolean
  readonly onOnlyRun: (key: string) => void
  /** Draws some of the runs alone. Undefined: runs are not chosen here. */
  readonly onOnlyRuns?: (keys: readonly string[]) => void
  /** Makes a run the one that others are compared with. Default: it is kept in the address. */
  readonly setBaseline?: (key: string) => void
  /** Charts draw the first runs of more, and how to draw others. Undefined: they draw what somebody chose. */
  readonly cap?: { readonly total: number; readonly show: (choice: number | 'all') => void } | undefined
  /** Draws runs or leaves them out, in all charts. Undefined: runs are not chosen here. */
  readonly setRunsShown?: ((keys: readonly string[], isShown: boolean) => void) | undefined
  /** What can be done with a panel that fails; undefined as with `changePanel`. */
  readonly repairs?:
    | { readonly edit: (panelId: string) => void; readonly remove: (panelId: string) => void }
    | undefined
  /** Changes the JSON of a panel; undefined: what the page shows is not arranged by anybody. */
  readonly changePanel?: ((panelId: string, change: (config: JsonObject) => JsonObject) => void) | undefined
  /** Changes settings where they hold for this panel. Default: in the view. */
  readonly applySettings?: ((settings: AppliedSettings) => void) | undefined
  /** Where line charts of a section get a range of y that they have in common. Undefined: each has its own. */
  readonly yRanges?: SharedRanges | undefined
  /** The range of y that this panel has in common with others. */
  readonly yShare?: YShare | undefined
  /** Ends of x that hold for this panel. */
  readonly xEnds?: Pick<PanelSettings, 'xMin' | 'xMax'> | undefined
}

/** What the component of a kind gets. */
export interface PanelProps<Config = unknown> {
  readonly panel: ShownPanel
  readonly config: Config
  /** Its `view` is what holds for this panel, those of its section and its own settings included. */
  readonly context: PanelContext
  /** Buttons for the end of the panel's heading. */
  readonly menu: ReactNode
}

/** What the settings of a kind get. */
export interface PanelSettingsProps {
  readonly config: JsonObject
  readonly metrics: MetricsByName
  /** With the whole JSON, of which what is not known stays. */
  readonly onChange: (config: JsonObject) => void
}
