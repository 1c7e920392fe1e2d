// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are in the form that users write

import { describe, expect, it } from 'vitest'
import { createBuildEnvironment } from './build-environment.ts'

const job = {
  application: { instanceName: 'team_shop', namespace: 'prod', project: 'web' },
  source: { repoURL: 'https://host/repo', path: 'charts/shop', targetRevision: 'main' },
  sha: '0123456789abcdef0123456789abcdef01234567',
}

describe('the build environment', () => {
  it.each([
    ['$ARGOCD_APP_NAME', 'team_shop'],
    ['${ARGOCD_APP_NAMESPACE}-x', 'prod-x'],
    ['$ARGOCD_APP_PROJECT_NAME/$ARGOCD_APP_SOURCE_PATH', 'web/charts/shop'],
    ['$ARGOCD_APP_REVISION_SHORT $ARGOCD_APP_REVISION_SHORT_8', '0123456 01234567'],
    ['$ARGOCD_APP_SOURCE_REPO_URL@$ARGOCD_APP_SOURCE_TARGET_REVISION', 'https://host/repo@main'],
    ['$$HOME costs $$5', '$HOME costs $5'],
    ['[$UNKNOWN][${PATH}][$1]', '[][][]'],
    ['a$', 'a$'],
    ['$.x', '$.x'],
  ])('[B1] %j becomes %j', (text, expected) => {
    expect(createBuildEnvironment(job).substitute(text)).toBe(expected)
  })

  it('[B2] notes whether the commit was used, because then every commit renders anew', () => {
    const environment = createBuildEnvironment(job)
    environment.substitute('$ARGOCD_APP_NAME')
    expect(environment.usesRevision()).toBe(false)
    environment.substitute('${ARGOCD_APP_REVISION_SHORT}')
    expect(environment.usesRevision()).toBe(true)
  })
})
