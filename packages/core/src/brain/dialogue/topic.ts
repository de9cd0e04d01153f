import type { DialoguePack, DialogueState } from './types.ts'

/** What a conversation was about last, for people: a host keeps it and passes it as `user.lastTopic` next time. */
export function topicOf(state: DialogueState, pack: DialoguePack): string | undefined {
  const flow = state.stack.at(-1)?.flow ?? (state.last as { readonly flow?: string } | null | undefined)?.flow
  return flow !== undefined && Object.hasOwn(pack.flows, flow) ? pack.flows[flow]!.label : undefined
}
