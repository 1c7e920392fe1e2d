import {
  compareVersions,
  createConstraint,
  DriftlessError,
  formatVersion,
  parseVersion,
  type SemVer,
} from '@driftless/foundation'
import { FunctionError } from '../../errors.ts'
import { quoteGo } from '../../format/quote.ts'
import { type GoMethod, GoObject, type GoValue } from '../../value/go-value.ts'
import { int, makeInt } from '../../value/int.ts'
import { fn, type TemplateFunction } from '../signature.ts'

/** A semantic version with the methods that templates use. */
class GoVersion extends GoObject {
  readonly goType = '*semver.Version'
  override readonly goKind = 'ptr'
  readonly version: SemVer

  constructor(version: SemVer) {
    super()
    this.version = version
  }

  field(): GoValue {
    return undefined
  }

  override method(name: string): GoMethod | undefined {
    return methods[name]
  }

  print(): string {
    return formatVersion(this.version)
  }

  plain(): unknown {
    return this.print()
  }
}

const getter = (read: (version: SemVer) => GoValue): GoMethod => ({
  params: [],
  call: (receiver) => read((receiver as GoVersion).version),
})

const comparison = (test: (order: number) => GoValue): GoMethod => ({
  params: ['any'],
  call(receiver, [other]) {
    if (!(other instanceof GoVersion)) throw new FunctionError('wrong type for value; expected *semver.Version')
    return test(compareVersions((receiver as GoVersion).version, other.version))
  },
})

const methods: Readonly<Record<string, GoMethod>> = {
  Major: getter((version) => makeInt('uint64', version.major)),
  Minor: getter((version) => makeInt('uint64', version.minor)),
  Patch: getter((version) => makeInt('uint64', version.patch)),
  Prerelease: getter((version) => version.prerelease),
  Metadata: getter((version) => version.metadata),
  Original: getter((version) => version.original),
  String: getter(formatVersion),
  Compare: comparison((order) => int(order)),
  Equal: comparison((order) => order === 0),
  LessThan: comparison((order) => order < 0),
  GreaterThan: comparison((order) => order > 0),
  LessThanEqual: comparison((order) => order <= 0),
  GreaterThanEqual: comparison((order) => order >= 0),
}

/** Runs a reader of versions with the library's wording for wrong input. */
function reading<T>(what: 'version' | 'constraint', text: string, read: (text: string) => T): T {
  try {
    return read(text)
  } catch (thrown) {
    if (!(thrown instanceof DriftlessError)) throw thrown
    throw new FunctionError(what === 'version' ? 'invalid semantic version' : `improper constraint: ${quoteGo(text)}`)
  }
}

/** Version functions of sprig, with Masterminds' meaning. */
export const versions: Readonly<Record<string, TemplateFunction>> = {
  semver: fn(['string'], (text) => new GoVersion(reading('version', text, parseVersion))),
  semverCompare: fn(['string', 'string'], (constraint, version) => {
    const set = reading('constraint', constraint, createConstraint)
    return set.matches(reading('version', version, parseVersion))
  }),
}
