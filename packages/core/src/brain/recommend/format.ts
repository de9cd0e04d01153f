/** What a recommender's model file says it is. */
export const FORMAT = 'recommender'
/** Files of other versions are refused: train again. */
export const VERSION = 3
