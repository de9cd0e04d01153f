export { compareMeans, compareProportions, type Difference, type Proportion, type Sums, wilson } from './intervals.ts'
export { isHeldOut, placeOf } from './place-of.ts'
