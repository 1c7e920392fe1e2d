import { expect, it } from 'vitest'
import { fieldSelectorFault, labelSelectorFault } from './selector-fault.ts'

const invalidKey =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

// Each message is what the server's own parser says about the text.
it.each([
  ['a=b,c in (d,e),!f', undefined],
  ['in', undefined],
  ['a in ()', undefined],
  ['!!', "unable to parse requirement: found '!', expected: identifier"],
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['=', "found '=', expected: !, identifier, or 'end of string'"],
  [
    'a>x',
    `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
  ],
  ['a notin b', "unable to parse requirement: found 'b' expected: '('"],
  ['A_=b', `unable to parse requirement: <nil>: Invalid value: "A_": ${invalidKey}`],
  ['a in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
  ['a,', "found '', expected: identifier after ','"],
  ['!a=b', "found '=', expected: ',' or 'end of string'"],
  ['a=b,!', "unable to parse requirement: found '', expected: identifier"],
])('[L4] label selector %s', (text, fault) => {
  expect(labelSelectorFault(text)).toBe(fault)
})

it.each([
  ['a=b,c!=d', undefined],
  ['a', "invalid selector: 'a'; can't understand 'a'"],
  ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
])('[L4] field selector %s', (text, fault) => {
  expect(fieldSelectorFault(text)).toBe(fault)
})
