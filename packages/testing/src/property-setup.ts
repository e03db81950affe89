// A setup file of vitest for projects with property tests: the examples are the same in every run, so that no check of a change
// fails for what somebody else left. `npm run properties` sets both variables, to look at others and at many more.
import fc from 'fast-check'

/** What properties try unless they say otherwise; fast-check's own default. */
const usualCount = 100

const { LOSSLINE_SEED: seed = '1', LOSSLINE_EXAMPLES: times = '1' } = process.env
fc.configureGlobal({ seed: Number(seed), numRuns: usualCount * Number(times) })
