import { hostname } from 'node:os'

/** Name of this machine. */
export const host: string = hostname()
