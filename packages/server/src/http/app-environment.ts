import type { Identity } from '../auth/identity.ts'

/** What hono hands from the first middleware to the routes. */
export type AppEnvironment = {
  Bindings: {
    /** In-process callers have been let in already: ingest, and programs that made the server themselves. */
    readonly caller?: 'in-process'
    /** When the program on whose behalf an in-process caller asks was last heard of, Unix milliseconds. Default: now. */
    readonly heardAtMs?: number | undefined
    /** What the outer app found out, for the routes of one asker. */
    readonly asked?: { readonly requestId: string; readonly identity: Identity }
  }
  Variables: {
    requestId: string
    identity: Identity
    /** Who asks, for the log; '' while nobody is known. */
    username: string
    /** Code of the error that was answered, if one was. */
    refusedAs: string | undefined
  }
}
