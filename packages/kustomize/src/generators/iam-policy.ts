import { KustomizeErrors } from '../errors.ts'
import { filled, optionalText, type Read, record, text } from '../load/shape.ts'
import { Resource } from '../resources/resource.ts'
import type { Generator } from './generator.ts'

/** Configuration of the IAM policy generator. */
export const iamPolicyShape = filled(
  record('IAMPolicyGenerator', {
    cloud: text,
    kubernetesService: filled(record('KubernetesService', { name: text, namespace: optionalText })),
    serviceAccount: filled(record('ServiceAccount', { name: text, projectId: text })),
  }),
)

/** Makes the ServiceAccount that stands for a cloud account. */
export function generateIamPolicy(settings: Read<typeof iamPolicyShape>): Generator {
  return () => {
    const { cloud, kubernetesService: service, serviceAccount: account } = settings
    if (cloud !== 'gke') {
      throw KustomizeErrors.GENERATOR({
        name: 'IAMPolicyGenerator',
        reason: `cloud provider ${cloud} not supported yet`,
      })
    }
    const email = `${account.name}@${account.projectId}.iam.gserviceaccount.com`
    return [
      new Resource({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          annotations: { 'iam.gke.io/gcp-service-account': email },
          name: service.name,
          ...(service.namespace ? { namespace: service.namespace } : {}),
        },
      }),
    ]
  }
}
