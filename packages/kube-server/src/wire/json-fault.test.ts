import { expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

it.each([
  ['', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a":x}', "invalid character 'x' looking for beginning of value"],
  ['tru', 'unexpected end of JSON input'],
  ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ['{} {}', "invalid character '{' after top-level value"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['-x', "invalid character 'x' in numeric literal"],
])('[B1] %j: %s', (text, message) => {
  expect(jsonFault(text)).toBe(message)
})
