/**
 * What a dialogue is made of. A pack says what can be asked, what is needed to answer and how it is said; it is data, and a tenant may edit
 * it. The engine reads a pack and turns state and input into state and effects; the host (server or browser) runs skills and shows effects.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

// ---------------------------------------------------------------------------------------------------------------- the pack

/** What an assistant can do, as data. `checkPack` says what is wrong with one. */
export interface DialoguePack {
  /** Of this format. */
  readonly format: 1
  /** `shop`, `banking`, or a tenant's own. */
  readonly name: string
  /** Semantic version of the content. State made with another major version starts over. */
  readonly version: string
  /** BCP 47. */
  readonly language: string
  readonly intents: Readonly<Record<string, PackIntent>>
  readonly slots: Readonly<Record<string, PackSlot>>
  readonly flows: Readonly<Record<string, PackFlow>>
  readonly skills: Readonly<Record<string, PackSkill>>
  /** By id, as `order.status`. The engine has texts of its own under `core.…`, which a pack may replace by the same id. */
  readonly templates: Readonly<Record<string, PackTemplate>>
  readonly help: PackHelp
  readonly settings?: PackSettings
  /** Utterances that must not be taken for any intent: training reads them as `intent: null`. */
  readonly outOfScope?: readonly string[]
}

/** Something that people ask for. It has one of `flow`, `say` and `act`; with none it starts the flow of its own name. */
export interface PackIntent {
  /** For people, on a button after "did you mean": "Where my order is". Never an internal name. */
  readonly label: string
  readonly examples: readonly string[]
  /** Phrases that mean it for certain, without training anew. */
  readonly aliases?: readonly string[]
  /** The flow that it starts. */
  readonly flow?: string
  /** A template that answers it at once: frequent questions and small talk. */
  readonly say?: string
  /** What the engine itself does with it. The engine knows the plain words for each ("cancel", "never mind"); examples add to them. */
  readonly act?: DialogueAct
  /** Small talk never becomes the value of a slot, and does not end what is going on. */
  readonly isSmallTalk?: boolean
  /** Values that the intent implies: `{ direction: 'in' }`. */
  readonly slots?: Readonly<Record<string, Json>>
}

export type DialogueAct =
  | 'greet'
  | 'thank'
  | 'bye'
  | 'yes'
  | 'no'
  | 'cancel'
  | 'skip'
  | 'repeat'
  | 'undo'
  | 'help'
  | 'start-over'
  | 'person'

export type SlotKind =
  /** Value: `{ amount, currency }` in minor units. */
  | 'money'
  /** Value: `{ first, last }`, days as `YYYY-MM-DD`, both included. */
  | 'dates'
  /** Value: a number. */
  | 'number'
  /** Value: the id as a string. */
  | 'order-id'
  /** Value: the address as a string. */
  | 'email'
  /** Value: `{ list, id, name }`, one of `context.lists[list]` or of the items that a skill just showed. */
  | 'name'
  /** Value: the id of one of `choices`. */
  | 'choice'
  /** Value: `true` or `false`. */
  | 'yes-no'
  /** Value: what was said, at most `maxLength` characters. */
  | 'text'

/** Something that must be known before a skill can run. */
export interface PackSlot {
  readonly kind: SlotKind
  /** For people, with its article: "the amount", "the order". */
  readonly label: string
  /** The template that asks for it. */
  readonly ask: string
  /** An answer that would do: "£50". Shown when one did not. */
  readonly example: string
  /** Said in place of `core.slot_invalid` when an answer does not do. Data: `said`, `label`, `example`. */
  readonly invalid?: string
  /** For `name`: the list in the context. For any kind: which shown items "the second one" and "it" may mean. */
  readonly list?: string
  /** For `choice`. */
  readonly choices?: readonly SlotChoice[]
  /**
   * Words that stand before its value, which tell two slots of one kind apart: `from` and `to` of a transfer. A value after another
   * slot's cue is never taken for this one.
   */
  readonly cues?: readonly string[]
  /** Nouns that name it in a correction ("the amount is wrong", "change the date"). The label's words count anyway. */
  readonly words?: readonly string[]
  /** For `money`: takes only amounts said with such a bound ("under £20" is `at-most`). */
  readonly bound?: 'at-most' | 'at-least'
  /** A name that was said is taken only when nothing but an answer was asked for, never out of another request. */
  readonly onlyWhenAsked?: boolean
  /** For `dates`: whether a date without its year lies behind or ahead. Default `past`. */
  readonly prefer?: 'past' | 'future'
  readonly check?: SlotCheck
  /** Buttons to answer with: the choices, the names of the list, or items at a path such as `results.orders.items`. */
  readonly chips?: 'choices' | 'list' | { readonly from: string }
  /** Forgotten as soon as its flow ends: never carried into "and last month?". */
  readonly isSensitive?: boolean
}

export interface SlotChoice {
  readonly id: string
  readonly label: string
  /** Other words for it. */
  readonly words?: readonly string[]
}

/** What a value must be. `money` is compared in minor units, `dates` by `first`. */
export interface SlotCheck {
  readonly min?: number
  readonly max?: number
  /** Of a text, in characters. Default 500. */
  readonly maxLength?: number
  readonly minLength?: number
  /** A regular expression for the whole of a text or an order id. */
  readonly pattern?: string
  /** `dates`: not before, or not after, today where the person is. */
  readonly notBeforeToday?: boolean
  readonly notAfterToday?: boolean
  /** The name of a slot whose value must be another: the two accounts of a transfer. */
  readonly differsFrom?: string
  /** Said when one of these fails, in place of `core.slot_refused`. Data: `said`, `label`, `example`. */
  readonly say?: string
}

/** How a goal is reached: steps in order, each skipped where its `when` does not hold. */
export interface PackFlow {
  /** Raised when its steps change. A conversation in the middle of another version begins the flow again. */
  readonly version: number
  /** For people, with its article: "the transfer". "Back to the transfer: …" */
  readonly label: string
  readonly steps: readonly FlowStep[]
  /** Slots that the flow uses beyond those with a step: filled when they are said, never asked for. */
  readonly slots?: readonly string[]
  /** Buttons after its end: intents by name. */
  readonly next?: readonly string[]
  /** The intent that starts when one of the shown items is picked without a word of what for: "the second one". */
  readonly pick?: string
}

interface StepCommon {
  /** For `go`. */
  readonly id?: string
  readonly when?: FlowCondition
}

export type FlowStep = StepCommon &
  (
    | {
        /** Asks until the slot has a value. `isOptional`: asked once, and may be skipped. */
        readonly kind: 'slot'
        readonly slot: string
        readonly isOptional?: boolean
        /** In place of the slot's own `ask`. */
        readonly ask?: string
      }
    | {
        readonly kind: 'say'
        readonly template: string
        readonly data?: Readonly<Record<string, FlowValue>>
      }
    | {
        /**
         * Runs a skill; its `data` is then `results.<as>`. A skill with `confirm` runs only after a yes to exactly these
         * arguments, which `confirm` asks for (default `core.confirm`).
         */
        readonly kind: 'call'
        readonly skill: string
        readonly args?: Readonly<Record<string, FlowValue>>
        /** Default: the skill's name. */
        readonly as?: string
        readonly confirm?: string
        /**
         * By the result's `code`, or by `data.outcome` of a result that is ok; `any` is for all other codes. A code without an entry:
         * `core.failed`, and the flow ends. `many:<slot>` needs no entry: that slot is asked for, with the result's items as
         * buttons, and the skill is called again.
         */
        readonly failures?: Readonly<Record<string, FlowFailure>>
      }
    | {
        /** Shows cards of a result: those the skill gave beside `data`. */
        readonly kind: 'cards'
        readonly of: string
      }
    | {
        /** Buttons that set a slot, start an intent or are said as text. */
        readonly kind: 'chips'
        readonly chips: readonly PackChip[]
      }
    | { readonly kind: 'set'; readonly slot: string; readonly to: FlowValue | null }
    /** Goes to the step with this id. A turn makes at most 60 steps. */
    | { readonly kind: 'go'; readonly to: string }
    /** Goes on with another flow, whose slots get these values. */
    | { readonly kind: 'start'; readonly flow: string; readonly slots?: Readonly<Record<string, FlowValue>> }
    | { readonly kind: 'hand-off'; readonly reason: string }
    /** `outcome` default `done`. */
    | { readonly kind: 'end'; readonly outcome?: FlowOutcome }
  )

export interface FlowFailure {
  /** A template. Data: `results.<as>` is the failure's `data`. */
  readonly say: string
  /** Slots that are asked for again. Without, the flow ends, unless `go` says where to. The third failure in a row ends it anyway. */
  readonly clear?: readonly string[]
  /** The slot that is asked for now, with the result's items as buttons; then the skill is called again. */
  readonly asks?: string
  readonly go?: string
}

export type FlowOutcome = 'done' | 'cancelled' | 'failed' | 'handed-off'

/**
 * Where a value comes from: itself, or a path into what is known: `slots.amount`, `slots.product.id`, `results.order.status`,
 * `user.name`, `context.isSignedIn`, `text` (what was just said).
 */
export type FlowValue = string | number | boolean | { readonly from: string; readonly else?: string | number | boolean }

export type FlowCondition =
  | {
      /** A path, as in `FlowValue`. */
      readonly of: string
      /** Whether there is a value. An empty list is none. */
      readonly isSet?: boolean
      readonly is?: string | number | boolean
      readonly isNot?: string | number | boolean
      readonly isAbove?: number
      readonly isBelow?: number
    }
  | { readonly all: readonly FlowCondition[] }
  | { readonly any: readonly FlowCondition[] }
  | { readonly not: FlowCondition }

export interface PackChip {
  readonly label: string
  /** One of these: start this intent (with `slots`), set these slots, or be said. */
  readonly intent?: string
  readonly slots?: Readonly<Record<string, FlowValue>>
  readonly say?: string
}

/** What the host can do. It declares here what the engine must know before it asks for it. */
export interface PackSkill {
  /** For people: "send the money". */
  readonly label: string
  /** Moves money or changes an order or an account: never called without a yes to exactly these arguments. */
  readonly confirm?: boolean
  /** Needs somebody who is signed in. Otherwise `sign-in` is an effect and the flow waits. */
  readonly signedIn?: boolean
  /** All of them are needed. The host checks them again. */
  readonly permissions?: readonly string[]
  /** Works on the device without the server. */
  readonly onDevice?: boolean
  /** The flow that takes it back, started with the same slots by "undo". */
  readonly undo?: string
}

/**
 * Ways of saying one thing; never the same twice in a row where there are several. ICU MessageFormat: `{slots.amount}`,
 * `{n, plural, =0 {none} one {# item} other {# items}}`, `{x, select, a {…} other {…}}`, `{day, date}`, `{names, list}`; `'{'` is
 * a brace. Paths as in `FlowValue`, and what the step gives as `data`. Money, days and names are written for people.
 */
export type PackTemplate =
  | string
  | readonly string[]
  | { readonly friendly: string | readonly string[]; readonly formal: string | readonly string[] }

export interface PackHelp {
  /** "What can you do": shown as a list with an example each, and as buttons. Three to six. */
  readonly topics: readonly { readonly intent: string; readonly example: string }[]
}

export interface PackSettings {
  readonly tone?: 'friendly' | 'formal'
  /** Misunderstandings in a row after which a person is offered. Default 3. */
  readonly personAfter?: number
  /** Skill that is asked, with `{ text }`, before admitting that something was not understood. `data.text` is the answer. */
  readonly unknown?: string
  /** How often it may ask "did you mean": thresholds of the intent model. Default as the model says. */
  readonly answerFrom?: number
}

// ---------------------------------------------------------------------------------------------------------------- going in

/** What the host knows at this moment. Nothing of it is kept in the state, but for the last turn's language. */
export interface DialogueContext {
  /** ms since 1970. */
  readonly now: number
  /** IANA, of the person. */
  readonly timeZone: string
  /** BCP 47. Default: the pack's. */
  readonly language?: string
  /** ISO 4217 of the tenant. */
  readonly currency?: string
  readonly user?: {
    readonly name?: string
    /** Was here before. */
    readonly isReturning?: boolean
    /** What it was about then, for people: "your order #1042". */
    readonly lastTopic?: string
  }
  readonly isSignedIn: boolean
  readonly permissions: readonly string[]
  /** Names to recognise, slips forgiven, by list: `products`, `categories`, `merchants`, `accounts`, `payees`. */
  readonly lists?: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>
  /** A pattern that a whole order id matches, in place of `#1234` and the like. */
  readonly orderId?: RegExp
  /** In [0, 1): chooses among ways of saying the same. */
  readonly random: number
  /** Whether the host can reach the server. `false`: only skills with `onDevice` are called. Default true. */
  readonly isOnline?: boolean
}

export type DialogueInput =
  | { readonly kind: 'text'; readonly text: string }
  /** A button that was pressed, by the id that it came with. One that is no longer offered is said as its text would be. */
  | { readonly kind: 'chip'; readonly id: string; readonly label?: string }
  /** Answers of a form, by slot: typed text, or a value as `SlotKind` says. */
  | { readonly kind: 'form'; readonly values: JsonObject }
  /** Came back signed in, or passed the step-up: goes on where it waited. */
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'stepped-up' }
  | { readonly kind: 'step-up-refused' }
  /** A person takes the conversation; the bot is silent from now on. */
  | { readonly kind: 'person-joined' }
  /** The person gives it back. */
  | { readonly kind: 'person-left' }

/** What a skill gave. `callId` is the call's; any other is ignored. */
export type SkillResult =
  | {
      readonly callId: string
      readonly ok: true
      readonly data?: JsonObject
      readonly cards?: readonly DialogueCard[]
      /** What "the second one" and "it" mean from now on. Default: the cards that have a `list`. At most 10 are kept. */
      readonly items?: readonly DialogueItem[]
    }
  | {
      readonly callId: string
      readonly ok: false
      /**
       * As `not-found`, `insufficient`. The engine knows `step-up` (asks for a second proof and calls again), `sign-in` (the same once
       * signed in), `many:<slot>`, `unavailable` and `denied`. `_` and `-` are the same.
       */
      readonly code: string
      readonly data?: JsonObject
      /** What there is to choose from, for `many:<slot>`. */
      readonly items?: readonly DialogueItem[]
    }

/** Something that was shown and can be meant: an order, a product, an account. */
export interface DialogueItem {
  readonly list: string
  readonly id: string
  readonly name: string
}

export interface DialogueCard {
  /** `product`, `order`, `receipt`, `transaction`, `account`, `chart`, … */
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly detail?: string
  readonly price?: { readonly amount: number; readonly currency: string }
  readonly imageUrl?: string
  readonly url?: string
  /** Makes it an item: `products`. */
  readonly list?: string
  readonly data?: JsonObject
}

// -------------------------------------------------------------------------------------------------------------- coming out

/** In the order in which they are shown or done. `call`, `sign-in`, `step-up` and `hand-off` come last: what follows waits for the host. */
export type DialogueEffect =
  /** `data` is what the template was filled with, short. */
  | { readonly kind: 'say'; readonly template: string; readonly text: string; readonly data?: JsonObject }
  | {
      readonly kind: 'ask'
      readonly slot: string
      readonly template: string
      readonly text: string
      /** For a form: what may be entered. */
      readonly field: DialogueField
      readonly chips: readonly DialogueChip[]
    }
  | {
      readonly kind: 'confirm'
      readonly template: string
      readonly text: string
      readonly skill: string
      readonly args: JsonObject
      /** Yes, no, and what can be changed. */
      readonly chips: readonly DialogueChip[]
    }
  /** "Did you mean": two or three and "something else". */
  | {
      readonly kind: 'clarify'
      readonly template: string
      readonly text: string
      readonly chips: readonly DialogueChip[]
    }
  | { readonly kind: 'chips'; readonly chips: readonly DialogueChip[] }
  | { readonly kind: 'cards'; readonly cards: readonly DialogueCard[] }
  | {
      readonly kind: 'call'
      /** Unique in a conversation: the host's idempotency key. The same call after a step-up has the same. */
      readonly callId: string
      readonly skill: string
      readonly args: JsonObject
      readonly permissions: readonly string[]
      /** The person said yes to exactly these arguments. The host refuses skills with `confirm` where it is false. */
      readonly isConfirmed: boolean
    }
  | { readonly kind: 'sign-in'; readonly skill: string }
  | { readonly kind: 'step-up'; readonly callId: string; readonly skill: string; readonly data?: JsonObject }
  /** A person is wanted. `summary`: what was asked for and what is known, for that person. */
  | { readonly kind: 'hand-off'; readonly reason: string; readonly summary: HandOffSummary }
  /** A goal was reached or given up. */
  | { readonly kind: 'end'; readonly flow: string; readonly outcome: FlowOutcome; readonly slots: JsonObject }
  /** Was not understood: to be collected and learnt from. */
  | { readonly kind: 'unanswered'; readonly text: string; readonly guess?: string }
  /** The person asked to start over: a host may clear what it shows. */
  | { readonly kind: 'started-over' }

export interface HandOffSummary {
  readonly flow?: string
  readonly label?: string
  readonly slots: JsonObject
  readonly lastText: string
}

export interface DialogueChip {
  /** Sent back as `{ kind: 'chip', id }`. */
  readonly id: string
  readonly label: string
}

export interface DialogueField {
  readonly kind: SlotKind
  readonly label: string
  readonly example: string
  readonly isOptional: boolean
  readonly choices?: readonly { readonly id: string; readonly label: string }[]
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
}

// ------------------------------------------------------------------------------------------------------------------- state

/** Plain JSON of at most `MAX_STATE_BYTES`. What is in it is the engine's own matter, but for the fields described here. */
export interface DialogueState {
  /** Of this format. State of another one starts over. */
  readonly format: 1
  readonly pack: string
  readonly packVersion: string
  /** How many times something came in. */
  readonly turn: number
  /** Who answers. While a person does, `turn` gives no effects. */
  readonly holder: 'bot' | 'person'
  /** The goals under way, the current one last. */
  readonly stack: readonly DialogueFrame[]
  /** What the last input was taken for, for logs and tests. */
  readonly heard?: { readonly intent?: string; readonly act?: DialogueAct; readonly confidence: number }
  readonly [more: string]: unknown
}

/** A goal under way. */
export interface DialogueFrame {
  readonly flow: string
  readonly flowVersion: number
  /** The next step, by index. */
  readonly at: number
  readonly slots: JsonObject
  readonly results: JsonObject
  readonly [more: string]: unknown
}

export interface DialogueTurn {
  readonly state: DialogueState
  readonly effects: readonly DialogueEffect[]
}

/** Pure: the same arguments give the same turn. Any string will do as input; nothing throws but for a context that is none. */
export interface Dialogue {
  readonly pack: DialoguePack
  /** A new conversation, with a greeting. */
  start(context: DialogueContext): DialogueTurn
  /** State that is not of this pack and format starts over, without a greeting. */
  turn(state: DialogueState, input: DialogueInput, context: DialogueContext): DialogueTurn
  /** Goes on after a call. Results that nobody waits for change nothing. */
  resume(state: DialogueState, result: SkillResult, context: DialogueContext): DialogueTurn
}

// ------------------------------------------------------------------------------------------------------ scripted dialogues

/** A conversation as a test. It reaches its goal when all that `reaches` names came to pass, in whichever turn. */
export interface DialogueScript {
  /** A true sentence: "a shopper finds the order although the first number was wrong". */
  readonly name: string
  /** The pack's name. */
  readonly pack: string
  /** `test` ones are not looked at while building. */
  readonly split: 'build' | 'test'
  /** In place of the usual context (signed in, all permissions, London, 21 November 2026, noon). */
  readonly context?: Partial<DialogueContext>
  /** What skills give, by name, unless the turn says otherwise. A list is used up in order, its last one again and again. */
  readonly skills?: Readonly<Record<string, CannedResult | readonly CannedResult[]>>
  readonly turns: readonly ScriptTurn[]
  readonly reaches: ScriptGoal
}

/** `{ ok: true }` may be left out. */
export type CannedResult =
  | {
      readonly ok?: true
      readonly data?: JsonObject
      readonly cards?: readonly DialogueCard[]
      readonly items?: readonly DialogueItem[]
    }
  | {
      readonly ok: false
      readonly code: string
      readonly data?: JsonObject
      readonly items?: readonly DialogueItem[]
    }

export interface ScriptTurn {
  /** What is said; or a button by its label `{ chip: 'Yes' }`; or another input. Left out: only the start. */
  readonly user: string | { readonly chip: string } | { readonly form: JsonObject } | DialogueInput
  /** For skills called in this turn. */
  readonly skills?: Readonly<Record<string, CannedResult | readonly CannedResult[]>>
  /** Other context from this turn on: `{ isSignedIn: true }`. */
  readonly context?: Partial<DialogueContext>
  readonly expect?: ScriptExpectation
}

/** What must hold after a turn and the calls that it made. What is left out may be anything. */
export interface ScriptExpectation {
  readonly intent?: string | null
  /** The current goal; `null` for none. */
  readonly flow?: string | null
  /** Values of the current goal, or of the one that ended in this turn; `null`: has none. Objects are compared by the keys given. */
  readonly slots?: JsonObject
  /** The kinds of effects, in order, without `end` and `unanswered`. */
  readonly effects?: readonly DialogueEffect['kind'][]
  /** Templates that were said or asked, in this order; others may stand between. */
  readonly templates?: readonly string[]
  /** The slot that is asked for at the end of the turn. */
  readonly asks?: string
  /** Calls made, in order, all of them. */
  readonly calls?: readonly { readonly skill: string; readonly args?: JsonObject }[]
  /** Appears in what is said, case ignored. */
  readonly text?: string | readonly string[]
  /** Does not appear in it. */
  readonly notText?: string | readonly string[]
  /** Labels that are among the buttons. */
  readonly chips?: readonly string[]
}

export interface ScriptGoal {
  /** Calls that were made in this order, arguments compared by the keys given. */
  readonly calls?: readonly { readonly skill: string; readonly args?: JsonObject }[]
  /** Calls that were never made. */
  readonly noCalls?: readonly string[]
  /** Goals that ended like this. */
  readonly ends?: readonly { readonly flow: string; readonly outcome?: FlowOutcome; readonly slots?: JsonObject }[]
  /** Templates that were said. */
  readonly says?: readonly string[]
  readonly handOff?: boolean
}

export interface ScriptReport {
  readonly name: string
  /** All expectations of all turns and the goal. */
  readonly isPassed: boolean
  readonly isGoalReached: boolean
  /** The conversation, with `✗` lines where it went another way than expected. */
  readonly transcript: string
  readonly mismatches: readonly {
    readonly turn: number
    readonly what: string
    readonly expected: string
    readonly got: string
  }[]
}
