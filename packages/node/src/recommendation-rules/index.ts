export { recommendationRulesHandlers } from './handlers.ts'
export { checkRule, DEFAULT_SETTINGS, type RecommendationRulesService, recommendationRulesService } from './service.ts'
