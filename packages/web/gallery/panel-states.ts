/** A state that panels of every kind can be in, made by what the server of the gallery holds or how it answers. */
export interface PanelState {
  readonly name: 'usual' | 'live' | 'partial' | 'large' | 'empty' | 'loading' | 'error'
  readonly meaning: string
  /** Whose runs and metrics are shown. */
  readonly project: string
  /** The project that panels ask for their data. Default: `project`. */
  readonly askedProject?: string
}

/** Projects that `withFaults` answers for, instead of the server. */
export const neverAnswers = 'never-answers'
export const alwaysFails = 'always-fails'

/** In the order in which they are shown. Their projects are filled by `fillServer`. */
export const panelStates: readonly PanelState[] = [
  { name: 'usual', meaning: 'finished runs that have everything', project: 'usual' },
  { name: 'live', meaning: 'a run that goes on', project: 'live' },
  { name: 'partial', meaning: 'half of the runs have it, and not everything is finite', project: 'partial' },
  { name: 'large', meaning: 'all of 60 runs, long series, tables and media', project: 'large' },
  { name: 'empty', meaning: 'runs that logged something else', project: 'empty' },
  { name: 'loading', meaning: 'the server takes its time', project: 'usual', askedProject: neverAnswers },
  { name: 'error', meaning: 'the server cannot answer', project: 'usual', askedProject: alwaysFails },
]
