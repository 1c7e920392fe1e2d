import { fn, type TemplateFunction } from '../signature.ts'

/** The shortest equal path, by Go's `path.Clean`. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..' || (!rooted && (parts.length === 0 || parts.at(-1) === '..'))) parts.push(part)
    else parts.pop()
  }
  return (rooted ? '/' : '') + parts.join('/') || '.'
}

function base(path: string): string {
  if (path === '') return '.'
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot)
}

const baseOf = fn(['string'], base)
const dir = fn(['string'], (path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)))
const clean = fn(['string'], cleanPath)
const ext = fn(['string'], extension)
const isAbs = fn(['string'], (path) => path.startsWith('/'))

/** Path functions of sprig; the `os` variants follow Linux. */
export const paths: Readonly<Record<string, TemplateFunction>> = {
  base: baseOf,
  osBase: baseOf,
  dir,
  osDir: dir,
  clean,
  osClean: clean,
  ext,
  osExt: ext,
  isAbs,
  osIsAbs: isAbs,
}
