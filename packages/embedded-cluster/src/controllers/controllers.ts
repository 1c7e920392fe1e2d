import { autoscalerController } from './autoscaler.ts'
import { daemonSetController } from './daemon-set.ts'
import { deploymentController } from './deployment/deployment.ts'
import { disruptionBudgetController } from './disruption-budget.ts'
import { endpointsController } from './endpoints.ts'
import { cronJobController } from './job/cron-job.ts'
import { jobController } from './job/job.ts'
import { kubeletController } from './kubelet/kubelet.ts'
import { ingressController, loadBalancerController } from './load-balancer.ts'
import { replicaSetController, replicationControllerController } from './replica-set.ts'
import type { Controller, ControllerContext } from './runtime/controller.ts'
import { schedulerController } from './scheduler/scheduler.ts'
import { serviceAccountController } from './service-account.ts'
import { statefulSetController } from './stateful-set/stateful-set.ts'
import { volumeBinderController } from './volume-binder.ts'

/** Every controller of an embedded cluster. */
export function allControllers(context: ControllerContext, caPem: string): Controller[] {
  return [
    serviceAccountController(context, caPem),
    deploymentController(context),
    replicaSetController(context),
    replicationControllerController(context),
    statefulSetController(context),
    daemonSetController(context),
    jobController(context),
    cronJobController(context),
    volumeBinderController(context),
    schedulerController(context),
    kubeletController(context),
    endpointsController(context),
    loadBalancerController(context),
    ingressController(context),
    disruptionBudgetController(context),
    autoscalerController(context),
  ]
}
