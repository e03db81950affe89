import { type Asker, put } from './artifact-client.ts'

/** Uploads a file of the run `local/demo/<runId>` as W&B's client does. */
export async function uploadRunFile(
  test: Asker,
  runId: string,
  name: string,
  body: string | Uint8Array,
): Promise<void> {
  const { project } = await test.graphql<{
    project: { run: { files: { edges: { node: { uploadUrl: string } }[] } } }
  }>(
    `query ($run: String!, $names: [String]) { project(name: "demo") { run(name: $run) {
      files(names: $names) { edges { node { uploadUrl } } } } } }`,
    { run: runId, names: [name] },
  )
  await put(test, project.run.files.edges[0]!.node.uploadUrl, body)
}
