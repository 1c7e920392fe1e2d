// A worker that does with each request what its source path says.
import { parentPort } from 'node:worker_threads'

parentPort.on('message', ({ id, job }) => {
  if (job.source.path === 'loop') for (;;);
  if (job.source.path === 'hoard') for (const hoard = []; ; ) hoard.push(new Array(1e6).fill(hoard.length))
  if (job.source.path === 'exit') process.exit(3)
  if (job.source.path === 'throw') throw new Error('out of order')
  parentPort.postMessage({ id, kind: 'missing', tree: '', path: job.source.path })
})
