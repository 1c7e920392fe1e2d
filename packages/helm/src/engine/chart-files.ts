import { createGlob } from '@driftless/foundation'
import {
  bytesToText,
  GoBytes,
  type GoMap,
  type GoMethod,
  GoObject,
  type GoValue,
  stringList,
} from '@driftless/go-template'
import { printYaml } from '@driftless/kube-objects'
import type { ChartFile } from '../chart/chart.ts'

/** `.Files`: the plain files of a chart by path. */
export class ChartFiles extends GoObject {
  readonly goType = 'engine.files'
  override readonly goKind = 'map'
  private readonly contents: ReadonlyMap<string, Uint8Array>

  constructor(files: Iterable<readonly [string, Uint8Array]>) {
    super()
    this.contents = new Map(files)
  }

  /** Files of a loaded chart. */
  static of(files: readonly ChartFile[]): ChartFiles {
    return new ChartFiles(files.map(({ path, content }) => [path, content] as const))
  }

  field(name: string): GoValue {
    const content = this.contents.get(name)
    return content === undefined ? null : bytes(content)
  }

  override method(name: string): GoMethod | undefined {
    return Object.hasOwn(methods, name) ? methods[name] : undefined
  }

  override elements(): GoMap {
    return Object.fromEntries([...this.contents].map(([path, content]) => [path, bytes(content)]))
  }

  override size(): number {
    return this.contents.size
  }

  text(path: string): string {
    const content = this.contents.get(path)
    return content === undefined ? '' : bytesToText(content)
  }

  content(path: string): Uint8Array {
    return this.contents.get(path) ?? new Uint8Array()
  }

  glob(pattern: string): ChartFiles {
    const matches = compileGlob(pattern)
    return new ChartFiles([...this.contents].filter(([path]) => matches(path)))
  }

  /** `data` of a ConfigMap: base names with their text. */
  asConfig(): string {
    return this.asYaml(bytesToText)
  }

  /** `data` of a Secret: base names with their content in base64. */
  asSecrets(): string {
    return this.asYaml((content) => Buffer.from(content).toString('base64'))
  }

  lines(path: string): string[] {
    const text = this.text(path)
    if (text === '') return []
    return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  }

  print(): string {
    const names = [...this.contents.keys()].sort()
    return `map[${names.map((name) => `${name}:[${[...this.content(name)].join(' ')}]`).join(' ')}]`
  }

  plain(): unknown {
    return Object.fromEntries(
      [...this.contents].map(([path, content]) => [path, Buffer.from(content).toString('base64')]),
    )
  }

  private asYaml(encode: (content: Uint8Array) => string): string {
    const entries = [...this.contents]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, content]) => [path.slice(path.lastIndexOf('/') + 1), encode(content)] as const)
    return printYaml(Object.fromEntries(entries)).replace(/\n$/, '')
  }
}

const bytes = (content: Uint8Array): GoValue => new GoBytes(content)

function compileGlob(pattern: string): (path: string) => boolean {
  try {
    return createGlob(pattern, { separators: '/' })
  } catch {
    return createGlob('**')
  }
}

const method = (params: GoMethod['params'], call: (files: ChartFiles, argument: string) => GoValue): GoMethod => ({
  params,
  call: (receiver, [argument]) => call(receiver as ChartFiles, argument as string),
})

const methods: Readonly<Record<string, GoMethod>> = {
  Get: method(['string'], (files, path) => files.text(path)),
  GetBytes: method(['string'], (files, path) => bytes(files.content(path))),
  Glob: method(['string'], (files, pattern) => files.glob(pattern)),
  AsConfig: method([], (files) => files.asConfig()),
  AsSecrets: method([], (files) => files.asSecrets()),
  Lines: method(['string'], (files, path) => stringList(files.lines(path))),
}
