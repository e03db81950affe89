// usage: serve-sample.ts DATA_DIRECTORY PACK. Prints the server's address, and serves until it is killed.
import { startServer } from '@lossline/server'

const [dataDirectory = '', samplePack = ''] = process.argv.slice(2)
const { url } = await startServer({ dataDirectory, samplePack, port: 0, log: () => {} })
console.log(`at ${url}`)
