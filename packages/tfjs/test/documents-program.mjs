// Runs programs that come as a list of texts on the standard input, one after the other.
import { text } from 'node:stream/consumers'

const AsyncFunction = (async () => {}).constructor
for (const program of JSON.parse(await text(process.stdin))) await new AsyncFunction(program)()
