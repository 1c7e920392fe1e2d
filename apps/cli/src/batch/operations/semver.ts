import { compareVersions, createConstraint, parseStrictVersion, parseVersion } from '@driftless/foundation'
import type { Operations } from '../operation.ts'

export const semverOperations: Operations = {
  'semver.check'(fields) {
    const includePrerelease = fields.flag('includePrerelease') ?? false
    return createConstraint(fields.text('constraint'), { includePrerelease }).matches(
      parseVersion(fields.text('version')),
    )
  },
  'semver.parse'(fields) {
    const parse = fields.flag('strict') === true ? parseStrictVersion : parseVersion
    const { major, minor, patch, prerelease, metadata } = parse(fields.text('version'))
    return { major, minor, patch, prerelease, metadata }
  },
  'semver.compare': (fields) => compareVersions(parseVersion(fields.text('a')), parseVersion(fields.text('b'))),
}
