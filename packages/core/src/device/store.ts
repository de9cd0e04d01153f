/** Where the device keeps what it answers from: a few named values, which may be typed arrays. */
export interface DeviceStore {
  get(name: string): Promise<unknown>
  put(name: string, value: unknown): Promise<void>
  remove(name: string): Promise<void>
}

/** As long as the page lives. */
export function memoryDeviceStore(): DeviceStore {
  const values = new Map<string, unknown>()
  return {
    async get(name) {
      return values.get(name)
    },
    async put(name, value) {
      values.set(name, value)
    },
    async remove(name) {
      values.delete(name)
    },
  }
}
