// What the console and its pages share, in a file of its own that the console loads once.
export * from '../console/kit/failure.ts'
export * from '../console/kit/fill.ts'
export * from '../console/kit/page-store.ts'
export * from '../console/kit/quantities.ts'
export * from '../console/kit/ui.tsx'
export * from '../ui/quantities.ts'
