// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are in the form that users write

import { memoryTree } from '@driftless/foundation'
import type { ApplicationSource } from '@driftless/model'
import { describe, expect, it } from 'vitest'
import { createBuildEnvironment } from '../source/build-environment.ts'
import type { ToolRequest } from './tool.ts'
import { readValuesFiles } from './values-files.ts'

const files = {
  'charts/shop/values.yaml': 'chart',
  'charts/shop/values-prod.yaml': 'prod',
  'charts/shop/values-dev.yaml': 'dev',
  'charts/shop/env/eu.yaml': 'eu',
  'charts/shop/env/deep/us.yaml': 'us',
  'global.yaml': 'global',
  'shop/values.yaml': 'by name',
}
const links = {
  'charts/shop/out.yaml': '../../../etc/passwd',
  'charts/shop/linked.yaml': '../../global.yaml',
  'charts/shop/abs.yaml': '/etc/passwd',
}

function read(valueFiles: string[], options: Partial<NonNullable<ApplicationSource['helm']>> = {}): string[] {
  const source = { repoURL: 'https://host/repo', path: 'charts/shop', helm: { valueFiles, ...options } }
  const application = { instanceName: 'shop', namespace: 'prod', project: 'p' }
  const job = {
    application,
    source,
    sha: 'a'.repeat(40),
    settings: {},
    limits: { manifestBytes: 1, outputBytes: 1 },
    now: '',
  }
  const request: ToolRequest = {
    job,
    source,
    directory: 'charts/shop',
    trees: {
      own: memoryTree(files, links),
      references: { vals: memoryTree({ 'prod/x.yaml': 'other x', 'prod/y.yaml': 'other y' }) },
    },
    environment: createBuildEnvironment(job),
  }
  return readValuesFiles(request).map(({ text }) => text)
}

describe('the values files of a chart', () => {
  it('[H1] lie below the chart, or from the root with a leading /, or in another source with $ref', () => {
    expect(read(['values-prod.yaml', '/global.yaml', '../../global.yaml', '$vals/prod/x.yaml'])).toEqual([
      'prod',
      'global',
      'other x',
    ])
    expect(read(['linked.yaml'])).toEqual(['global'])
  })

  it('[H2] may name variables of the build environment', () => {
    expect(
      read([
        'values-$ARGOCD_APP_NAMESPACE.yaml',
        '/${ARGOCD_APP_NAME}/values.yaml',
        '$vals/$ARGOCD_APP_NAMESPACE/y.yaml',
      ]),
    ).toEqual(['prod', 'by name', 'other y'])
  })

  it('[H3] may be patterns, in order of names; a file named by itself keeps its own place', () => {
    expect(read(['values-*.yaml'])).toEqual(['dev', 'prod'])
    expect(read(['values-prod.yaml', 'values-*.yaml'])).toEqual(['prod', 'dev'])
    expect(read(['values-*.yaml', 'values-dev.yaml'])).toEqual(['prod', 'dev'])
    expect(read(['env/**/*.yaml'])).toEqual(['us', 'eu'])
    expect(read(['$vals/prod/*.yaml'])).toEqual(['other x', 'other y'])
    expect(read(['values-dev.yaml', 'values-dev.yaml'])).toEqual(['dev'])
  })

  it('[H4] must exist, unless missing ones are allowed', () => {
    expect(() => read(['none.yaml'])).toThrow('values file none.yaml does not exist')
    expect(() => read(['none-*.yaml'])).toThrow('pattern none-*.yaml matches no file')
    expect(read(['none.yaml', 'none-*.yaml', 'values-dev.yaml'], { ignoreMissingValueFiles: true })).toEqual(['dev'])
  })

  it.each(['../../../x.yaml', '/../x.yaml', 'out.yaml', 'abs.yaml', '$vals/../x.yaml', '../../../../../../etc/passwd'])(
    '[H5] %s must not lead out of the repository',
    (path) => {
      expect(() => read([path], { ignoreMissingValueFiles: true })).toThrow(
        expect.objectContaining({ code: 'FILE_OUTSIDE' }),
      )
    },
  )

  it('[H6] must not lie on another server, nor in a source that does not exist', () => {
    expect(() => read(['https://user:secret@evil/values.yaml'])).toThrow(
      /^the values file https:\/\/evil lies on another server/,
    )
    expect(() => read(['$other/values.yaml'])).toThrow(/no source has ref: other/)
  })
})
