import type { RunSummary } from '@lossline/protocol'
import type { ReactNode } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/url-state.ts'
import type { ViewStore } from '../../view/view-store.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import type { ShownPanel } from '../../view/workspace/show-workspace.ts'

/** What every panel of a page is drawn with. */
export interface PanelContext {
  readonly address: ProjectAddress
  /** Those that are to be drawn. */
  readonly runs: readonly RunSummary[]
  readonly view: ViewState
  readonly store: ViewStore
  /** What the runs have logged. */
  readonly metrics: MetricsByName
  /** Names the runs under a chart: where no list beside it does. */
  readonly hasLegend: boolean
  readonly onOnlyRun: (runId: string) => void
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
