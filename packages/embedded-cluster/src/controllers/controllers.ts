import { deploymentController } from './deployment/deployment.ts'
import { endpointsController } from './endpoints.ts'
import { kubeletController } from './kubelet/kubelet.ts'
import { ingressController, loadBalancerController } from './load-balancer.ts'
import { replicaSetController, replicationControllerController } from './replica-set.ts'
import type { Controller, ControllerContext } from './runtime/controller.ts'
import { schedulerController } from './scheduler/scheduler.ts'
import { serviceAccountController } from './service-account.ts'

/** Every controller of an embedded cluster. */
export function allControllers(context: ControllerContext, caPem: string): Controller[] {
  return [
    serviceAccountController(context, caPem),
    deploymentController(context),
    replicaSetController(context),
    replicationControllerController(context),
    schedulerController(context),
    kubeletController(context),
    endpointsController(context),
    loadBalancerController(context),
    ingressController(context),
  ]
}
