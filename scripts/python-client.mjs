// Makes the Python environment that tests with W&B's own client use, and prints its interpreter's path.
import { preparePythonClient } from './lib/python-client.mjs'

const client = preparePythonClient()
if ('missing' in client) {
  console.error(`lossline: no Python client: ${client.missing}`)
  process.exitCode = 1
} else {
  console.log(client.python)
}
