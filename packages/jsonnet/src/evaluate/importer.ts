import { type FileTree, FileTreeErrors, joinPath, resolveInTree } from '@driftless/foundation'
import { standardLibrary } from '../library/standard-library.ts'
import type { Expression } from '../syntax/ast.ts'
import { checkNames } from '../syntax/check-names.ts'
import { parse } from '../syntax/parser.ts'
import { Source } from '../syntax/source.ts'
import { compile } from './compile.ts'
import { Failure } from './failure.ts'
import type { Machine } from './machine.ts'
import { Scope } from './scope.ts'
import { ArrayValue, type Frame, Thunk, type Value } from './value.ts'

/** Finds and runs the files that a program imports. */
export class Importer {
  readonly #machine: Machine
  readonly #tree: FileTree | undefined
  readonly #libraries: readonly string[]
  readonly #values = new Map<string, Thunk>()
  readonly #texts = new Map<string, string>()

  /** `libraries` are directories of the tree; the last one is searched first. */
  constructor(machine: Machine, tree: FileTree | undefined, libraries: readonly string[]) {
    this.#machine = machine
    this.#tree = tree
    this.#libraries = [...libraries].reverse()
  }

  import(how: 'import' | 'importstr' | 'importbin', path: string, from: Source): Value {
    const { found, content } = this.#find(path, from)
    if (how === 'importbin') {
      this.#machine.spend(content.length)
      return new ArrayValue([...content])
    }
    if (how === 'importstr') return this.#text(found, content)
    return this.#machine.force(this.run(found, content))
  }

  /** A promise of what a file evaluates to. */
  run(path: string, content: Uint8Array): Thunk {
    let value = this.#values.get(path)
    if (value === undefined) {
      const source = new Source(path, this.#text(path, content), path)
      value = new Thunk(compileSource(this.#machine, source), [])
      this.#values.set(path, value)
    }
    return value
  }

  #text(path: string, content: Uint8Array): string {
    let text = this.#texts.get(path)
    if (text === undefined) {
      text = decoder.decode(content)
      this.#texts.set(path, text)
    }
    return text
  }

  /** Looks beside the importing file, then in the libraries; nothing outside the tree is looked at. */
  #find(path: string, from: Source): { found: string; content: Uint8Array } {
    const here = from.path === undefined ? '' : from.path.slice(0, Math.max(0, from.path.lastIndexOf('/')))
    let outside = path.startsWith('/')
    for (const directory of outside ? [] : [here, ...this.#libraries]) {
      const candidate = inside(directory, path)
      if (candidate === undefined) {
        outside = true
        continue
      }
      const content = this.#tree?.read(resolveInTree(this.#tree, candidate))
      if (content !== undefined) return { found: candidate, content }
      if (this.#tree?.list(candidate) !== undefined) throw new Failure(`read ${candidate || '.'}: is a directory`)
    }
    if (outside) throw FileTreeErrors.OUTSIDE({ path, from: from.name })
    throw new Failure(`couldn't open import ${quote(path)}: no match locally or in the Jsonnet library paths`)
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function inside(directory: string, path: string): string | undefined {
  try {
    return joinPath(directory, path)
  } catch {
    return undefined
  }
}

function quote(path: string): string {
  return JSON.stringify(path)
}

/** Compiles a file or snippet into the code of its value. Throws a static failure. */
export function compileSource(machine: Machine, source: Source): (frame: Frame) => Value {
  const expression = parsed(source)
  const scope = Scope.frame('variables', undefined)
  scope.declare('std')
  const code = compile(expression, { unit: { machine, source }, scope, context: '$' }, true)
  const std = standardLibrary(source.path ?? '')
  return () => machine.settle(code([undefined, std]))
}

function parsed(source: Source): Expression {
  const expression = parse(source)
  checkNames(source, expression, ['std'])
  return expression
}
