import { startServer } from '@lossline/server'

const [dataDirectory = ''] = process.argv.slice(2)
const server = await startServer({ dataDirectory, port: 0, log: () => {} })
console.log(`listening on ${server.url}`)
