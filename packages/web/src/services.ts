import { decodeSeriesFrame } from '@lossline/protocol'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { isSignedOut, postForBytes, ServerUnreachableError } from './api/client.ts'
import { statusQuery } from './api/queries.ts'
import { createSeriesLoader, type SeriesLoader } from './api/series-loader.ts'
import { type CursorHub, createCursorHub } from './chart/cursor-hub.ts'
import { createShortcutDispatcher, type ShortcutDispatcher } from './keyboard/dispatcher.ts'
import { createKeyStore, type KeySettings } from './keyboard/key-store.ts'
import { connectLive, type LiveUpdates } from './live/connect-live.ts'
import { openLiveChannel } from './live/live-channel.ts'
import { createPausableChannel, type PausableChannel } from './live/pausable-channel.ts'
import { createPinnedProjects } from './view/home/pinned-projects.ts'
import { createRecentPicks, type RecentPicks } from './view/palette/recent.ts'
import { type ConfirmStore, createConfirmStore } from './view/shell/confirm-store.ts'
import { type Embed, parseEmbed } from './view/shell/embed.ts'
import { createToastStore, type ToastStore } from './view/shell/toast-store.ts'
import { createThemeStore, type ThemeStore } from './view/theme-store.ts'
import { createValueStore, type ValueStore } from './view/value-store.ts'

/** What lives as long as the page and is shared by everything on it. */
export interface Services {
  readonly queryClient: QueryClient
  readonly seriesLoader: SeriesLoader
  readonly live: PausableChannel
  readonly updates: LiveUpdates
  readonly cursorHub: CursorHub
  readonly theme: ThemeStore
  readonly shortcuts: ShortcutDispatcher
  readonly keys: ValueStore<KeySettings>
  readonly toasts: ToastStore
  /** What somebody chose from the palette before. */
  readonly recent: RecentPicks
  /** `entity/project` of those that somebody wants on top. */
  readonly pinnedProjects: ValueStore<readonly string[]>
  /** Questions before what cannot be taken back. */
  readonly confirm: ConfirmStore
  /** The last step of the path in the top bar, such as the name of the run that a page is about. */
  readonly crumb: ValueStore<string>
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
  const embed = parseEmbed(location.search)
  return {
    queryClient,
    live,
    updates: connectLive(live, queryClient),
    seriesLoader: createSeriesLoader({
      fetchFrame: async (request, signal) => decodeSeriesFrame(await postForBytes('/api/series', request, signal)),
    }),
    cursorHub: createCursorHub((task) => requestAnimationFrame(task)),
    theme: createThemeStore(embed?.theme),
    shortcuts: createShortcutDispatcher(keys, { isOff: embed !== undefined }),
    keys,
    toasts: createToastStore(),
    recent: createRecentPicks(),
    pinnedProjects: createPinnedProjects(),
    confirm: createConfirmStore(),
    crumb: createValueStore(''),
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
