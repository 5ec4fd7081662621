import type { Published } from '#work/model/index.ts'

/** The roles that decide about requests: those the model names, else all that may decide as the second person. */
export const decidingRoles = (model: Published): string[] =>
  model.model.inspection?.decide ??
  [...model.verbs].filter(([, verbs]) => verbs.has('second.decide')).map(([role]) => role)

/** Whether somebody with these roles decides about requests. */
export const decides = (model: Published, roles: readonly string[]): boolean =>
  decidingRoles(model).some((role) => roles.includes(role))
