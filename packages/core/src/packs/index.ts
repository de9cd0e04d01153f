export { bankingPack } from './banking/pack.ts'
export { shopPack } from './shop/pack.ts'
