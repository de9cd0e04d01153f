// TypeScript 7 checks types and has no compiler API yet; tools that need the API get TypeScript 6 for themselves.
const NEEDS_COMPILER_API = ['tsup', 'typedoc']

module.exports = {
  hooks: {
    readPackage(pkg) {
      if (NEEDS_COMPILER_API.includes(pkg.name)) {
        delete pkg.peerDependencies?.typescript
        pkg.dependencies = { ...pkg.dependencies, typescript: '^6.0.0' }
      }
      return pkg
    },
  },
}
