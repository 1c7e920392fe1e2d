/** Digits and decimal exponent of a positive finite number: value = 0.d1d2… × 10^point. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

function shortest(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  return { digits, point: value === 0 ? 1 : Number(exponent) + 1 }
}

/** Exactly rounded digits after the leading one. */
function exactExponential(value: number, precision: number): string {
  if (precision <= 100) return value.toExponential(precision)
  const [mantissa = '', exponent = ''] = value.toExponential(100).split('e')
  return `${mantissa}${'0'.repeat(precision - 100)}e${exponent}`
}

/** Formats as Go's `strconv.FormatFloat(value, verb, precision, 64)`; precision -1 means the shortest form that reads back. */
export function formatFloat(value: number, verb: string, precision = -1): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const negative = value < 0 || Object.is(value, -0)
  const body = formatPositive(Math.abs(value), verb, precision)
  return negative ? `-${body}` : body
}

function formatPositive(value: number, verb: string, precision: number): string {
  switch (verb) {
    case 'e':
    case 'E': {
      const text = goExponent(precision < 0 ? value.toExponential() : exactExponential(value, precision))
      return verb === 'E' ? text.toUpperCase() : text
    }
    case 'f':
    case 'F':
      return precision < 0 ? plainDecimal(shortest(value)) : fixed(value, precision)
    case 'x':
    case 'X': {
      const text = hexFloat(value, precision)
      return verb === 'X' ? text.toUpperCase() : text
    }
    case 'b':
      return binaryFloat(value)
    default:
      return general(value, verb, precision)
  }
}

function general(value: number, verb: string, precision: number): string {
  const short = precision < 0
  const wanted = precision === 0 ? 1 : precision
  const decimal = short ? shortest(value) : roundTo(value, wanted)
  const threshold = short ? 6 : exponentThreshold(decimal, wanted)
  const exponent = decimal.point - 1
  if (exponent < -4 || exponent >= threshold) return scientific(decimal, verb === 'G' ? 'E' : 'e')
  return plainDecimal(decimal)
}

function exponentThreshold({ digits, point }: Decimal, precision: number): number {
  return precision > digits.length && digits.length >= point ? digits.length : precision
}

/** Rounded to a number of significant digits, without trailing zeros. */
function roundTo(value: number, precision: number): Decimal {
  if (value === 0) return { digits: '0', point: 1 }
  const [mantissa = '', exponent = '0'] = exactExponential(value, precision - 1).split('e')
  return { digits: mantissa.replace('.', '').replace(/0+$/, '') || '0', point: Number(exponent) + 1 }
}

function scientific({ digits, point }: Decimal, letter: string): string {
  const trimmed = digits.replace(/0+$/, '') || '0'
  const mantissa = trimmed.length > 1 ? `${trimmed[0]}.${trimmed.slice(1)}` : trimmed
  const exponent = point - 1
  return `${mantissa}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function plainDecimal({ digits, point }: Decimal): string {
  const trimmed = digits.replace(/0+$/, '') || '0'
  if (point <= 0) return `0.${'0'.repeat(-point)}${trimmed}`
  if (trimmed.length <= point) return trimmed.padEnd(point, '0')
  return `${trimmed.slice(0, point)}.${trimmed.slice(point)}`
}

/** JavaScript writes `1e+5`, Go `1e+05`. */
function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

/** Exact decimal expansion, also where `toFixed` would switch to exponents. */
function fixed(value: number, precision: number): string {
  if (value < 1e21 && precision <= 100) return value.toFixed(precision)
  const whole = BigInt(Math.trunc(value)).toString()
  if (precision === 0) return whole
  const fraction = value < 1e21 ? (value.toFixed(100).split('.')[1] ?? '') : ''
  return `${whole}.${fraction.padEnd(precision, '0').slice(0, precision)}`
}

const view = new DataView(new ArrayBuffer(8))

function split(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  if (exponent === 0) return { mantissa: fraction, exponent: -1074 }
  return { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 }
}

function binaryFloat(value: number): string {
  const { mantissa, exponent } = split(value)
  return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

function hexFloat(value: number, precision: number): string {
  let { mantissa, exponent } = split(value)
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n
    exponent -= 1
  }
  if (precision >= 0 && precision < 13) {
    const shift = BigInt(52 - precision * 4)
    const half = 1n << (shift - 1n)
    const rest = mantissa & ((1n << shift) - 1n)
    mantissa >>= shift
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n
    mantissa <<= shift
    if (mantissa >> 53n) {
      mantissa >>= 1n
      exponent += 1
    }
  }
  let fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  fraction = precision < 0 ? fraction.replace(/0+$/, '') : fraction.padEnd(precision, '0').slice(0, precision)
  const power = exponent + 52
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
