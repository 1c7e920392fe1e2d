import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import { int } from '../../value/int.ts'
import { type TemplateFunction, withRun } from '../signature.ts'

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ascii = Array.from({ length: 95 }, (_item, index) => String.fromCharCode(32 + index)).join('')

/** A uniform number below `limit` (at most 2^32). */
function below(run: Runtime, limit: number): number {
  const ceiling = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const bytes = run.options.randomBytes(4)
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    if (value < ceiling) return value % limit
  }
}

function pick(alphabet: string): TemplateFunction {
  return withRun(['int'], (run, count) => {
    if (count < 0) throw new FunctionError('runtime error: makeslice: len out of range')
    run.spendText(count)
    run.step(count)
    return Array.from({ length: count }, () => alphabet[below(run, alphabet.length)]).join('')
  })
}

function uuid(bytes: Uint8Array): string {
  const copy = Uint8Array.from(bytes)
  copy[6] = ((copy[6] as number) & 0x0f) | 0x40
  copy[8] = ((copy[8] as number) & 0x3f) | 0x80
  const hex = Buffer.from(copy).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function shuffle(run: Runtime, text: string): string {
  const chars = Array.from(text)
  run.step(chars.length)
  for (let at = chars.length - 1; at > 0; at -= 1) {
    const other = below(run, at + 1)
    const held = chars[at] as string
    chars[at] = chars[other] as string
    chars[other] = held
  }
  return chars.join('')
}

/** Functions of sprig that need randomness; it comes from the caller of the engine. */
export const random: Readonly<Record<string, TemplateFunction>> = {
  randAlphaNum: pick(letters + digits),
  randAlpha: pick(letters),
  randAscii: pick(ascii),
  randNumeric: pick(digits),
  randBytes: withRun(['int'], (run, count) => {
    run.spendText(count)
    return Buffer.from(run.options.randomBytes(count)).toString('base64')
  }),
  randInt: withRun(['int', 'int'], (run, min, max) => {
    if (max <= min) throw new FunctionError('invalid argument to Intn')
    return int(min + below(run, max - min))
  }),
  shuffle: withRun(['string'], shuffle),
  uuidv4: withRun([], (run) => uuid(run.options.randomBytes(16))),
}
