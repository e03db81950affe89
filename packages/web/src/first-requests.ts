import { askFirst } from './api/first-answers.ts'
import { firstCalls } from './api/first-calls.ts'

// A script of its own, a hundredth of the page's code: what the first charts wait for is on its way while that is still read.
askFirst(firstCalls(location))
