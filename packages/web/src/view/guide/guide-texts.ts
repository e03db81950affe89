/// <reference types="vite/client" />

const texts = import.meta.glob<string>(['../../../../../docs/guide/*.md', '../../../../../docs/errors.md'], {
  query: '?raw',
  import: 'default',
})
const pictures = import.meta.glob<string>('../../../../../docs/images/{lineage,tables}.png', {
  query: '?url',
  import: 'default',
  eager: true,
})

function lookUp<T>(files: Readonly<Record<string, T>>, end: string): T | undefined {
  return Object.entries(files).find(([path]) => path.endsWith(end))?.[1]
}

/** The Markdown of a page of the guide; undefined: there is none of this name. */
export async function loadGuideText(page: string): Promise<string | undefined> {
  return await (lookUp(texts, `/docs/guide/${page}.md`) ?? lookUp(texts, `/docs/${page}.md`))?.()
}

/** The address of a picture, by its path in the repository. */
export function guidePicture(path: string): string | undefined {
  return lookUp(pictures, `/${path}`)
}
