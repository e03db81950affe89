import { readJson, writeJson } from '../browser/local-json.ts'

/** Languages that programs of a sweep can be in. */
export type JoinLanguage = 'python' | 'javascript'

const storageKey = 'lossline.join-language'

/** The file that a sweep's configuration names as its program; undefined: none. @param config - YAML or JSON. */
export function sweepProgram(config: string): string | undefined {
  return /^[\s{]*["']?program["']?\s*:\s*["']?([^"'\s,#]+)/m.exec(config)?.[1]
}

/** The language of a program, by the ending of its name; undefined where that says nothing. */
export function languageOfProgram(program: string | undefined): JoinLanguage | undefined {
  if (/\.(py|ipynb)$/i.test(program ?? '')) return 'python'
  return /\.[cm]?[jt]sx?$/i.test(program ?? '') ? 'javascript' : undefined
}

/** What somebody has chosen last in this browser. */
export function lastLanguage(): JoinLanguage | undefined {
  const kept = readJson(storageKey)
  return kept === 'python' || kept === 'javascript' ? kept : undefined
}

/** Keeps a choice for other sweeps whose program does not tell. */
export function keepLanguage(language: JoinLanguage): void {
  writeJson(storageKey, language)
}

/** How a program is started. @param program - As the sweep names it; undefined: as examples call it. */
export function startCommand(language: JoinLanguage, program: string | undefined): string {
  const named = languageOfProgram(program) === language ? program : undefined
  if (language === 'python') return `python ${named ?? 'train.py'}`
  return `node ${named ?? 'train.mjs'}`
}
