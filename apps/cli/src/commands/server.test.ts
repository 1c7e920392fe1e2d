import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitServer, hasGitHttpBackend, startGitServer } from '@driftless/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, runDriftless, scratch } from '../testing/run-driftless.ts'
import { type Product, startProduct } from '../testing/start-product.ts'

const configMap = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  value: "${value}"\n`
const service =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels:\n    tier: front\nspec:\n  ports:\n  - port: 80\n  selector:\n    app: web\n'

/** The steps build on each other, as those of a person at a terminal do. */
describe.skipIf(!(await hasGitHttpBackend()))('a server', () => {
  let product: Product
  let git: GitServer
  let repo = ''
  let home = ''
  const run = (...args: string[]): Promise<Outcome> => runDriftless(args, { env: { DRIFTLESS_CONFIG_DIR: home } })
  const succeed = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return out
  }

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'driftless-cli-home-'))
    git = await startGitServer()
    await git.createRepository('shop', { 'app/cm.yaml': configMap('1'), 'app/service.yaml': service })
    repo = git.url('shop')
    product = await startProduct()
  })
  afterAll(async () => {
    await product?.stop()
    await git?.close()
    rmSync(home, { recursive: true, force: true })
  })

  it('refuses a wrong password with exit code 20, and keeps nothing', async () => {
    const { code, err } = await run('login', product.url, '--username', 'admin', '--password', 'wrong')
    expect([code, err]).toEqual([20, expect.stringMatching(/^Error: /)])
    expect(() => statSync(join(home, 'config'))).toThrow('ENOENT')
  })

  it('logs in over plain text on this machine, and keeps the token for its owner alone', async () => {
    const host = new URL(product.url).host
    const out = await succeed('login', host, '--username', 'admin', '--password', product.password)
    expect(out).toBe(`'admin' logged in successfully\nContext '${host}' updated\n`)
    expect(statSync(join(home, 'config')).mode & 0o777).toBe(0o600)
    expect(await succeed('context')).toMatch(new RegExp(`^\\* +${host} +${host}$`, 'm'))
  })

  it('says who one is, what one may, and both versions', async () => {
    expect(await succeed('account', 'get-user-info')).toContain('Username: admin\n')
    expect(await succeed('account', 'can-i', 'sync', 'applications', '*')).toBe('yes\n')
    expect(await succeed('version', '--short')).toMatch(/^driftless: v.*\ndriftless-server: /)
  })

  it('takes server and token from the environment too', async () => {
    const token = /auth-token: (\S+)/.exec(readFileSync(join(home, 'config'), 'utf8'))?.[1] ?? ''
    const env = { ARGOCD_SERVER: product.url, ARGOCD_AUTH_TOKEN: token, ARGOCD_OPTS: '-o json --grpc-web' }
    const { out } = await runDriftless(['cluster', 'list'], { env })
    expect(JSON.parse(out)).toEqual([expect.objectContaining({ name: 'in-cluster' })])
  })

  it('never sends the kept token to another server', async () => {
    const other = `http://localhost:${new URL(product.url).port}`
    expect(await succeed('account', 'get-user-info', '--server', other)).toBe('Logged In: false\n')
  })

  it('lists clusters, projects and repositories', async () => {
    expect(await succeed('cluster', 'list')).toMatch(/^SERVER +NAME +VERSION +STATUS +MESSAGE +PROJECT\nhttps:/)
    expect(await succeed('cluster', 'get', 'in-cluster')).toContain('name: in-cluster\n')
    expect(await succeed('proj', 'list', '-o', 'name')).toBe('default\n')
    expect(await succeed('repo', 'add', repo)).toBe(`Repository '${repo}' added\n`)
    expect(await succeed('repo', 'list', '-o', 'url')).toBe(`${repo}\n`)
    expect((await run('repo', 'add', git.url('nothing'))).code).toBe(20)
  })

  it('creates an application once, and says what an upsert did', async () => {
    const flags = ['--repo', repo, '--path', 'app', '--dest-name', 'in-cluster', '--dest-namespace', 'default']
    const create = (...more: string[]) => run('app', 'create', 'shop', ...flags, '-l', 'team=a', ...more)
    expect((await create()).out).toBe("application 'shop' created\n")
    expect((await create('--upsert')).out).toBe("application 'shop' unchanged\n")
    const changed = await create('--sync-option', 'PruneLast=true')
    expect([changed.code, changed.err]).toEqual([20, expect.stringContaining('upsert')])
    expect((await create('--sync-option', 'PruneLast=true', '--upsert')).out).toBe("application 'shop' updated\n")
  })

  it('creates applications from manifests', async () => {
    const manifest = (name: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  project: default\n  source:\n    repoURL: ${repo}\n    path: app\n  destination:\n    name: in-cluster\n    namespace: other\n`
    using files = scratch({ 'apps.yaml': `${manifest('one')}---\n${manifest('two')}` })
    const out = await succeed('app', 'create', '-f', join(files.directory, 'apps.yaml'))
    expect(out).toBe("application 'one' created\napplication 'two' created\n")
    expect(await succeed('app', 'delete', 'one', 'two', '--cascade=false')).toContain("application 'two' deleted\n")
  })

  it('lists applications in Argo CD’s columns, by label and as names', async () => {
    await succeed('app', 'get', 'shop', '--refresh', '-o', 'json')
    const [headers = '', row = ''] = (await succeed('app', 'list', '-l', 'team=a')).split('\n')
    expect(headers.split(/ +/)).toEqual(
      'NAME CLUSTER NAMESPACE PROJECT STATUS HEALTH SYNCPOLICY CONDITIONS REPO PATH TARGET'.split(' '),
    )
    expect(row.split(/ +/).slice(0, 10)).toEqual(
      `argocd/shop in-cluster default default OutOfSync Missing Manual <none> ${repo} app`.split(' '),
    )
    expect(await succeed('app', 'list', '-o', 'name')).toBe('argocd/shop\n')
    expect(await succeed('app', 'list', '-o', 'name', '--path', 'elsewhere')).toBe('')
  })

  it('shows differences with exit code 1, or the one that is wanted', async () => {
    const { code, out } = await run('app', 'diff', 'shop')
    expect(code).toBe(1)
    expect(out).toMatch(/^\n===== \/ConfigMap default\/settings ======\n/)
    expect(out).toContain('+  value: "1"')
    expect((await run('app', 'diff', 'shop', '--exit-code=false')).code).toBe(0)
    expect((await run('app', 'diff', 'shop', '--diff-exit-code', '3')).code).toBe(3)
  })

  it('gives up a wait with exit code 20', async () => {
    const { code, out, err } = await run('app', 'wait', 'shop', '--sync', '--timeout', '1')
    expect([code, err]).toEqual([20, expect.stringContaining('timed out (1s)')])
    expect(out).toMatch(/Sync Status: +OutOfSync/)
  })

  it('syncs, waits and shows the state of afterwards', async () => {
    const out = await succeed('app', 'sync', 'shop', '--timeout', '60')
    expect(out).toMatch(/^Phase: +Succeeded$/m)
    expect(out).toMatch(/^ +ConfigMap +default +settings +Synced +configmap\/settings created$/m)
    expect(await succeed('app', 'wait', 'shop', '--timeout', '60')).toMatch(/^Health Status: +Healthy$/m)
    expect(await run('app', 'diff', 'shop')).toMatchObject({ code: 0, out: '' })
  })

  it('shows resources as table and tree, and one as it lives', async () => {
    expect(await succeed('app', 'resources', 'shop')).toMatch(/^ +Service +default +web +No$/m)
    expect(await succeed('app', 'get', 'shop', '-o', 'tree')).toMatch(/^Service\/web +Synced +Healthy/m)
    expect(await succeed('app', 'get-resource', 'shop', '--kind', 'ConfigMap')).toContain('value: "1"\n')
    expect(await succeed('app', 'manifests', 'shop')).toContain('kind: Service\n')
  })

  it('asks for pruning with exit code 1, and prunes', async () => {
    const files = { 'app/cm.yaml': configMap('2'), 'app/service.yaml': null }
    await git.commit('shop', { branch: 'main', message: 'drop the service', files })
    const { code, err } = await run('app', 'sync', 'shop', '--timeout', '60')
    expect([code, err]).toEqual([1, 'Error: 1 resources require pruning\n'])
    expect(await succeed('app', 'sync', 'shop', '--prune', '--timeout', '60')).toMatch(/Service +default +web +Pruned/)
  })

  it('syncs chosen resources only, and refuses a choice of none', async () => {
    const chosen = await succeed('app', 'sync', 'shop', '--resource', ':ConfigMap:settings', '--timeout', '60')
    expect(chosen).toContain('settings')
    const none = await run('app', 'sync', 'shop', '--resource', 'apps:Deployment:none')
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('No matching resources')])
  })

  it('shows the history by repository, and rolls back', async () => {
    const history = await succeed('app', 'history', 'shop')
    expect(history).toMatch(
      new RegExp(`^SOURCE {2}${repo}\nID +DATE +REVISION\n0 +\\d{4}-\\d\\d-\\d\\d .* \\+0000 UTC`),
    )
    await succeed('app', 'rollback', 'shop', '0', '--timeout', '60')
    expect(await succeed('app', 'get-resource', 'shop', '--kind', 'ConfigMap')).toContain('value: "1"\n')
    expect((await run('app', 'rollback', 'shop', '99')).code).toBe(1)
  })

  it('changes and removes overrides', async () => {
    await succeed('app', 'set', 'shop', '--sync-policy', 'automated', '--auto-prune', '--revision', 'main')
    expect(await succeed('app', 'get', 'shop')).toMatch(/^Sync Policy: +Automated \(Prune\)$/m)
    await succeed('app', 'set', 'shop', '--sync-policy', 'none')
    expect(await succeed('app', 'get', 'shop')).toMatch(/^Sync Policy: +Manual$/m)
    expect((await run('app', 'set', 'shop')).code).toBe(1)
  })

  it('deletes an application with its resources and waits until it is gone', async () => {
    expect(await succeed('app', 'delete', 'shop', '--yes', '--wait')).toBe("application 'shop' deleted\n")
    expect((await run('app', 'get', 'shop')).code).toBe(20)
    expect(await succeed('app', 'wait', 'shop', '--delete')).toContain('deleted')
    expect(await succeed('repo', 'rm', repo)).toBe(`Repository '${repo}' removed\n`)
  })

  it('changes the password and stays logged in, until it logs out', async () => {
    const passwords = ['--current-password', product.password, '--new-password', 'another one']
    expect(await succeed('account', 'update-password', ...passwords)).toMatch(
      /^Password updated\nContext .* updated\n$/,
    )
    expect(await succeed('account', 'get-user-info')).toContain('Logged In: true\n')
    expect(await succeed('logout')).toMatch(/^Logged out from /)
    expect(await succeed('account', 'get-user-info')).toBe('Logged In: false\n')
    const host = new URL(product.url).host
    expect(await succeed('context', host, '--delete')).toBe(`Context '${host}' deleted\n`)
  })
})
