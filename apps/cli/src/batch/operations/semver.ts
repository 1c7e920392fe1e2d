import { compareVersions, createConstraint, parseVersion } from '@driftless/foundation'
import type { Operations } from '../operation.ts'
import { unsupported } from '../operation.ts'

export const semverOperations: Operations = {
  'semver.check'(fields) {
    if (fields.flag('includePrerelease') === true) throw unsupported('includePrerelease')
    return createConstraint(fields.text('constraint')).matches(parseVersion(fields.text('version')))
  },
  'semver.parse'(fields) {
    if (fields.flag('strict') === true) throw unsupported('strict')
    const { major, minor, patch, prerelease, metadata } = parseVersion(fields.text('version'))
    return { major, minor, patch, prerelease, metadata }
  },
  'semver.compare': (fields) => compareVersions(parseVersion(fields.text('a')), parseVersion(fields.text('b'))),
}
