import { hasGitHttpBackend } from '@driftless/testkit'
import { describe, expect, it } from 'vitest'
import { configMap, failureOf, namesOf, openStage } from './stage.ts'

describe.skipIf(!(await hasGitHttpBackend()))(
  'the cache of renders (skipped where git http-backend is missing)',
  () => {
    it('[C1] a commit elsewhere in the repository renders nothing anew', async () => {
      await using stage = await openStage()
      const first = await stage.server.createRepository('mono', {
        'a/x.yaml': configMap('x'),
        'b/y.yaml': configMap('w'),
      })
      const before = await stage.render('mono', { path: 'a', sha: first })
      const second = await stage.server.commit('mono', {
        branch: 'main',
        message: 'b',
        files: { 'b/y.yaml': configMap('w2'), 'c/z.yaml': '' },
      })
      const after = await stage.render('mono', { path: 'a', sha: second })
      expect([before.cached, after.cached]).toEqual([false, true])
      expect(after.contentKey).toBe(before.contentKey)
      expect(after.hashes).toEqual(before.hashes)
    })

    it('[C2] a changed, added or removed file below what was read renders anew', async () => {
      await using stage = await openStage()
      await stage.server.createRepository('r', { 'a/x.yaml': configMap('x'), 'a/notes.txt': '1' })
      const keys = new Set<string>()
      const render = async (files: Record<string, string | null>) => {
        const sha = await stage.server.commit('r', { branch: 'main', message: 'm', files })
        const rendered = await stage.render('r', { path: 'a', sha })
        keys.add(rendered.contentKey)
        return [rendered.cached, ...namesOf(rendered)]
      }
      expect(await render({})).toEqual([false, 'ConfigMap/x'])
      expect(await render({ 'a/x.yaml': configMap('x2') })).toEqual([false, 'ConfigMap/x2'])
      expect(await render({ 'a/new.yaml': configMap('new') })).toEqual([false, 'ConfigMap/new', 'ConfigMap/x2'])
      expect(await render({ 'a/new.yaml': null })).toEqual([true, 'ConfigMap/x2'])
      expect(await render({ 'a/notes.txt': '2' })).toEqual([true, 'ConfigMap/x2'])
      expect(await render({ 'a/.argocd-source.yaml': 'directory: {exclude: "x*"}\n' })).toEqual([false])
      expect(keys.size).toBe(4)
    })

    it('[C3] other inputs do not share, and neither do other credentials', async () => {
      await using stage = await openStage()
      const sha = await stage.server.createRepository('r', { 'a/x.yaml': configMap('x') })
      const url = stage.server.url('r')
      const application = { instanceName: 'shop', namespace: 'other', project: 'default' }
      expect((await stage.render('r', { path: 'a', sha })).cached).toBe(false)
      expect((await stage.render('r', { path: 'a', sha })).cached).toBe(true)
      expect((await stage.render('r', { path: 'a', sha }, { application })).cached).toBe(false)
      expect((await stage.render('r', { path: 'a', sha }, { kubeVersion: '1.36.0' })).cached).toBe(false)
      expect(
        (await stage.render('r', { path: 'a', sha }, { remote: { url, credentials: { password: 'other' } } })).cached,
      ).toBe(false)
      expect((await stage.render('r', { path: 'a', sha }, { noCache: true })).cached).toBe(false)
    })

    it('[C4] identical requests at the same time are one render', async () => {
      await using stage = await openStage({ workers: 2 })
      const sha = await stage.server.createRepository('r', { 'a/x.yaml': configMap('x') })
      const rendered = await Promise.all([1, 2, 3, 4, 5].map(() => stage.render('r', { path: 'a', sha })))
      expect(rendered.filter(({ cached }) => !cached)).toHaveLength(1)
    })

    it('[C5] a failure is remembered for its commit, and forgotten with the next', async () => {
      await using stage = await openStage()
      const broken = await stage.server.createRepository('r', { 'a/x.yaml': `${configMap('x')}  bad\n: [` })
      const first = await failureOf(stage.render('r', { path: 'a', sha: broken }))
      expect(await failureOf(stage.render('r', { path: 'a', sha: broken }))).toBe(first)
      const fixed = await stage.server.commit('r', {
        branch: 'main',
        message: 'fix',
        files: { 'a/x.yaml': configMap('x') },
      })
      expect(namesOf(await stage.render('r', { path: 'a', sha: fixed }))).toEqual(['ConfigMap/x'])
    })

    it('[C6] a link that changes its target renders anew', async () => {
      await using stage = await openStage()
      await stage.server.createRepository('r', {
        'one/x.yaml': configMap('one'),
        'two/x.yaml': configMap('two'),
        'a/.keep': '',
      })
      const link = (target: string) =>
        stage.server.commit('r', { branch: 'main', message: 'l', links: { 'a/x.yaml': target } })
      const first = await link('../one/x.yaml')
      const second = await link('../two/x.yaml')
      expect(namesOf(await stage.render('r', { path: 'a', sha: first }))).toEqual(['ConfigMap/one'])
      expect(namesOf(await stage.render('r', { path: 'a', sha: second }))).toEqual(['ConfigMap/two'])
    })

    it('[W1] a repository too large to hand over at once is handed over in parts', async () => {
      await using stage = await openStage()
      const many = Object.fromEntries(
        Array.from({ length: 2500 }, (_, index) => [`app/d${index % 50}/f${index}.txt`, String(index)]),
      )
      const sha = await stage.server.createRepository('r', {
        ...many,
        'app/d7/x.yaml': configMap('x'),
        'app/d7/big.bin': 'y'.repeat(2 << 20),
      })
      const rendered = await stage.render('r', { path: 'app', sha, directory: { recurse: true } })
      expect(namesOf(rendered)).toEqual(['ConfigMap/x'])
    })
  },
)
