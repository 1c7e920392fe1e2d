import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appImports, type Place, places, sidewaysImports } from './floors.ts'
import { importsOf, type Room, readRooms, root, sourceFiles } from './house.ts'

const rooms = readRooms()
const packages = rooms.filter(({ kind }) => kind === 'package')
const apps = rooms.filter(({ kind }) => kind === 'app')

describe('the floors of the house', () => {
  it.each(packages.map(({ name }) => name))('packages/%s has a place in the house', (name) => {
    expect(
      places[name],
      `packages/${name} is unknown: give it a place in packages/tooling/src/floors.ts and in packages/README.md`,
    ).not.toBeUndefined()
  })

  it.each(packages)('packages/$name imports lower floors only', (room) => {
    expect(
      room.dependencies
        .filter((dependency) => !mayImport(room, dependency))
        .map((dependency) => advice(room, dependency)),
    ).toEqual([])
  })

  it.each(apps)('apps/$name imports what apps of its kind may', (room) => {
    const allowed = appImports[room.name]
    const wrong = room.dependencies.filter(
      (name) => places[name] === 'aside' || (allowed !== undefined && !allowed.includes(name)),
    )
    expect(
      wrong.map(
        (name) =>
          `apps/${room.name} may not import ${name}: ask for it over the contract, or move the code it needs down`,
      ),
    ).toEqual([])
  })
})

describe('the doors of the house', () => {
  it.each(rooms)('$directory imports packages through their front doors', ({ directory }) => {
    const deep = sourceFiles(directory).flatMap((path) =>
      importsOf(path)
        .filter((specifier) => /^@driftless\/[^/]+\/./.test(specifier) && !isStylesheet(specifier))
        .map((specifier) => `${path} imports ${specifier}: export the name from that package's index.ts instead`),
    )
    expect(deep).toEqual([])
  })

  it.each(rooms)('$directory declares what it imports', (room) => {
    const undeclared = sourceFiles(room.directory)
      .filter((path) => !/\.(test|scenario)\.tsx?$/.test(path))
      .flatMap((path) =>
        importsOf(path)
          .map((specifier) => /^@driftless\/([^/]+)/.exec(specifier)?.[1])
          .filter((name) => name !== undefined && name !== room.name && !room.dependencies.includes(name))
          .map(
            (name) =>
              `${path} imports @driftless/${name}: add it to the dependencies of ${room.directory}/package.json`,
          ),
      )
    expect(undeclared).toEqual([])
  })

  it('front doors export explicit names', () => {
    const starred = packages
      .flatMap(({ directory }) => sourceFiles(directory))
      .filter((path) => /(^|\n)export \*/.test(readFileSync(join(root, path), 'utf8')))
    expect(starred, 'write the names out: `export { a, b } from …`').toEqual([])
  })

  it('only the store imports Prisma', () => {
    const others = rooms
      .flatMap(({ directory }) => sourceFiles(directory))
      .filter((path) => !path.startsWith('apps/api/src/store/'))
      .filter((path) => importsOf(path).some((specifier) => /prisma/i.test(specifier)))
    expect(others, 'go through a port that apps/api/src/store implements').toEqual([])
  })
})

describe('the names in the house', () => {
  it('no file is called after nothing', () => {
    const empty = /(^|\/)(utils?|helpers?|common|misc|shared|stuff)(\.tsx?$|\/)/
    const wrong = rooms.flatMap(({ directory }) => sourceFiles(directory)).filter((path) => empty.test(path))
    expect(wrong, 'name the file after the thing it holds').toEqual([])
  })

  it('files are named in kebab case', () => {
    // Next.js gives meaning to brackets and parentheses in the names of routes.
    const kebab = /^(\[{0,2}\.{0,3}[a-z0-9-]+\]{0,2}|\([a-z-]+\)|[a-z0-9]+(?:[.-][a-z0-9]+)*\.tsx?)$/
    const wrong = rooms
      .flatMap(({ directory }) => sourceFiles(directory))
      .filter(
        (path) =>
          !path
            .split('/')
            .slice(2)
            .every((part) => kebab.test(part)),
      )
    expect(wrong).toEqual([])
  })
})

describe('the pure floors', () => {
  // A method of one's own may be called fetch; the global function may not be called.
  const impure =
    /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.env|setTimeout\(|setInterval\(|(?<![.\w])fetch\((?![^)]*\)\s*[:{]))/
  const impureModules = /^node:(fs|net|http|https|child_process|worker_threads|dns|timers|os)/
  const pure = packages.filter(({ name }) => places[name] === 0 || places[name] === 1)

  it.each(pure)('packages/$name touches no clock, chance, environment, disk or network', ({ name, directory }) => {
    // The clock is where time enters; the client of the contract is handed its fetch.
    const exempt = ['packages/foundation/src/clock.ts', 'packages/contract/src/client.ts']
    const wrong = sourceFiles(directory)
      .filter((path) => !exempt.includes(path) && !/\.(test|scenario)\.ts$/.test(path))
      .filter((path) => {
        const code = withoutComments(readFileSync(join(root, path), 'utf8'))
        return impure.test(code) || importsOf(path).some((specifier) => impureModules.test(specifier))
      })
    expect(wrong, `${name} is pure: take time, chance, files and the network as arguments`).toEqual([])
  })
})

function mayImport(room: Room, dependency: string): boolean {
  const from = places[room.name]
  const to = places[dependency]
  if (from === 'aside') return true
  if (sidewaysImports[room.name]?.includes(dependency) === true) return true
  return typeof from === 'number' && typeof to === 'number' && to < from
}

function advice(room: Room, dependency: string): string {
  const place = (name: string): string => describePlace(places[name])
  return (
    `${room.name} (${place(room.name)}) may not import ${dependency} (${place(dependency)}): declare a port in ${room.name} ` +
    `and let apps/api wire it, or move the shared words to a lower floor`
  )
}

function describePlace(place: Place | undefined): string {
  return typeof place === 'number' ? `floor ${place}` : (place ?? 'no place')
}

function isStylesheet(specifier: string): boolean {
  return specifier.endsWith('.css')
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/[^\n]*/g, '$1')
}
