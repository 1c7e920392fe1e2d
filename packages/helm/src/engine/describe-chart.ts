import { type GoMap, type GoValue, stringList, typedMap } from '@driftless/go-template'
import type { Dependency, Maintainer, Metadata } from '../chart/metadata.ts'
import { GoStruct } from './go-struct.ts'

/** `.Chart` of Helm 4: a map of the fields of `Chart.yaml` under their Go names. */
export function chartMap(metadata: Metadata, isRoot: boolean): GoMap {
  return {
    ...texts(metadata),
    Sources: [...metadata.sources],
    Keywords: [...metadata.keywords],
    Maintainers: metadata.maintainers.map(maintainerFields),
    Deprecated: metadata.deprecated,
    Annotations: annotations(metadata),
    Dependencies: (metadata.dependencies ?? []).map(dependencyFields),
    IsRoot: isRoot,
  }
}

/** `.Chart` of Helm 3: a struct, so that a field which does not exist is an error. */
export function chartStruct(metadata: Metadata, isRoot: boolean): GoValue {
  const fields: GoMap = {
    ...texts(metadata),
    Sources: stringList([...metadata.sources]),
    Keywords: stringList([...metadata.keywords]),
    Maintainers: metadata.maintainers.map((maintainer) => struct('*chart.Maintainer', maintainerFields(maintainer))),
    Deprecated: metadata.deprecated,
    Annotations: annotations(metadata),
    Dependencies: (metadata.dependencies ?? []).map((dependency) =>
      struct('*chart.Dependency', dependencyFields(dependency)),
    ),
    IsRoot: isRoot,
  }
  return struct('struct { chart.Metadata; IsRoot bool }', fields)
}

function texts(metadata: Metadata): GoMap {
  return {
    Name: metadata.name,
    Home: metadata.home,
    Version: metadata.version,
    Description: metadata.description,
    Icon: metadata.icon,
    APIVersion: metadata.apiVersion,
    Condition: metadata.condition,
    Tags: metadata.tags,
    AppVersion: metadata.appVersion,
    KubeVersion: metadata.kubeVersion,
    Type: metadata.type,
  }
}

const annotations = (metadata: Metadata) => typedMap({ ...metadata.annotations }, 'string')
const maintainerFields = ({ name, email, url }: Maintainer): GoMap => ({ Name: name, Email: email, URL: url })

function dependencyFields(dependency: Dependency): GoMap {
  return {
    Name: dependency.name,
    Version: dependency.version,
    Repository: dependency.repository,
    Condition: dependency.condition,
    Tags: [...dependency.tags],
    Enabled: true,
    ImportValues: dependency.importValues.map((entry) =>
      typedMap(typeof entry === 'string' ? { child: `exports.${entry}`, parent: '.' } : { ...entry }, 'string'),
    ),
    Alias: dependency.alias,
  }
}

const jsonNames: Readonly<Record<string, string>> = {
  APIVersion: 'apiVersion',
  AppVersion: 'appVersion',
  KubeVersion: 'kubeVersion',
  ImportValues: 'import-values',
  URL: 'url',
  IsRoot: 'IsRoot',
}

/** A struct whose encoders use JSON names and leave empty fields out. */
function struct(goType: string, fields: GoMap): GoStruct {
  const filled = Object.entries(fields).filter(([name, value]) => name === 'IsRoot' || !isEmpty(value))
  const encoded = Object.fromEntries(filled.map(([name, value]) => [jsonNames[name] ?? name.toLowerCase(), value]))
  return new GoStruct({ goType, fields, encoded })
}

function isEmpty(value: GoValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === '' || value === false || value === null || value === undefined
}
