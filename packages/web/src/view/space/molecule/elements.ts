import { type Rgb, toLight } from '../space-model.ts'

/** How an element looks, and how far its bonds reach. */
export interface Element {
  /** As usual for models of molecules: oxygen red, nitrogen blue. */
  readonly color: Rgb
  /** Half of the usual length of a bond, ångström (Cordero and others, 2008). */
  readonly bondRadius: number
}

const looks: Readonly<Record<string, readonly [color: string, bondRadius: number]>> = {
  H: ['#f2f2f2', 0.31],
  B: ['#ffb5b5', 0.84],
  C: ['#8f959e', 0.76],
  N: ['#5a78ff', 0.71],
  O: ['#ff4d4d', 0.66],
  F: ['#7fe07f', 0.57],
  Na: ['#b070f5', 1.66],
  Mg: ['#5fd36a', 1.41],
  Al: ['#bfa6a6', 1.21],
  Si: ['#f0c8a0', 1.11],
  P: ['#ff9a2e', 1.07],
  S: ['#f5d93a', 1.05],
  Cl: ['#3fdc3f', 1.02],
  K: ['#a05be0', 2.03],
  Ca: ['#6fe06f', 1.76],
  Mn: ['#a98fd0', 1.39],
  Fe: ['#e0763a', 1.32],
  Co: ['#f090a0', 1.26],
  Ni: ['#5fd050', 1.24],
  Cu: ['#c88033', 1.32],
  Zn: ['#8f90c0', 1.22],
  Se: ['#ffa100', 1.2],
  Br: ['#c0503a', 1.2],
  I: ['#b04fc0', 1.39],
}

/** Of elements that are not in the list: it can be told that they are others. */
const otherLook = ['#ff5fc8', 1.4] as const

/** How an element looks. */
export function elementOf(symbol: string): Element {
  const [color, bondRadius] = looks[symbol] ?? otherLook
  const channel = (start: number): number => toLight(Number.parseInt(color.slice(start, start + 2), 16) / 255)
  return { color: [channel(1), channel(3), channel(5)], bondRadius }
}

/** Whether a symbol is one of those that molecules are mostly made of. */
export function isUsualElement(symbol: string): boolean {
  return Object.hasOwn(looks, symbol)
}
