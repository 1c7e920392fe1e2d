/** Flags that all numbers obey; `width` is what zeros fill up to. */
export interface NumberStyle {
  readonly width: number
  readonly blank: boolean
  readonly plus: boolean
  readonly alternate: boolean
  readonly capitals: boolean
}

/** How many digits follow the point, and whether zeros at their end stay. */
export interface FractionStyle {
  readonly trailing: boolean
  readonly precision: number
}

function sign(negative: boolean, style: NumberStyle): string {
  if (negative) return '-'
  if (style.plus) return '+'
  return style.blank ? ' ' : ''
}

/** Digits of a whole number; large ones in full. */
function digitsOf(magnitude: number, radix: number): string {
  return BigInt(magnitude).toString(radix)
}

/** `%d` and `%o`: the number cut towards zero. */
export function renderInteger(
  value: number,
  style: NumberStyle,
  { digits, radix, prefix }: { digits: number; radix: number; prefix: string },
): string {
  const magnitude = Math.floor(Math.abs(value))
  return renderMagnitude(value <= -1, (magnitude === 0 ? '' : prefix) + digitsOf(magnitude, radix), { style, digits })
}

function renderMagnitude(negative: boolean, text: string, how: { style: NumberStyle; digits: number }): string {
  const front = sign(negative, how.style)
  const room = Math.max(how.style.width - front.length, how.digits)
  return front + text.padStart(room, '0')
}

/** `%x`: the number rounded down. */
export function renderHex(value: number, style: NumberStyle, digits: number): string {
  const whole = Math.floor(value)
  const front = sign(whole < 0, style)
  const mark = style.alternate ? (style.capitals ? '0X' : '0x') : ''
  const hex = digitsOf(Math.abs(whole), 16)
  const room = Math.max(style.width - front.length - mark.length, digits)
  return front + mark + (style.capitals ? hex.toUpperCase() : hex).padStart(room, '0')
}

/** `%f`, by the library's own arithmetic on doubles. */
export function renderDecimal(value: number, style: NumberStyle, { trailing, precision }: FractionStyle): string {
  const denominator = 10 ** precision
  const numerator = Math.abs(value) * denominator + 0.5
  const whole = Math.floor(numerator / denominator)
  const fraction = Math.floor(numerator) % denominator
  const point = precision === 0 && !style.alternate ? 0 : 1
  const left = { ...style, width: style.width - precision - point }
  const text = renderMagnitude(value < 0, safeDigits(whole), { style: left, digits: 0 })
  if (precision === 0) return style.alternate ? `${text}.` : text
  if (!trailing && !(fraction > 0)) return text
  const digits = safeDigits(fraction).padStart(precision, '0')
  return `${text}.${trailing ? digits : digits.replace(/0+$/, '')}`
}

function safeDigits(whole: number): string {
  return Number.isFinite(whole) ? digitsOf(whole, 10) : '0'
}

/** `%e`, by the library's own arithmetic on doubles. */
export function renderScientific(value: number, style: NumberStyle, fraction: FractionStyle): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(10))
  const size = String(Math.abs(exponent)).padStart(2, '0')
  const suffix = `${style.capitals ? 'E' : 'e'}${exponent < 0 ? '-' : '+'}${size}`
  const mantissa = exponent === -324 ? (value * 10) / 10 ** (exponent + 1) : value / 10 ** exponent
  const left = { ...style, width: style.width - suffix.length }
  return renderDecimal(mantissa, left, fraction) + suffix
}
