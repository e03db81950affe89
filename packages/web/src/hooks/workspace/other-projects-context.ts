import { type Context, createContext } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'

/** Projects whose runs a page draws beside those of its own. */
export const OtherProjectsContext: Context<readonly ProjectAddress[]> = createContext<readonly ProjectAddress[]>([])
