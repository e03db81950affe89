import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files by name: texts, or bytes. */
export type FileContents = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>

/** Writes files into a folder of the user's: others that it holds stay. */
export async function writeFiles(folder: string, files: FileContents): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    // A program that ends here leaves the file that was there before.
    await writeFile(`${path}.tmp`, content)
    await rename(`${path}.tmp`, path)
  }
}

/** Writes a checkpoint's folder: all of it, or nothing. One that is there already is replaced. */
export async function writeFolder(folder: string, files: FileContents): Promise<void> {
  const unfinished = `${folder}.tmp`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(unfinished, name), content)
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
}

/** The files of a folder, as bytes. */
export async function readFolder(folder: string): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name))))
  return Object.fromEntries(names.map((name, index) => [name, Uint8Array.from(contents[index] ?? [])]))
}

/** Steps of the checkpoints of a folder, in order. */
export async function listCheckpoints(outputDir: string): Promise<number[]> {
  const names = await readdir(outputDir).catch(() => [])
  const steps = names.map((name) => /^checkpoint-(\d+)$/.exec(name)?.[1]).filter((step) => step !== undefined)
  return steps.map(Number).sort((one, other) => one - other)
}

export function checkpointPath(outputDir: string, step: number): string {
  return join(outputDir, `checkpoint-${step}`)
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
