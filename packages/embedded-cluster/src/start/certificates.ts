import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { writePrivateFile } from './private-file.ts'

/** A server certificate for loopback and the authority that signed it, all PEM. */
export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const tenYears = 3_650 * 24 * 3_600_000
/** Clients whose clock runs a little behind must accept a new certificate. */
const backdate = 24 * 3_600_000

/** Reads the cluster's certificates, or makes them once (the authority's key is not kept: nothing else is ever signed). */
export async function loadCertificates(directory: string, now: Date): Promise<Certificates> {
  const file = join(directory, 'certificates.json')
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Certificates & { expires: string }
    if (new Date(kept.expires).getTime() > now.getTime() + backdate) return kept
  }
  const made = await makeCertificates(now)
  writePrivateFile(file, JSON.stringify({ ...made, expires: new Date(now.getTime() + tenYears).toISOString() }))
  return made
}

async function makeCertificates(now: Date): Promise<Certificates> {
  const validity = {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - backdate),
    notAfterDate: new Date(now.getTime() + tenYears),
  } as const
  const authority = await generate([{ name: 'commonName', value: 'driftless-embedded-ca' }], {
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  })
  const server = await generate([{ name: 'commonName', value: 'kube-apiserver' }], {
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: serverNames },
    ],
  })
  return { ca: authority.cert, cert: server.cert, key: server.private }
}

const serverNames = [
  { type: 2 as const, value: 'localhost' },
  { type: 2 as const, value: 'kubernetes' },
  { type: 2 as const, value: 'kubernetes.default.svc' },
  { type: 7 as const, ip: '127.0.0.1' },
]
