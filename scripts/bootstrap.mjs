// `npm start`, `npm test`, … on a machine that has only Node and npm: brings the tools, installs, builds, runs.
// This file must parse on any Node that knows ES modules; everything it loads may count on Node 18.

const oldestNode = 18

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `lossline: Node ${process.versions.node} is too old; install Node ${oldestNode} or later (22 is the one we test with).`,
  )
  process.exitCode = 1
} else {
  import('./lib/command.mjs')
    .then((module) => module.runCommand(process.argv[2], process.argv.slice(3)))
    .then(
      (exitCode) => {
        process.exitCode = exitCode
      },
      (error) => {
        console.error(error.isExpected ? `lossline: ${error.message}` : error)
        process.exitCode = 1
      },
    )
}
