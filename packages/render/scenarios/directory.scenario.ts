import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { configMap, failureOf, namesOf, openStage } from './stage.ts'

describe.skipIf(!(await hasGitHttpBackend()))('a plain directory (skipped where git http-backend is missing)', () => {
  it('[D1] its YAML and JSON files are read in order of their names, several documents a file, lists taken apart', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      'app/b.yaml': `${configMap('b1')}---\n---\n${configMap('b2')}`,
      'app/a.json':
        '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}]}',
      'app/c.yml': 'apiVersion: v1\nkind: List\nitems: null\n',
      'app/notes.txt': configMap('no'),
      'app/sub/d.yaml': configMap('d'),
    })
    const rendered = await stage.render('r', { path: 'app', sha })
    expect(rendered.sourceType).toBe('Directory')
    expect(namesOf(rendered)).toEqual(['Secret/s', 'ConfigMap/b1', 'ConfigMap/b2'])
    expect(rendered.objects[1]).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b1' } })
    expect(rendered.hashes).toHaveLength(3)
    expect(new Set(rendered.hashes).size).toBe(3)
  })

  it('[D2] directories below it are read only with recurse, in the order of a walk', async () => {
    await using stage = await openStage()
    const files = {
      'app/z.yaml': configMap('z'),
      'app/m/x.yaml': configMap('x'),
      'app/m/deep/y.yaml': configMap('w'),
      'app/a.yaml': configMap('a'),
    }
    const sha = await stage.server.createRepository('r', files)
    expect(namesOf(await stage.render('r', { path: 'app', sha }))).toEqual(['ConfigMap/a', 'ConfigMap/z'])
    const all = await stage.render('r', { path: './app/', sha, directory: { recurse: true } })
    expect(namesOf(all)).toEqual(['ConfigMap/a', 'ConfigMap/w', 'ConfigMap/x', 'ConfigMap/z'])
    expect(all.filesRead).toEqual(
      [
        'app/',
        'app/a.yaml',
        'app/m/',
        'app/m/deep/',
        'app/m/deep/y.yaml',
        'app/m/x.yaml',
        'app/z.yaml',
        ...['app/.argocd-source-shop.yaml', 'app/.argocd-source.yaml'],
      ].sort(),
    )
  })

  it('[D3] exclude is tested before include, both on the path below the directory, where * crosses /', async () => {
    await using stage = await openStage()
    const files = {
      'app/a.yaml': configMap('a'),
      'app/m/b.yaml': configMap('b'),
      'app/m/c.yml': configMap('c'),
      'app/m/skip.yaml': configMap('skip'),
    }
    const sha = await stage.server.createRepository('r', files)
    const names = async (directory: object) =>
      namesOf(await stage.render('r', { path: 'app', sha, directory: { recurse: true, ...directory } }))
    expect(await names({ include: '*.yaml' })).toEqual(['ConfigMap/a', 'ConfigMap/b', 'ConfigMap/skip'])
    expect(await names({ include: 'm/*', exclude: '{*/skip.yaml,*.yml}' })).toEqual(['ConfigMap/b'])
    expect(await names({ exclude: 'm/*' })).toEqual(['ConfigMap/a'])
    expect((await failureOf(names({ include: '[' }))).code).toBe('GLOB_INVALID')
  })

  it('[D4] a file with the skip comment is left out', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      'a.yaml': configMap('a'),
      'b.yaml': `${configMap('b')}# +argocd:skip-file-rendering\n`,
    })
    expect(namesOf(await stage.render('r', { path: '.', sha }))).toEqual(['ConfigMap/a'])
  })

  it('[D5] a broken file that looks like a manifest is an error with file and line; another one is passed over', async () => {
    await using stage = await openStage()
    const broken = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n labels: {}\n'
    const sha = await stage.server.createRepository('r', {
      'good/a.yaml': configMap('a'),
      'good/values.yaml': 'replicas: 2\n',
      'good/broken.yaml': 'a: [1\nb: }',
      'bad/a.yaml': broken,
      'half/a.yaml': `${configMap('ok')}---\nkind: ConfigMap\nmetadata: {name: x}\n`,
      'json/a.json': '{"a": 1}',
    })
    expect(namesOf(await stage.render('r', { path: 'good', sha }))).toEqual(['ConfigMap/a'])
    const bad = await failureOf(stage.render('r', { path: 'bad', sha }))
    expect(bad).toMatchObject({ code: 'YAML_INVALID', place: { file: 'bad/a.yaml', line: 5 } })
    expect(bad.message).toMatch(/bad\/a\.yaml.*5/)
    const half = await failureOf(stage.render('r', { path: 'half', sha }))
    expect(half).toMatchObject({ code: 'MANIFEST_INVALID', place: { file: 'half/a.yaml' } })
    expect(await failureOf(stage.render('r', { path: 'json', sha }))).toMatchObject({
      code: 'MANIFEST_INVALID',
      place: { file: 'json/a.json' },
    })
  })

  it('[D6] a link is followed inside the repository, and refused when it leads out', async () => {
    await using stage = await openStage()
    await stage.server.createRepository('r', { 'shared/a.yaml': configMap('shared'), 'app/.keep': '' })
    const inside = await stage.server.commit('r', {
      branch: 'main',
      message: 'in',
      links: { 'app/a.yaml': '../shared/a.yaml' },
    })
    expect(namesOf(await stage.render('r', { path: 'app', sha: inside }))).toEqual(['ConfigMap/shared'])
    for (const target of ['/etc/passwd', '../../../../etc/passwd', '../../x.yaml']) {
      const sha = await stage.server.commit('r', { branch: 'main', message: 'out', links: { 'app/a.yaml': target } })
      const error = await failureOf(stage.render('r', { path: 'app', sha }))
      expect(error).toMatchObject({ code: 'RENDER_LINK_OUTSIDE', place: { file: 'app/a.yaml' } })
      expect(error.message).toMatch(/out-of-bounds symlinks/)
    }
    const chain = await stage.server.commit('r', {
      branch: 'main',
      message: 'chain',
      links: { 'app/a.yaml': 'b', 'app/b': 'c', 'app/c': '../../out.yaml' },
    })
    expect((await failureOf(stage.render('r', { path: 'app', sha: chain }))).code).toBe('RENDER_LINK_OUTSIDE')
    const loop = await stage.server.commit('r', { branch: 'main', message: 'loop', links: { 'app/a.yaml': 'a.yaml' } })
    expect((await failureOf(stage.render('r', { path: 'app', sha: loop }))).code).toBe('FILE_LINK_LOOP')
  })

  it('[D7] manifests beyond the size limit are an error', async () => {
    await using stage = await openStage({ limits: { manifestBytes: 1000, outputBytes: 2000 } })
    const sha = await stage.server.createRepository('r', { 'app/a.yaml': configMap('a', { x: 'y'.repeat(1000) }) })
    expect((await failureOf(stage.render('r', { path: 'app', sha }))).message).toMatch(/exceed 1000 bytes/)
  })

  it('[P1] a path that is missing, a file, absolute or outside says so', async () => {
    await using stage = await openStage()
    await stage.server.createRepository('r', { 'app/a.yaml': configMap('a') })
    const sha = await stage.server.commit('r', { branch: 'main', message: 'l', links: { out: '../..', etc: '/etc' } })
    const message = async (path: string) => (await failureOf(stage.render('r', { path, sha }))).message
    expect(await message('manifests/none')).toBe('manifests/none: app path does not exist')
    expect(await message('app/a.yaml')).toBe('app/a.yaml: app path is not a directory')
    expect(await message('/etc')).toMatch(/^\/etc: app path is absolute/)
    expect(await message('../x')).toMatch(/app path outside root/)
    expect(await message('app/../../x')).toMatch(/app path outside root/)
    expect(await message('out/etc')).toMatch(/app path outside root/)
    expect(await message('etc')).toMatch(/app path outside root/)
    expect(await message('..\\..\\etc')).toMatch(/does not exist/)
  })

  it('[O1] .argocd-source files change the options, not what is rendered', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', {
      'app/a.yaml': configMap('a'),
      'app/m/b.yaml': configMap('b'),
      'app/m/c.yaml': configMap('c'),
      'app/.argocd-source.yaml': 'path: other\nrepoURL: http://evil\ndirectory:\n  recurse: true\n  exclude: "m/b*"\n',
      'app/.argocd-source-shop.yaml': 'directory:\n  exclude: "m/c*"\n',
      'bad/.argocd-source.yaml': 'directory:\n  recurse: maybe\n',
    })
    expect(namesOf(await stage.render('r', { path: 'app', sha }))).toEqual(['ConfigMap/a', 'ConfigMap/b'])
    const error = await failureOf(stage.render('r', { path: 'bad', sha }))
    expect(error.message).toMatch(/bad\/\.argocd-source\.yaml does not fit an application source: directory\.recurse/)
  })

  it('[T1] more than one block of options is ambiguous; a plugin that nobody declared is refused', async () => {
    await using stage = await openStage()
    const sha = await stage.server.createRepository('r', { 'app/a.yaml': configMap('a') })
    const both = stage.render('r', { path: 'app', sha, directory: { recurse: true }, helm: { releaseName: 'x' } })
    expect((await failureOf(both)).message).toMatch(/^multiple application sources defined: Helm,Directory/)
    const plugin = stage.render('r', { path: 'app', sha, plugin: { name: 'cue' } })
    expect((await failureOf(plugin)).code).toBe('RENDER_PLUGIN_UNSUPPORTED')
    expect(namesOf(await stage.render('r', { path: 'app', sha, helm: {}, directory: { recurse: false } }))).toEqual([
      'ConfigMap/a',
    ])
  })
})
