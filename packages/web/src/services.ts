import { decodeSeriesFrame, decodeSeriesFrames } from '@lossline/protocol'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { callForBytes, isSignedOut, ServerUnreachableError } from './api/client.ts'
import { createLazyWrites, type Writes } from './api/lazy-writes.ts'
import { statusQuery } from './api/queries.ts'
import { createSeriesLoader, type SeriesLoader } from './api/series-loader.ts'
import { type CursorHub, createCursorHub } from './chart/cursor-hub.ts'
import { createShortcutDispatcher, type ShortcutDispatcher } from './keyboard/dispatcher.ts'
import { createKeyStore, type KeySettings } from './keyboard/key-store.ts'
import { connectLive, type LiveUpdates } from './live/connect-live.ts'
import { openLiveChannel } from './live/live-channel.ts'
import { createPausableChannel, type PausableChannel } from './live/pausable-channel.ts'
import { createValueStore, type ValueStore } from './view/address/value-store.ts'
import { createPageRefreshClock } from './view/browser/page-refresh-clock.ts'
import type { RefreshClock } from './view/chart/refresh-clock.ts'
import { createSmoothingRanges, type SmoothingRanges } from './view/chart/smoothing-ranges.ts'
import { createHintStore, type HintStore } from './view/first-run/hint-store.ts'
import { createPinnedProjects } from './view/home/pinned-projects.ts'
import type { ComparedItem } from './view/media/compared-media.ts'
import type { PanelOnPage } from './view/palette/items.ts'
import { createRecentPicks, type RecentPicks } from './view/palette/recent.ts'
import { type ConfirmStore, createConfirmStore } from './view/shell/confirm-store.ts'
import { type Embed, parseEmbed } from './view/shell/embed.ts'
import { createPrintStore, type PrintStore } from './view/shell/print-store.ts'
import { createRailStore, type RailState } from './view/shell/rail-store.ts'
import { createThemeStore, type ThemeStore } from './view/shell/theme-store.ts'
import { createToastStore, type ToastStore } from './view/shell/toast-store.ts'

/** What lives as long as the page and is shared by everything on it. */
export interface Services {
  readonly queryClient: QueryClient
  readonly seriesLoader: SeriesLoader
  /** When charts ask for what has gone on. */
  readonly refreshClock: RefreshClock
  readonly live: PausableChannel
  readonly updates: LiveUpdates
  readonly cursorHub: CursorHub
  /** What half-lives of smoothing are measured by. */
  readonly smoothingRanges: SmoothingRanges
  /** Somebody moves a slider of smoothing: the server is asked when it is let go. */
  readonly smoothingDrag: ValueStore<boolean>
  readonly theme: ThemeStore
  readonly shortcuts: ShortcutDispatcher
  readonly keys: ValueStore<KeySettings>
  readonly toasts: ToastStore
  readonly writes: Writes
  /** Views that wait to be saved until the server is back. */
  readonly waitingViews: ValueStore<number>
  readonly printing: PrintStore
  /** How the pages of a project stand at the left edge. */
  readonly rail: ValueStore<RailState>
  /** What somebody chose from the palette before. */
  readonly recent: RecentPicks
  /** `entity/project` of those that somebody wants on top. */
  readonly pinnedProjects: ValueStore<readonly string[]>
  /** What is worth knowing at the first charts. */
  readonly hints: HintStore
  /** Somebody writes the filter of the runs: what finds nothing may not be finished. */
  readonly isFilterWritten: ValueStore<boolean>
  /** Questions before what cannot be taken back. */
  readonly confirm: ConfirmStore
  /** Media that somebody wants to see beside each other. */
  readonly comparedMedia: ValueStore<readonly ComparedItem[]>
  /** The last step of the path in the top bar, such as the name of the run that a page is about. */
  readonly crumb: ValueStore<string>
  /** Panels of the view that is on the page, from its top; none on other pages. */
  readonly panelsOnPage: ValueStore<readonly PanelOnPage[]>
  /** Defined: the page is inside a notebook. */
  readonly embed: Embed | undefined
}

/** Opens the live stream and makes the caches. */
export function createServices(): Services {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A session that has ended meanwhile: the answer about the server itself brings up the sign-in.
      onError: (error, query) => {
        const isStatus = query.queryKey[0] === statusQuery.queryKey[0]
        if (isSignedOut(error) && !isStatus) void queryClient.refetchQueries({ queryKey: statusQuery.queryKey })
      },
    }),
    defaultOptions: {
      queries: {
        // Live events say when something is old; the time is only for what they might miss.
        staleTime: 30_000,
        // The server is often on this machine: being offline from the internet means nothing.
        networkMode: 'always',
        retry: (count, error) => error instanceof ServerUnreachableError && count < 1,
      },
    },
  })
  const live = createPausableChannel(openLiveChannel())
  const keys = createKeyStore()
  const smoothingRanges = createSmoothingRanges()
  const embed = parseEmbed(location.search)
  const updates = connectLive(live, queryClient)
  const toasts = createToastStore()
  return {
    queryClient,
    live,
    updates,
    seriesLoader: createSeriesLoader({
      fetchFrame: async (request, signal) =>
        decodeSeriesFrame(await callForBytes('POST /api/series', { body: request, signal })),
      fetchFrames: async (requests, signal) =>
        decodeSeriesFrames(await callForBytes('POST /api/series/batch', { body: { requests }, signal })),
      onSmoothingRange: (request, range) => smoothingRanges.note(request, range),
    }),
    smoothingRanges,
    smoothingDrag: createValueStore(false),
    refreshClock: createPageRefreshClock(),
    cursorHub: createCursorHub((task) => requestAnimationFrame(task)),
    theme: createThemeStore(embed?.theme),
    shortcuts: createShortcutDispatcher(keys, { isOff: embed !== undefined }),
    keys,
    toasts,
    waitingViews: createValueStore(0),
    writes: createLazyWrites({ queryClient, live, updates, toasts }),
    printing: createPrintStore(() => document.querySelector('main .skeleton') === null),
    rail: createRailStore(),
    recent: createRecentPicks(),
    pinnedProjects: createPinnedProjects(),
    hints: createHintStore(),
    isFilterWritten: createValueStore(false),
    confirm: createConfirmStore(() => {
      const isAway = live.status().kind === 'reconnecting'
      if (isAway)
        toasts.showProblem(
          'The server is away. Nothing was deleted: what cannot be taken back is only done while it answers.',
        )
      return !isAway
    }),
    comparedMedia: createValueStore<readonly ComparedItem[]>([]),
    crumb: createValueStore(''),
    panelsOnPage: createValueStore<readonly PanelOnPage[]>([]),
    embed,
  }
}

/** Where components find the services. */
export const ServicesContext = createContext<Services | undefined>(undefined)

/** The page's services. @throws outside of `ServicesContext`. */
export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('No services: render inside ServicesContext.')
  return services
}
