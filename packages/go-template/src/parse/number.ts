import { unquoteGo } from '../format/quote.ts'
import type { NumberValue } from './node.ts'

const digits = /^[+-]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/
const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
const hexFloat = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/

/** Parses a Go integer literal with its base prefix; `undefined` when it is none. */
export function parseGoInteger(text: string): bigint | undefined {
  const clean = stripUnderscores(text)
  if (clean === undefined || !digits.test(clean)) return undefined
  const negative = clean.startsWith('-')
  let body = clean.replace(/^[+-]/, '')
  if (/^0[0-7]+$/.test(body)) body = `0o${body.slice(1)}`
  const value = BigInt(body)
  return negative ? -value : value
}

/** Parses a Go floating-point literal; `undefined` when it is none or too large. */
export function parseGoFloat(text: string): number | undefined {
  const clean = text.includes('_') ? stripUnderscores(text) : text
  if (clean === undefined) return undefined
  const hex = hexFloat.exec(clean)
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', exponent] = hex
    if (whole + fraction === '') return undefined
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length)
    return sign === '-' ? -value : value
  }
  if (!decimal.test(clean)) return undefined
  const value = Number(clean)
  return Number.isFinite(value) ? value : undefined
}

/** Reads a number literal of a template under every type that can hold it; `undefined` when its syntax is wrong. */
export function parseNumber(text: string): NumberValue | undefined {
  if (text.startsWith("'")) {
    const char = unquoteGo(text)
    if (char === undefined || Array.from(char).length !== 1) return undefined
    const code = char.codePointAt(0) as number
    return { int: BigInt(code), uint: BigInt(code), float: code }
  }
  const whole = parseGoInteger(text)
  if (whole !== undefined) return fromInteger(whole)
  const float = parseGoFloat(text)
  if (float === undefined) return undefined
  if (!Number.isInteger(float) || Math.abs(float) >= 2 ** 63) return { float }
  return { float, int: BigInt(float), ...(float >= 0 && { uint: BigInt(float) }) }
}

function fromInteger(whole: bigint): NumberValue | undefined {
  if (whole < -(2n ** 63n) || whole >= 2n ** 64n) return { float: Number(whole) }
  const float = Number(whole)
  return {
    float,
    ...(whole < 2n ** 63n && { int: whole }),
    ...(whole >= 0n && { uint: whole }),
  }
}

/** Removes digit separators where Go allows them: only in literals with a base prefix or a leading zero, between digits. */
function stripUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text
  if (
    !/^[+-]?(?:0[xXoObB]_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*(?:\.[0-9a-fA-F]*(?:_[0-9a-fA-F]+)*)?(?:[pPeE][+-]?[0-9]+)?$/.test(
      text,
    )
  )
    return undefined
  return text.replaceAll('_', '')
}
