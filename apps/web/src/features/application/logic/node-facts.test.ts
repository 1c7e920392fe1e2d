import { expect, it } from 'vitest'
import { edgePath, nodeFacts } from './node-facts.ts'

it('says of a pod what is ready, why not, and how often it restarted', () => {
  expect(
    nodeFacts({
      kind: 'Pod',
      name: 'web-1',
      info: [
        { name: 'Containers', value: '0/1' },
        { name: 'Status Reason', value: 'CrashLoopBackOff' },
        { name: 'Restart Count', value: '7' },
      ],
    }),
  ).toEqual(['pod', '0/1', 'CrashLoopBackOff', '↻7'])
})

it('says the revision of a replica set', () => {
  expect(nodeFacts({ kind: 'ReplicaSet', name: 'web-1', info: [{ name: 'Revision', value: 'Rev:42' }] })).toEqual([
    'rs',
    'rev:42',
  ])
})

it('rounds the corners of a line, less where the parts are short', () => {
  expect(
    edgePath([
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 40 },
      { x: 40, y: 40 },
    ]),
  ).toBe('M0 0L12 0Q20 0 20 8L20 32Q20 40 28 40L40 40')
  expect(
    edgePath([
      { x: 0, y: 5 },
      { x: 36, y: 5 },
    ]),
  ).toBe('M0 5L36 5')
})
