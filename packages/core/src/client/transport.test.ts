import { fetchTransport } from './fetch-transport.ts'
import { kyTransport } from './ky-transport.ts'
import { transportSuite } from './transport.suite.ts'

transportSuite('fetchTransport', fetchTransport)
transportSuite('kyTransport', kyTransport)
