import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo } from 'react'
import { mediaKeysQuery } from '../api/media-queries.ts'
import { SearchField } from '../components/controls/search-field.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { HistogramsCard } from '../components/histogram/histograms-card.tsx'
import { FilmGroup } from '../components/media/film-group.tsx'
import { MediaCard } from '../components/media/media-card.tsx'
import { MediaLookControls } from '../components/media/media-look-controls.tsx'
import { type StepAxis, StepSlider } from '../components/media/step-slider.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useMediaItems } from '../hooks/media/use-media-items.ts'
import { MediaLookContext, type SharedLook } from '../hooks/media/use-media-look.ts'
import { useAddress } from '../hooks/use-address.ts'
import { layerChoices } from '../view/media/layer-view.ts'
import { type MediaSize, mediaCodec } from '../view/media/media-state.ts'
import { unionSteps } from '../view/media/media-steps.ts'
import { isActive } from '../view/run/run-state.ts'
import { groupKeys } from '../view/runs/group-keys.ts'
import { formatCount } from '../view/text/format.ts'
import { useOpenRun } from './run-page.tsx'

const heights: Readonly<Record<MediaSize, number>> = { s: 64, m: 128, l: 256 }

const sizes: readonly (readonly [size: MediaSize, label: string])[] = [
  ['s', 'Small'],
  ['m', 'Medium'],
  ['l', 'Large'],
]

/** Pictures, sounds, films, pages, texts and histograms of a run, all at one step. */
export function RunMedia(): ReactElement {
  const { address, run } = useOpenRun()
  const [state, store] = useAddress(mediaCodec)
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery(mediaKeysQuery(at, state.axis))
  const keys = useMemo(() => query.data?.keys.filter(({ kind }) => kind !== 'table') ?? [], [query.data])
  const groups = useMemo(() => groupKeys(keys, state.search), [keys, state.search])
  const steps = useMemo(() => unionSteps(groups.flatMap((group) => group.keys)), [groups])
  const pictures = useMemo(
    () => groups.flatMap((group) => group.keys.filter(({ kind }) => kind === 'image').map((media) => ({ run, media }))),
    [groups, run],
  )
  // What is on the pictures that are in sight; the others are not fetched for their layers' sake.
  const items = useMediaItems(address, pictures, state.step, false)
  const choices = useMemo(
    () => layerChoices(items.flatMap(({ kind, item }) => (kind === 'image' ? [item] : []))),
    [items],
  )
  const shared = useMemo(
    (): SharedLook => ({
      look: state.look,
      change: (patch) => store.update({ look: { ...store.get().look, ...patch } }),
    }),
    [state.look, store],
  )
  const setStep = useCallback((step: number | undefined) => store.update({ step }), [store])
  const axes = query.data?.axes
  const axis = useMemo(
    (): StepAxis => ({
      key: state.axis,
      choices: axes ?? [],
      choose: (key) => store.update({ axis: key, step: undefined }),
    }),
    [state.axis, axes, store],
  )
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading media" className="skeleton m-4 h-40" role="img" />
  if (keys.length === 0) {
    return (
      <PageMessage title={isActive(run.state) ? 'No media yet' : 'This run logged no media'}>
        <p>
          Log pictures, sounds, films, HTML, texts or histograms and they appear here:{' '}
          <code>{"run.log({ sample: new Image('photo.png') })"}</code>
        </p>
        <GuideLink to="media">Logging media</GuideLink>
      </PageMessage>
    )
  }
  return (
    <>
      <h2 className="sr-only">Media</h2>
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-4 py-2">
        <SearchField
          className="w-48"
          label="Find media"
          onChange={(search) => store.update({ search })}
          value={state.search}
        />
        <StepSlider asked={state.step} axis={axis} onChange={setStep} steps={steps} />
        {keys.some(({ kind, steps: own }) => kind === 'histogram' && own.length > 1) && (
          <button
            aria-pressed={state.isOverSteps}
            className="button"
            onClick={() => store.update({ isOverSteps: !state.isOverSteps })}
            type="button"
          >
            Histograms over steps
          </button>
        )}
        {keys.some(({ kind }) => kind === 'image') && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups three buttons.
          <div aria-label="Size of pictures" className="ml-auto flex gap-1" role="group">
            {sizes.map(([size, label]) => (
              <button
                aria-pressed={state.size === size}
                className="button"
                key={size}
                onClick={() => store.update({ size })}
                type="button"
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className="px-4">
        <MediaLookControls choices={choices} hasTexts={keys.some(({ kind }) => kind === 'text')} shared={shared} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
        {groups.length === 0 && (
          <PageMessage title={`No media match “${state.search}”`}>
            <button className="button" onClick={() => store.update({ search: '' })} type="button">
              Clear search
            </button>
            <GuideLink to="page#search">What searches take</GuideLink>
          </PageMessage>
        )}
        <MediaLookContext value={shared}>
          <FilmGroup>
            {groups.map((group) => (
              <section aria-label={group.name} key={group.name}>
                <h3 className="py-2">
                  <span className="font-semibold">{group.name}</span>{' '}
                  <span className="text-muted text-sm">{formatCount(group.keys.length, 'key')}</span>
                </h3>
                <div className="grid grid-flow-dense grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-3">
                  {group.keys.map((media) =>
                    state.isOverSteps && media.kind === 'histogram' ? (
                      <HistogramsCard key={media.key} media={media} run={at} />
                    ) : (
                      <MediaCard
                        asked={state.step}
                        fit={heights[state.size]}
                        key={media.key}
                        media={media}
                        run={at}
                        runName={run.displayName}
                      />
                    ),
                  )}
                </div>
              </section>
            ))}
          </FilmGroup>
        </MediaLookContext>
      </div>
    </>
  )
}
