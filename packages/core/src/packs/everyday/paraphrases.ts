import { type SentencesByIntent, sentences } from '../sentences.ts'

/** Other words for the same, to test with. Never trained on. */
export const EVERYDAY_PARAPHRASES: SentencesByIntent = {
  greeting: sentences(`
    hello hello
    hey there friend
    a very good morning to you
    hi bot
    heya
    good evening to you
    hello, is anyone there
    hi again
  `),
  thanks: sentences(`
    thank you very much indeed
    cheers for that
    that was useful, thanks
    super, thank you
    thanks ever so much
    I really appreciate it
    thanks for your help
    ok great thanks a bunch
  `),
  goodbye: sentences(`
    okay, bye then
    goodbye and have a lovely day
    see you soon
    I'll be off now
    right, that's everything, bye
    good night then
    talk later
    no further questions
  `),
  how_are_you: sentences(`
    so how are you doing today
    how's your day been
    are you all right
    how are things
    are you feeling well
    do you enjoy your job
    how are you this morning
    how is it going with you
  `),
  who_are_you: sentences(`
    are you a person or a bot
    who exactly am I talking to
    is this a machine answering
    what's your name then
    are you some kind of artificial intelligence
    who created you
    are you real
    tell me who you are
  `),
  capabilities: sentences(`
    so what exactly can you help me with
    what kind of questions may I ask
    can you tell me what you do
    please help me
    what are the things you can do for me
    how do I use this chat
    show me my options
    what can this assistant do
  `),
  praise: sentences(`
    you're really good at this
    what a clever bot
    great job
    I'm impressed
    you are wonderful
    best chat ever
    you did well
    nice job, I love it
  `),
  insult: sentences(`
    you're an idiot
    what a useless bot
    this bot is stupid
    you really are no help
    I hate this chat
    you just don't get it
    dumb machine
    you're rubbish
  `),
  joke: sentences(`
    can you tell me a good joke
    know any funny jokes
    please make me laugh
    tell me something funny
    give me a fun fact
    come on, entertain me a bit
    do you have a joke for me
    sing a song for me
  `),
  hand_off: sentences(`
    I would prefer to speak with a human
    could you put me through to an employee
    get me a real person please
    can someone from customer service help me
    I need a live agent
    let me talk to your manager
    please connect me to a human operator
    may I speak to somebody
  `),
  find_receipt: sentences(`
    could you find the receipt for my last purchase
    I'm looking for an invoice from April
    show me all my receipts
    I need the receipt from Monday
    I've misplaced my receipt
    do you have the receipt for order 3310
    please look up my invoice from last month
    I need a proof of purchase for the laptop
  `),
  receipt_pdf: sentences(`
    can I download that receipt as a pdf file
    give me a PDF of the invoice
    I'd like to print my receipt
    where do I download the invoice
    I need a printable version of the bill
    save the receipt as PDF
    make me a pdf of that receipt
    invoice as pdf please
  `),
  mail_receipt: sentences(`
    please send the receipt to me by mail
    can you email me the invoice again
    forward my receipt to bob@example.org
    resend the receipt please
    send a copy of the invoice to my email address
    I didn't get the receipt by email
    mail the receipt to my accountant
    could the invoice be emailed to me
  `),
  complaint: sentences(`
    I'd like to file a complaint about your service
    I'm extremely unhappy with how this was handled
    your staff was rude and I want to complain
    this is absolutely unacceptable service
    where do I submit a complaint
    I am so disappointed in your company
    I have a complaint
    this was a terrible experience
  `),
  contact: sentences(`
    what number can I ring you on
    could I have your email address
    how do I get in contact with you
    what's the phone number for support
    how can I reach you
    do you have a telephone hotline
    where can I write to you
    what are your contact details
  `),
  account_help: sentences(`
    I am unable to log into my account
    I'm having trouble with my account
    how can I register
    my account got locked
    I want to update my profile details
    signing in doesn't work
    how do I change the email of my account
    where can I find account settings
  `),
  password_reset: sentences(`
    I don't remember my password
    how can I reset my password
    please send a password reset link
    I'd like to change my password
    my password isn't working
    need to set a new password
    I've forgotten the password
    how do I get a new password
  `),
  export_data: sentences(`
    can I get a copy of all my personal data
    please export all of my data
    what personal data do you hold about me
    I want to download my data
    I'd like to make a GDPR access request
    tell me which information you store on me
    send me a file of my personal information
    what do you know about me
  `),
  delete_account: sentences(`
    I'd like to delete my account
    please close my account for good
    how can I get my account removed
    erase my personal data
    I want you to delete all my information
    remove my profile permanently
    I want my account closed
    how do I deactivate my profile
  `),
}
