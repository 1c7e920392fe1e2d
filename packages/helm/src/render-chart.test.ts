import { gzipSync } from 'node:zlib'
import { FileNotLoaded, type FileTree, memoryTree } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { ChartCache } from './chart-cache.ts'
import { type RenderChartRequest, renderChart } from './render-chart.ts'
import { renderChartFiles, renderHelmTemplates, renderHelmText, resolveDependencies } from './render-files.ts'
import { parseSetExpressions } from './values/parse-set-expressions.ts'

const meta = 'apiVersion: v2\nname: app\nversion: 1.0.0\n'
const engine = {
  clock: { now: () => new Date('2026-01-02T03:04:05Z') },
  randomBytes: (count: number) => new Uint8Array(count),
}
const base = { ...engine, releaseName: 'rel', namespace: 'ns', path: '' }
const render = (files: Record<string, string | Uint8Array>, more: Partial<RenderChartRequest> = {}) =>
  renderChart({ ...base, tree: memoryTree({ 'Chart.yaml': meta, ...files }), ...more })

describe('[R] what a render gives', () => {
  it('[R1] documents in install order with their objects, hooks last, and the notes of the chart itself', () => {
    const result = render({
      'templates/a.yaml':
        'kind: Service\n---\nkind: Namespace\n---\nkind: Pod\nmetadata: {annotations: {helm.sh/hook: test}}\n',
      'templates/NOTES.txt': 'hello {{ .Release.Name }}',
    })
    expect(result.manifests.map(({ object }) => object)).toMatchObject([
      { kind: 'Namespace' },
      { kind: 'Service' },
      { kind: 'Pod' },
    ])
    expect(result.notes).toBe('hello rel')
  })

  it('[R2] CRDs come first, one entry a document, when asked for', () => {
    const files = { 'crds/a.yaml': 'kind: A\n---\nkind: B\n', 'templates/x.yaml': 'kind: X\n' }
    expect(render(files, { includeCrds: true }).manifests.map(({ object }) => object)).toEqual([
      { kind: 'A' },
      { kind: 'B' },
      { kind: 'X' },
    ])
    expect(render(files).manifests).toHaveLength(1)
  })

  it('[R3] a chart below the root of the tree, or an archive, renders alike', () => {
    const tree = memoryTree({ 'charts/app/Chart.yaml': meta, 'charts/app/templates/x.yaml': 'kind: {{ .Chart.Name }}' })
    expect(renderChart({ ...base, tree, path: 'charts/app' }).text).toBe(
      '---\n# Source: app/templates/x.yaml\nkind: app\n',
    )
    const archive = tarball({ 'app/Chart.yaml': meta, 'app/templates/x.yaml': 'kind: {{ .Chart.Name }}' })
    expect(renderChart({ ...base, tree: memoryTree({ 'app.tgz': archive }), path: 'app.tgz' }).text).toBe(
      '---\n# Source: app/templates/x.yaml\nkind: app\n',
    )
  })

  it('[R4] lookup asks the caller and finds nothing without one', () => {
    const files = {
      'templates/x.yaml': 'kind: X\nfound: {{ (lookup "v1" "Secret" "ns" "name").data | default dict | toJson }}',
    }
    expect(render(files).manifests[0]?.object).toEqual({ kind: 'X', found: {} })
    const lookup = (...asked: string[]) => ({ data: { asked } })
    expect(render(files, { lookup }).manifests[0]?.object).toEqual({
      kind: 'X',
      found: { asked: ['v1', 'Secret', 'ns', 'name'] },
    })
  })

  it('[R5] a shared cache changes no result, and no render changes another', () => {
    const cache = new ChartCache()
    const files = {
      'values.yaml': 'map: {a: 1}\n',
      'templates/x.yaml': 'kind: X\n{{ $_ := set .Values.map "b" .Release.Name }}values: {{ toJson .Values }}',
    }
    const tree = memoryTree({ 'Chart.yaml': meta, ...files })
    const first = renderChart({ ...base, tree, cache })
    expect(renderChart({ ...base, tree, cache, releaseName: 'other' }).manifests[0]?.object).toEqual({
      kind: 'X',
      values: { map: { a: 1, b: 'other' } },
    })
    expect(renderChart({ ...base, tree, cache }).text).toBe(first.text)
    expect(renderChart({ ...base, tree }).text).toBe(first.text)
  })

  it('[R6] values merge in order: files, values, then set expressions of each kind', () => {
    const files = {
      'values.yaml': 'a: chart\nb: chart\nc: chart\nd: chart\ne: chart\n',
      'templates/x.yaml': 'v: {{ toJson .Values }}',
    }
    const result = render(files, {
      valuesFiles: [{ path: 'one.yaml', text: 'b: one\nc: one\nd: one\ne: null\n' }],
      values: { c: 'values', d: 'values' },
      set: ['d=1'],
      setFile: [{ path: 'f', content: 'text' }],
    })
    expect(result.manifests[0]?.object).toEqual({ v: { a: 'chart', b: 'one', c: 'values', d: 1, f: 'text' } })
  })
})

describe('[S] what a chart cannot do', () => {
  const code = (text: string) => expect.objectContaining({ code: text })

  it('[S1] read outside its tree through links', () => {
    const tree = memoryTree({ 'Chart.yaml': meta }, { 'values.yaml': '../../etc/passwd' })
    expect(() => renderChart({ ...base, tree })).toThrow(code('FILE_OUTSIDE'))
    expect(() => renderChart({ ...base, tree: memoryTree({ 'Chart.yaml': meta }), path: '../x' })).toThrow(
      code('FILE_OUTSIDE'),
    )
  })

  it('[S2] unpack an archive into other places or without bounds', () => {
    const broken = (files: Record<string, string>) => () => render({ 'charts/dep.tgz': tarball(files) })
    expect(broken({ 'dep/../../x': 'y' })).toThrow(code('HELM_CHART_INVALID'))
    expect(broken({ 'Chart.yaml': meta })).toThrow(code('HELM_CHART_INVALID'))
    const bomb = gzipSync(new Uint8Array(101 * 1024 * 1024))
    expect(() => render({ 'charts/dep.tgz': bomb })).toThrow(code('LIMIT_EXCEEDED'))
    expect(() => render({ 'charts/dep.tgz': 'no archive' })).toThrow('error unpacking subchart dep.tgz in app')
  })

  it('[S3] render without end', () => {
    const limits = { steps: 10_000, outputBytes: 10_000 }
    expect(() => render({ 'templates/x.yaml': '{{ range 1000000 }}x{{ end }}' }, { limits })).toThrow(
      code('LIMIT_EXCEEDED'),
    )
    expect(() =>
      render({ 'templates/x.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}' }),
    ).toThrow()
    expect(() =>
      render({
        'templates/x.yaml': '{{ define "a" }}{{ tpl "{{ include \\"a\\" . }}" . }}{{ end }}{{ include "a" . }}',
      }),
    ).toThrow()
  })

  it('[S4] see the machine', () => {
    expect(() => render({ 'templates/x.yaml': '{{ env "HOME" }}' })).toThrow('function "env" not defined')
  })

  it('[S5] hide a file that is not loaded yet', () => {
    const inner = memoryTree({ 'Chart.yaml': meta, 'values.yaml': 'a: 1' })
    const tree: FileTree = {
      ...inner,
      read(path) {
        if (path === 'values.yaml') throw new FileNotLoaded(path)
        return inner.read(path)
      },
    }
    expect(() => renderChart({ ...base, tree })).toThrow(FileNotLoaded)
  })

  it('[S6] use keys that mean something to JavaScript', () => {
    const files = {
      'values.yaml': '__proto__: {polluted: yes}\nconstructor: {a: 1}\n',
      'templates/x.yaml': 'v: {{ toJson .Values }}',
    }
    expect(render(files).text).toContain('v: {"__proto__":{"polluted":true},"constructor":{"a":1}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('[F] the smaller front doors', () => {
  it('[F1] renderChartFiles gives every template by name, notes and empty ones too', () => {
    const tree = memoryTree({
      'Chart.yaml': `${meta}kubeVersion: ">=9"\n`,
      'templates/x.yaml': '',
      'templates/NOTES.txt': 'n',
      'templates/_h.tpl': 'h',
    })
    expect(renderChartFiles({ ...base, tree })).toEqual({ 'app/templates/x.yaml': '', 'app/templates/NOTES.txt': 'n' })
  })

  it('[F2] renderHelmTemplates renders bare templates with a context', () => {
    const templates = { 'a.yaml': '{{ include "x" .v }}', '_h.tpl': '{{ define "x" }}<{{ . }}>{{ end }}' }
    expect(renderHelmTemplates(templates, { v: 1 }, engine)).toEqual({ 'a.yaml': '<1>' })
    expect(() => renderHelmTemplates({ 'a.yaml': '{{ .nope }}' }, {}, { ...engine, strict: true })).toThrow(
      'map has no entry for key "nope"',
    )
    expect(
      renderHelmTemplates({ 'a.yaml': '{{ required "x" .nope }}{{ fail "y" }}ok' }, {}, { ...engine, lint: true }),
    ).toEqual({ 'a.yaml': 'ok' })
  })

  it('[F3] renderHelmText renders one text with Helm’s functions', () => {
    expect(renderHelmText('{{ toYaml .a }} {{ tpl "{{ .b }}" . }}', { a: [1], b: 2 }, engine)).toBe('- 1 2')
    expect(renderHelmText('{{ typeOf .b }}', { b: 2 }, { ...engine, numbers: 'int' })).toBe('int')
  })

  it('[F4] resolveDependencies tells what is enabled and the values', () => {
    const child = 'apiVersion: v2\nname: child\nversion: 1.0.0\n'
    const tree = memoryTree({
      'Chart.yaml': `${meta}dependencies: [{name: child, version: 1.x, condition: child.enabled}]\n`,
      'charts/child/Chart.yaml': child,
      'charts/child/values.yaml': 'enabled: false\nsize: 1\n',
    })
    expect(resolveDependencies({ tree, path: '' })).toEqual({ charts: ['app'], values: {} })
    expect(resolveDependencies({ tree, path: '', values: { child: { enabled: true } } })).toEqual({
      charts: ['app', 'app.child'],
      values: { child: { enabled: true, size: 1, global: {} } },
    })
  })

  it('[F5] parseSetExpressions follows the grammar of each flag', () => {
    expect(parseSetExpressions('set', ['a.b[1].c=5,d={x,2,true}', 'e\\.f=null'], { base: { g: 1 } })).toEqual({
      g: 1,
      a: { b: [null, { c: 5 }] },
      d: ['x', 2, true],
      'e.f': null,
    })
    expect(parseSetExpressions('set-string', ['a=1'])).toEqual({ a: '1' })
    expect(parseSetExpressions('set-json', ['a={"b":[1]},c="x"'])).toEqual({ a: { b: [1] }, c: 'x' })
    expect(parseSetExpressions('set-literal', ['a.b=x,y={z}'])).toEqual({ a: { b: 'x,y={z}' } })
    expect(() => parseSetExpressions('set', ['a'])).toThrow('key "a" has no value')
  })
})

/** A gzipped tar of regular files. */
function tarball(files: Record<string, string>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text)
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(content.length.toString(8).padStart(11, '0'), 124)
    header.write('0', 156)
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}
