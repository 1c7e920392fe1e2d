/** A number as Jsonnet prints it: integers in full, others with up to 17 significant digits. */
export function printNumber(value: number): string {
  if (Number.isInteger(value)) {
    if (Object.is(value, -0)) return '-0'
    return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
  }
  return printGeneral(value, 17)
}

/** The fewest digits that tell a number from all others, never with an exponent. */
export function printShortest(value: number): string {
  if (Object.is(value, -0)) return '-0'
  const [mantissa, exponent] = shortest(value)
  const sign = value < 0 ? '-' : ''
  const digits = mantissa.replace('-', '').replace('.', '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0')
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

/** The fewest digits, with an exponent from a million on; the form of numbers inside the tool's errors. */
export function printBrief(value: number): string {
  const [mantissa, exponent] = shortest(value)
  if (exponent >= -4 && exponent < 6) return printShortest(value)
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function shortest(value: number): [mantissa: string, exponent: number] {
  const text = value.toExponential()
  const at = text.indexOf('e')
  return [text.slice(0, at), Number(text.slice(at + 1))]
}

/** C's `%.<digits>g` of a number that is not zero. */
export function printGeneral(value: number, digits: number): string {
  const text = exponential(value, digits)
  const at = text.indexOf('e')
  const exponent = Number(text.slice(at + 1))
  const mantissa = text.slice(0, at)
  if (exponent < -4 || exponent >= digits) {
    const size = Math.abs(exponent)
    return `${dropZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`
  }
  const sign = mantissa.startsWith('-') ? '-' : ''
  const plain = mantissa.replace('-', '').replace('.', '')
  if (exponent < 0) return `${sign}${dropZeros(`0.${'0'.repeat(-exponent - 1)}${plain}`)}`
  return sign + dropZeros(`${plain.slice(0, exponent + 1)}.${plain.slice(exponent + 1)}`)
}

function dropZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Exponential form with ties rounded to even, where JavaScript rounds them up. */
function exponential(value: number, digits: number): string {
  const text = value.toExponential(digits - 1)
  const exact = value.toExponential(Math.min(100, digits + 40))
  const sign = value < 0 ? 1 : 0
  const rest = exact.slice(sign + digits + 1, exact.indexOf('e'))
  if (!/^50*$/.test(rest)) return text
  const last = Number(exact[sign + digits])
  return last % 2 === 0 ? `${exact.slice(0, sign + digits + 1)}${exact.slice(exact.indexOf('e'))}` : text
}
