import { defaultViewState, type ViewState } from '../address/url-state.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'

/** How a workspace is made up, as far as nothing is above it that could say so. */
type WorkspaceSetting = 'isAutomatic' | 'sectionBy' | 'isSorted'
/** What all line charts show beside their lines. */
type ChartOption =
  | 'showsMarks'
  | 'showsBest'
  | 'breaksGaps'
  | 'showsOriginal'
  | 'drawsEveryStroke'
  | 'sharesYRange'
  | 'joinsAsLogged'
  | 'syncsZoom'
  | 'tooltipOrder'

/** Whether a setting of a workspace is as nobody has chosen it. */
export function isDefaultSetting(workspace: Workspace, key: WorkspaceSetting): boolean {
  return workspace[key] === emptyWorkspace[key]
}

/** The workspace's setting as it is where nobody has chosen one. */
export function defaultSetting(key: WorkspaceSetting): Partial<Workspace> {
  return { [key]: emptyWorkspace[key] }
}

/** Whether an option of charts is as nobody has chosen it. */
export function isDefaultOption(view: Pick<ViewState, ChartOption>, key: ChartOption): boolean {
  return view[key] === defaultViewState[key]
}

/** The option as it is where nobody has chosen one. */
export function defaultOption(key: ChartOption): Partial<ViewState> {
  return { [key]: defaultViewState[key] }
}
