import type { PackTemplate } from './types.ts'

const DAY_PART =
  '{timeOfDay, select, morning {Good morning} afternoon {Good afternoon} evening {Good evening} other {Hello}}'
const NAME = '{hasName, select, yes {, {user.name}} other {}}'

/** What the engine itself says in English. A pack replaces a text by one of the same name. */
export const ENGLISH_TEMPLATES: Readonly<Record<string, PackTemplate>> = {
  'core.greet': {
    friendly: [
      `${DAY_PART}${NAME}! What can I do for you?`,
      `${DAY_PART}${NAME}! How can I help?`,
      `Hello${NAME}! What would you like to know?`,
    ],
    formal: [`${DAY_PART}${NAME}. How may I help you?`, `${DAY_PART}${NAME}. What can I do for you?`],
  },
  'core.greet_returning': {
    friendly: [
      `${DAY_PART}${NAME}, good to see you again! What can I do for you?`,
      `Welcome back${NAME}! How can I help today?`,
    ],
    formal: [`${DAY_PART}${NAME}. Welcome back. How may I help you?`, `Welcome back${NAME}. What can I do for you?`],
  },
  'core.greet_topic': {
    friendly: [
      `${DAY_PART}${NAME}, good to see you again! Last time it was about {user.lastTopic}. Is it that, or something new?`,
      `Welcome back${NAME}! We last spoke about {user.lastTopic}. What can I do today?`,
    ],
    formal: [
      `${DAY_PART}${NAME}. Welcome back. We last spoke about {user.lastTopic}. How may I help you?`,
      `Welcome back${NAME}. Your last question was about {user.lastTopic}. How may I help today?`,
    ],
  },
  'core.greet_again': ['Hello again! What would you like to know?', 'Hi! I am here. What can I do for you?'],
  'core.greet_aside': ['Hello! Let us go on:', 'Hi! Where were we?'],
  'core.thanks': {
    friendly: ['You are welcome!', 'Happy to help!', 'Any time!'],
    formal: ['You are welcome.', 'My pleasure.'],
  },
  'core.bye': {
    friendly: [
      'Bye{hasName, select, yes {, {user.name}} other {}}! Come back any time.',
      'Take care! I am here when you need me.',
    ],
    formal: ['Goodbye.', 'Thank you for your visit. Goodbye.'],
  },
  'core.yes_to_what': ['What would you like to do?', 'Good. What can I do for you?'],
  'core.no_more': ['All right. I am here when you need me.', 'Okay. Just write when there is something.'],
  'core.repeat_nothing': [
    'I have not said anything yet. What can I do for you?',
    'There is nothing to repeat yet. How can I help?',
  ],
  'core.help': ['I can help with these, for example:\n{topics}', 'Here is what you can ask me:\n{topics}'],
  'core.started_over': ['Let us start afresh. What can I do for you?', 'A new start. How can I help?'],
  'core.cancelled': [
    'All right, I have dropped {label}. Nothing was changed.',
    'Done, {label} is cancelled. Nothing was changed.',
  ],
  'core.nothing_to_cancel': [
    'There is nothing under way. What can I do for you?',
    'Nothing to cancel right now. How can I help?',
  ],
  'core.too_late_to_cancel': [
    'That is on its way already and cannot be stopped here.',
    'I have already sent that off; it cannot be stopped from here.',
  ],
  'core.undone': ['I have taken the last answer back.', 'One step back.'],
  'core.cannot_undo': [
    'There is nothing here that I can take back.',
    'I cannot take that back. A person may be able to help.',
  ],
  'core.done_already': [
    'That is done already. Tell me what to do next, and I will ask before I do it.',
    'I have done that already, so I cannot change it. What shall I do next?',
  ],
  'core.cannot_skip': [
    'I need {label} to go on, for example “{example}”.',
    'It does not work without {label}. An example: “{example}”.',
  ],
  'core.back': ['Back to {label}.', 'Now, {label} again.', 'To go on with {label}:'],
  'core.corrected': ['Changed.', 'All right, changed.', 'Got it.'],
  'core.slot_invalid': [
    'I understood “{said}”, but I am looking for {label}. An answer could be “{example}”.',
    'I could not find {label} in “{said}”. For example: “{example}”.',
  ],
  'core.slot_invalid_again': [
    'Sorry, I still cannot find {label}. Write it like “{example}”, or choose below.',
    'That did not work either. {label} looks like “{example}”. You can also leave it.',
  ],
  'core.slot_refused': [
    '“{said}” does not do for {label}. An answer could be “{example}”.',
    'I understood “{said}”, which I cannot take for {label}. For example: “{example}”.',
  ],
  'core.slot_too_small': [
    '{label}: {said} is too little. The least is {min}.',
    '{said} is below the least, which is {min}.',
  ],
  'core.slot_too_large': [
    '{label}: {said} is too much. The most is {max}.',
    '{said} is above the most, which is {max}.',
  ],
  'core.slot_too_long': [
    'That is too long for me: {max} characters at most, please. The main point is enough.',
    'Could you put it in {max} characters? The main point is enough.',
  ],
  'core.slot_too_short': [
    'A little more, please. For example: “{example}”.',
    'Could you say a bit more? For example: “{example}”.',
  ],
  'core.slot_in_past': [
    '{said} is in the past. It has to be today or later.',
    'That day has been. Which day from today on?',
  ],
  'core.slot_in_future': [
    '{said} is still to come. It has to be today or before.',
    'That day is not here yet. Which day up to today?',
  ],
  'core.slot_same': [
    'That is the same as {other}. {label} must be another.',
    '{label} and {other} cannot be the same.',
  ],
  'core.slot_ambiguous': ['Which one do you mean?', 'There are several. Which one?'],
  'core.confirm': ['Shall I {skill}?', 'I am about to {skill}. Is that right?'],
  'core.confirm_again': ['I need a clear yes or no for this.', 'Just to be safe: yes or no?'],
  'core.what_to_change': [
    'All right, not like this. What should I change? Or cancel it.',
    'Okay, I have not done anything. What would you like to change? You can also cancel.',
  ],
  'core.clarify': {
    friendly: ['Did you mean one of these?', 'I am not quite sure. Which of these is it?'],
    formal: ['May I ask which of these you mean?', 'Which of these did you mean?'],
  },
  'core.rephrase': [
    'Sorry! Could you say it in other words? For example: “{example}”.',
    'Then I misunderstood. Please put it another way, for example “{example}”.',
  ],
  'core.nothing_said': [
    'I could not read that. Could you write it in words?',
    'That came through empty. What would you like to know?',
  ],
  'core.fallback': [
    'Sorry, I did not understand that. You can ask me, for example: “{example}”.',
    'I am not sure what you mean. Something I can answer: “{example}”.',
    'I did not get that. Try it in a few words, like “{example}”.',
  ],
  'core.fallback_topics': [
    'I still do not understand, sorry. These are the things I know well:',
    'Sorry again. Perhaps it is one of these?',
  ],
  'core.offer_person': [
    'I do not seem to get it. Shall I pass you on to a person?',
    'This is beyond me. Would you like to talk to a person?',
  ],
  'core.no_person': [
    'All right. Tell me in a few words what you need.',
    'Okay, we go on, you and I. What is it about?',
  ],
  'core.handing_off': {
    friendly: [
      'I am passing you on to a person, with what you told me so far.',
      'A colleague will take over from here. I have told them what it is about.',
    ],
    formal: [
      'I am passing you on to a colleague, who will see what you told me.',
      'A colleague will take over. What you told me is passed on.',
    ],
  },
  'core.person_left': ['I am back. What else can I do for you?', 'It is me again, the assistant. Anything else?'],
  'core.sign_in': ['Please sign in first, so that I can {skill}.', 'For this I must know who you are. Please sign in.'],
  'core.still_signed_out': [
    'You are not signed in yet. I will go on once you are.',
    'I am still waiting for you to sign in.',
  ],
  'core.step_up': ['For this I need one more proof that it is you.', 'Please confirm that it is you, then I go on.'],
  'core.step_up_refused': [
    'Then I have not done it. Nothing was changed.',
    'Without that proof I cannot go on. Nothing was changed.',
  ],
  'core.not_allowed': ['Your account may not do that.', 'That is not open to your account.'],
  'core.offline': [
    'There is no connection at the moment, so I cannot {skill}. Please try again later.',
    'We are offline. I can {skill} once there is a connection again.',
  ],
  'core.failed': [
    'That did not work, sorry. Please try again in a moment, or ask for a person.',
    'Something went wrong on our side. You can try again, or talk to a person.',
  ],
  'core.denied': ['I could not find that.', 'I found nothing of the kind.'],
  'core.still_working': ['I am still working on that.', 'One moment, that is still under way.'],
  'core.unknown_result': [
    'I have not heard whether that went through. Please check before you try again.',
    'I cannot tell yet whether that worked. Please check it before you ask again.',
  ],
  'core.lost': [
    'I lost the thread, sorry. What would you like to do?',
    'Sorry, something got mixed up. What can I do for you?',
  ],
  'core.card_number': [
    'Please do not send card numbers here. I have not kept it. The last four digits are always enough.',
    'That looks like a card number, which I must not take. I have not kept it; the last four digits will do.',
  ],
  'core.answer': '{answer}',
  'core.chip_yes': 'Yes',
  'core.chip_no': 'No',
  'core.chip_cancel': 'Cancel',
  'core.chip_skip': 'Skip',
  'core.chip_person': 'Talk to a person',
  'core.chip_something_else': 'Something else',
  'core.chip_change': 'Change {label}',
}
