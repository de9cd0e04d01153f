export { type RerankNetwork, withReranker } from './reranker.ts'
export { trainReranker } from './train.ts'
