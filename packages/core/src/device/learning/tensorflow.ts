import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu'
import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul'
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast'
import { expConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Exp'
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity'
import { logConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Log'
import { maxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Max'
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply'
import { realDivConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv'
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape'
import { sqrtConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sqrt'
import { squareConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Square'
import { subConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sub'
import { sumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sum'
import { tanhConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Tanh'
import { zerosLikeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ZerosLike'
import { getOrMakeEngine } from '@tensorflow/tfjs-core/dist/engine'
import { env } from '@tensorflow/tfjs-core/dist/environment'
import '@tensorflow/tfjs-core/dist/flags'
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad'
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad'
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad'
import { subGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sub_grad'
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'
import { type KernelConfig, registerGradient, registerKernel } from '@tensorflow/tfjs-core/dist/kernel_registry'
import { buffer } from '@tensorflow/tfjs-core/dist/ops/buffer'
import { cast } from '@tensorflow/tfjs-core/dist/ops/cast'
import { clone } from '@tensorflow/tfjs-core/dist/ops/clone'
import { setOpHandler } from '@tensorflow/tfjs-core/dist/tensor'

export { dispose } from '@tensorflow/tfjs-core/dist/globals'
export { add } from '@tensorflow/tfjs-core/dist/ops/add'
export { logSoftmax } from '@tensorflow/tfjs-core/dist/ops/log_softmax'
export { matMul } from '@tensorflow/tfjs-core/dist/ops/mat_mul'
export { mul } from '@tensorflow/tfjs-core/dist/ops/mul'
export { reshape } from '@tensorflow/tfjs-core/dist/ops/reshape'
export { square } from '@tensorflow/tfjs-core/dist/ops/square'
export { sub } from '@tensorflow/tfjs-core/dist/ops/sub'
export { sum } from '@tensorflow/tfjs-core/dist/ops/sum'
export { tanh } from '@tensorflow/tfjs-core/dist/ops/tanh'
export { tensor2d } from '@tensorflow/tfjs-core/dist/ops/tensor2d'
export { variable } from '@tensorflow/tfjs-core/dist/ops/variable'
export { AdamOptimizer } from '@tensorflow/tfjs-core/dist/optimizers/adam_optimizer'
export type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core/dist/tensor'

const KERNELS = [
  addConfig,
  batchMatMulConfig,
  castConfig,
  expConfig,
  identityConfig,
  logConfig,
  maxConfig,
  multiplyConfig,
  realDivConfig,
  reshapeConfig,
  sqrtConfig,
  squareConfig,
  subConfig,
  sumConfig,
  tanhConfig,
  zerosLikeConfig,
]
const GRADIENTS = [
  addGradConfig,
  batchMatMulGradConfig,
  multiplyGradConfig,
  reshapeGradConfig,
  squareGradConfig,
  subGradConfig,
  sumGradConfig,
  tanhGradConfig,
]

/**
 * Starts TensorFlow.js with what fine-tuning takes of it, on the CPU: the graphics card may hold a page up for more than a second at its
 * start. Twice is once.
 */
export async function startTensorFlow(): Promise<void> {
  const engine = getOrMakeEngine()
  if (engine.findBackend('cpu')) return
  env().setPlatform('tillwright', {
    now: () => performance.now(),
    isTypedArray: (value): value is Float32Array => ArrayBuffer.isView(value) && !(value instanceof DataView),
    fetch: () => Promise.reject(new Error('Nothing is fetched here')),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes) => new TextDecoder().decode(bytes),
    setTimeoutCustom: () => {},
  } as Parameters<ReturnType<typeof env>['setPlatform']>[1])
  setOpHandler({ buffer, cast, clone, print: () => {} } as Parameters<typeof setOpHandler>[0])
  for (const kernel of KERNELS) registerKernel(kernel as KernelConfig)
  for (const gradient of GRADIENTS) registerGradient(gradient)
  // It would recommend a package for servers.
  env().set('IS_NODE', false)
  engine.registerBackend('cpu', () => new MathBackendCPU())
  await engine.setBackend('cpu')
}
