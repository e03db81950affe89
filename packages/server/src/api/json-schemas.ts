import type { StrictJson, StrictJsonObject } from '@lossline/protocol'
import { z } from 'zod'

/** Any JSON value. Not looked into: what reads it decides what it takes. */
export const strictJson = z.unknown() as unknown as z.ZodType<StrictJson>

/** Any JSON object. Its values are not looked into. */
export const strictJsonObject = z.record(z.string(), strictJson) as unknown as z.ZodType<StrictJsonObject>
