/** The standard normal distribution: its distribution function, quantiles and density. */

const sqrtTwoPi = Math.sqrt(2 * Math.PI)
/** From here on the continued fraction of the tail needs fewer terms than the series around 0. */
const tailFrom = 3

/** Φ(z), to about 1e-15 of its value: in the far left tail too. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  if (Math.abs(z) < tailFrom) return 0.5 + normalPdf(z) * centralSeries(z)
  if (!Number.isFinite(z)) return z > 0 ? 1 : 0
  return z > 0 ? 1 - normalPdf(z) * millsRatio(z) : normalPdf(z) * millsRatio(-z)
}

export function normalPdf(z: number): number {
  return Math.exp((-z * z) / 2) / sqrtTwoPi
}

/** (1 − Φ(z)) / φ(z) for z ≥ 0: the continued fraction of Laplace (Abramowitz and Stegun 26.2.14). */
export function millsRatio(z: number): number {
  if (z < tailFrom) return (1 - normalCdf(z)) / normalPdf(z)
  let ratio = z
  // The terms that double precision needs fall with z; 60 are enough at its least.
  for (let n = Math.ceil(10 + 450 / (z * z)); n > 0; n--) ratio = z + n / ratio
  return 1 / ratio
}

/** z + z³/3 + z⁵/(3·5) + … (Abramowitz and Stegun 26.2.11). */
function centralSeries(z: number): number {
  let term = z
  let sum = z
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return sum
}

/** Φ⁻¹(p) for p in (0, 1): Wichura's algorithm AS 241, PPND16, to about 1e-16 of its value. ±Infinity at the ends. */
export function normalQuantile(p: number): number {
  const fromCentre = p - 0.5
  if (Math.abs(fromCentre) <= 0.425) {
    const r = 0.180625 - fromCentre * fromCentre
    return (fromCentre * polynomial(centralNumerator, r)) / polynomial(centralDenominator, r)
  }
  const tail = Math.min(p, 1 - p)
  if (tail <= 0) return p > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const r = Math.sqrt(-Math.log(tail))
  const z =
    r <= 5
      ? polynomial(nearNumerator, r - 1.6) / polynomial(nearDenominator, r - 1.6)
      : polynomial(farNumerator, r - 5) / polynomial(farDenominator, r - 5)
  return fromCentre < 0 ? -z : z
}

/** Coefficients from the constant on. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

const centralNumerator = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]
const centralDenominator = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
]
const nearNumerator = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]
const nearDenominator = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const farNumerator = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const farDenominator = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]
