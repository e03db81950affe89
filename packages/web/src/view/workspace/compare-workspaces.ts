import type { SearchParams } from '../address/url-state.ts'
import { coloringKeys, type RunColoring } from '../runs/run-coloring.ts'
import { formatCount } from '../text/format.ts'
import { isSameJson } from './json.ts'
import type { Workspace, WorkspacePanel, WorkspaceRunSet } from './workspace.ts'
import { differingKeys } from './workspace-address.ts'

/** One thing that two states of a view do not have in common. */
export interface WorkspaceDifference {
  /** Names it among the others. */
  readonly id: string
  readonly what: string
  /** How it is in each; undefined: it is not there. */
  readonly mine: string | undefined
  readonly theirs: string | undefined
}

type RunSets = readonly WorkspaceRunSet[]

/** What the address of a page says of its runs and charts. */
const paramNames: Readonly<Record<string, string>> = {
  q: 'Filter of runs',
  s: 'Order of runs',
  g: 'Grouping',
  col: 'Columns of the runs table',
  b: 'Baseline',
  p: 'Pinned runs',
  r: 'Visible runs',
  x: 'X axis',
  sm: 'Smoothing',
  lx: 'Log x axis',
  ly: 'Y scale',
  o: 'Ignoring outliers',
  mk: 'Moments of runs',
  bp: 'Best points',
  gp: 'Gaps',
  tt: 'Order of the tooltip',
}

/**
 * Compares what somebody has on the page with what somebody else has saved.
 *
 * @param titleOf - What a panel is called.
 */
export function compareWorkspaces(
  mine: Workspace,
  theirs: Workspace,
  titleOf: (panel: WorkspacePanel) => string,
): readonly WorkspaceDifference[] {
  return [
    ...compareParams(mine.params, theirs.params),
    ...compareRunSets(mine.runSets, theirs.runSets),
    ...compareChoices(mine, theirs),
    ...compareSections(mine, theirs),
    ...comparePanels(mine, theirs, titleOf),
  ]
}

/** @param of - The set of runs that they are about, where there are several. */
function compareParams(
  mine: SearchParams,
  theirs: SearchParams,
  of?: { readonly id: string; readonly name: string },
): readonly WorkspaceDifference[] {
  return differingKeys(mine, theirs).map((key) => ({
    id: `param ${key}${of ? ` ${of.id}` : ''}`,
    what: `${paramNames[key] ?? key}${of ? ` of ${of.name}` : ''}`,
    mine: mine[key],
    theirs: theirs[key],
  }))
}

function compareRunSets(mine: RunSets, theirs: RunSets): readonly WorkspaceDifference[] {
  const isAlone = mine.length === 1 && theirs.length === 1
  const places = (sets: RunSets): ReadonlyMap<string, number> => new Map(sets.map(({ id }, index) => [id, index]))
  const [ours, others] = [places(mine), places(theirs)]
  return [...new Set([...ours.keys(), ...others.keys()])].flatMap((id): readonly WorkspaceDifference[] => {
    const [a, b] = [mine[ours.get(id) ?? -1], theirs[others.get(id) ?? -1]]
    const describe = (set: WorkspaceRunSet | undefined, place = 0): string | undefined =>
      set && `${set.name}, ${place + 1}${set.isEnabled ? '' : ', off'}${coloringWords(set.coloring)}`
    const [as, are] = [describe(a, ours.get(id)), describe(b, others.get(id))]
    const own = as === are ? [] : [{ id: `run set ${id}`, what: `Run set ${(a ?? b)!.name}`, mine: as, theirs: are }]
    return a && b ? [...own, ...compareParams(a.params, b.params, isAlone ? undefined : a)] : own
  })
}

function coloringWords(coloring: RunColoring): string {
  const keys = coloringKeys(coloring)
  return keys.length === 0 ? '' : `, coloured by ${keys.join(', ')}`
}

function compareChoices(mine: Workspace, theirs: Workspace): readonly WorkspaceDifference[] {
  const choices: readonly (readonly [what: string, of: (workspace: Workspace) => string])[] = [
    ['Panels for new metrics', ({ isAutomatic }) => (isAutomatic ? 'by themselves' : 'by hand')],
    [
      'Sections',
      ({ sectionBy }) => (sectionBy === 'first' ? 'by the first part of names' : 'by all but the last part'),
    ],
    [
      'Colours of runs',
      ({ separated, runColors }) =>
        separated.length > 0
          ? `spread over ${formatCount(separated.length, 'run')}`
          : runColors.size > 0
            ? `given to ${formatCount(runColors.size, 'run')}`
            : 'their own',
    ],
    ['Order of panels', ({ isSorted }) => (isSorted ? 'by title' : 'as arranged')],
  ]
  return choices
    .map(([what, of]) => ({ id: what, what, mine: of(mine), theirs: of(theirs) }))
    .filter((difference) => difference.mine !== difference.theirs)
}

function compareSections(mine: Workspace, theirs: Workspace): readonly WorkspaceDifference[] {
  const describe = (workspace: Workspace, name: string): string | undefined => {
    const section = workspace.sections.find((one) => one.name === name)
    if (section === undefined) return undefined
    const { isOpen, isPinned, columns, panelHeight, order, settings } = section
    return [
      isOpen ? 'open' : 'closed',
      isPinned && 'pinned',
      columns !== undefined && `${columns} columns`,
      panelHeight !== undefined && `${panelHeight} px high`,
      order === 'alphabetical' && 'by title',
      ...Object.entries(settings).map(([key, value]) => value !== undefined && `${key} ${JSON.stringify(value)}`),
    ]
      .filter((part) => part !== false)
      .join(', ')
  }
  const names = new Set([...mine.sections, ...theirs.sections].map(({ name }) => name))
  return [...names]
    .map((name) => ({
      id: `section ${name}`,
      what: `Section ${name}`,
      mine: describe(mine, name),
      theirs: describe(theirs, name),
    }))
    .filter((difference) => difference.mine !== difference.theirs)
}

function comparePanels(
  mine: Workspace,
  theirs: Workspace,
  titleOf: (panel: WorkspacePanel) => string,
): readonly WorkspaceDifference[] {
  const [ours, others] = [placesOf(mine), placesOf(theirs)]
  return [...new Set([...ours.keys(), ...others.keys()])].flatMap((id): WorkspaceDifference[] => {
    const [a, b] = [ours.get(id), others.get(id)]
    const what = `Panel ${titleOf((a ?? b)!.panel)}`
    if (a === undefined || b === undefined) return [{ id, what, mine: a?.place, theirs: b?.place }]
    if (a.place !== b.place) return [{ id, what, mine: a.place, theirs: b.place }]
    const isSame = a.panel.kind === b.panel.kind && isSameJson(a.panel.config, b.panel.config)
    return isSame ? [] : [{ id, what, mine: 'one way', theirs: 'set up in another way' }]
  })
}

function placesOf({
  sections,
}: Workspace): ReadonlyMap<string, { readonly panel: WorkspacePanel; readonly place: string }> {
  return new Map(
    sections.flatMap(({ name, panels }) => panels.map((panel) => [panel.id, { panel, place: `in ${name}` }] as const)),
  )
}
