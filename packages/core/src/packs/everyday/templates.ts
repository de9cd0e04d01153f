import type { PackTemplate } from '../../brain/dialogue/types.ts'

export const EVERYDAY_TEMPLATES: Readonly<Record<string, PackTemplate>> = {
  'talk.how_are_you': {
    friendly: ["I'm fine, thanks for asking! What can I do for you?", 'All well here, thank you. How can I help?'],
    formal: ['I am well, thank you. How may I help you?', 'Very well, thank you. What may I do for you?'],
  },
  'talk.who_are_you': [
    "I'm a computer program that answers questions here. If you would rather talk to a person, just say so.",
    "I'm an assistant, not a person. I look things up and get things done; a person can take over whenever you like.",
  ],
  'talk.praise': {
    friendly: ['Thank you, that is kind!', "I'm glad that helped!"],
    formal: ['Thank you, you are very kind.', 'I am pleased to be of help.'],
  },
  'talk.insult': [
    'I am sorry that I got it wrong. Try it in other words, or ask for a person.',
    'Sorry about that. Tell me once more what you need, or I can fetch a person.',
  ],
  'talk.joke': [
    'Why did the parcel go to school? To get a better address.',
    'I would tell you the joke about the queue, but you would have to wait for it.',
    'What do you call a receipt that sings? A note of payment.',
  ],
  'answer.text': '{results.answer.text}',
  'answer.none': [
    'I have no answer to that here, and I would rather not guess. A person can tell you: shall I put you through?',
    'Nothing I have says that for certain. Shall I fetch a person who knows?',
  ],
  'receipt.which': ['Which of these receipts do you mean?', 'Which receipt would you like?'],
  'receipt.when': 'From when is it?',
  'receipt.how_much': 'How much was it?',
  'receipt.from_whom': 'From which shop is it?',
  'receipt.which_order': 'For which order?',
  'receipt.none': [
    'I found no such receipt. Try another day, shop or amount.',
    'There is no receipt like that. Do you know roughly when it was, or how much?',
  ],
  'receipt.several': ['I found several receipts.', 'There are several that fit.'],
  'receipt.chosen': 'Here it is: {slots.receipt.name}.',
  'receipt.found': ['Here is your receipt.', 'I found this receipt.'],
  'receipt.pdf': ['Here is the PDF: {results.pdf.url}', 'Your PDF is ready: {results.pdf.url}'],
  'receipt.mail_confirm': 'Shall I send the receipt to {slots.email}?',
  'receipt.mailed': ['Done, the receipt is on its way to {slots.email}.', 'I have sent the receipt to {slots.email}.'],
  'email.ask': ['What is the e-mail address?', 'Which e-mail address should I use?'],
  'complaint.sorry': ['I am sorry to hear that.', 'I am sorry that this happened.'],
  'complaint.what': ['What happened? I will pass it on as you say it.', 'Please tell me what went wrong.'],
  'complaint.done': [
    'Thank you. I have passed it on; your reference is {results.complaint.reference}.',
    'Your complaint is with the team now, under {results.complaint.reference}.',
  ],
  'password.sent': 'If there is an account for {slots.email}, a link to set a new password is on its way there.',
  'data.export_confirm': 'Shall I put together a copy of your data and send it to the address of your account?',
  'data.export_done': 'Your copy is being put together. You will get a message when it is ready.',
  'data.delete_confirm': 'This closes your account for good and cannot be undone. Shall I go on?',
  'data.delete_refused':
    'Your account cannot be closed just now, as something is still open on it. A person can help you.',
  'data.delete_done': 'Your account is closed.',
}
