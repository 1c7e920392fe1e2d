import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '@driftless/foundation'
import { expect, it } from 'vitest'
import { scratch } from '../testing/run-driftless.ts'
import { diskTree } from './disk-tree.ts'

const text = (content: Uint8Array | undefined) => content && new TextDecoder().decode(content)

it('lists in byte order, reads files and tells kinds', () => {
  using files = scratch({ 'b/x.txt': 'x', 'B.txt': 'B', 'é.txt': '', 'a.txt': 'a' })
  symlinkSync('a.txt', join(files.directory, 'link'))
  const tree = diskTree(files.directory)
  expect(tree.list('')?.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'B.txt file',
    'a.txt file',
    'b directory',
    'link symlink',
    'é.txt file',
  ])
  expect(text(tree.read('b/x.txt'))).toBe('x')
  expect([tree.read('b'), tree.read('none'), tree.list('a.txt'), tree.list('none')]).toEqual(Array(4).fill(undefined))
})

it('reports links and follows none, on the way to a path either', () => {
  using files = scratch({ 'outside/secret': 's', 'root/in.txt': 'in' })
  const root = join(files.directory, 'root')
  symlinkSync('../outside', join(root, 'out'))
  symlinkSync(join(root, 'in.txt'), join(root, 'absolute'))
  const tree = diskTree(root)
  expect([tree.read('out/secret'), tree.list('out'), tree.read('absolute')]).toEqual(Array(3).fill(undefined))
  expect(tree.readLink('out')).toBe('../outside')
  expect(readText(tree, 'absolute')).toBe('in')
  expect(() => readText(tree, 'out/secret')).toThrow('../outside (named in out) leads outside')
})

it.each(['../outside/secret', 'a/../../outside/secret', 'a//b', './in.txt', 'in.txt\0'])(
  'reads nothing at %j',
  (path) => {
    using files = scratch({ 'outside/secret': 's', 'root/in.txt': 'in' })
    mkdirSync(join(files.directory, 'root/a'))
    const tree = diskTree(join(files.directory, 'root'))
    expect([tree.read(path), tree.readLink(path)]).toEqual([undefined, undefined])
  },
)
