import { describe, expect, it } from 'vitest'
import { choice, integer, items, text, texts, toggle } from './flag.ts'
import { parseFlags } from './parse-flags.ts'

const flags = {
  name: text('', { short: 'n' }),
  set: texts(''),
  values: items('', { short: 'f' }),
  prune: toggle('', { short: 'p' }),
  yes: toggle('', { short: 'y', initial: true }),
  count: integer(''),
  output: choice('', { short: 'o', words: ['wide', 'json'], initial: 'wide' }),
}
const parse = (...args: string[]) => parseFlags(args, flags)

describe('a command line', () => {
  it.each([
    ['--name x', ['--name', 'x']],
    ['--name=x', ['--name=x']],
    ['-n x', ['-n', 'x']],
    ['-nx', ['-nx']],
    ['-n=x', ['-n=x']],
    ['behind switches of one cluster', ['-pn', 'x']],
  ])('takes the value of a flag from %s', (_form, args) => {
    expect(parse(...args).values.name).toBe('x')
  })

  it('takes flags before, between and after operands, and none after --', () => {
    const { operands, values } = parse('a', '-p', 'b', '--', '--name', '-')
    expect(operands).toEqual(['a', 'b', '--name', '-'])
    expect(values).toMatchObject({ prune: true, name: '' })
  })

  it('never gives a switch the word after it', () => {
    const { operands, values } = parse('--prune', 'false', '--yes=false')
    expect({ operands, prune: values.prune, yes: values.yes }).toEqual({ operands: ['false'], prune: true, yes: false })
  })

  it('keeps commas in repeated texts and splits lists at them, but for quoted ones', () => {
    const { values } = parse('--set', 'a=1,b=2', '--set', 'c', '-f', 'x,y', '-f', '"p,q",z')
    expect(values.set).toEqual(['a=1,b=2', 'c'])
    expect(values.values).toEqual(['x', 'y', 'p,q', 'z'])
  })

  it('tells which flags were given, also with their usual values', () => {
    expect([...parse('--count=0', '-y').given].sort()).toEqual(['count', 'yes'])
  })

  it.each([
    [['--nope'], 'CLI_UNKNOWN_FLAG'],
    [['-x'], 'CLI_UNKNOWN_FLAG'],
    [['--constructor=1'], 'CLI_UNKNOWN_FLAG'],
    [['--name'], 'CLI_FLAG_NEEDS_VALUE'],
    [['--count', '1.5'], 'CLI_FLAG_INVALID'],
    [['--prune=maybe'], 'CLI_FLAG_INVALID'],
    [['-o', 'xml'], 'CLI_FLAG_INVALID'],
  ])('refuses %j', (args, code) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ code }))
  })
})
