import { type SentencesByIntent, sentences } from '../sentences.ts'

/** What people say to a shop and to a bank alike: small talk, their account, receipts, a person. */
export const EVERYDAY_EXAMPLES: SentencesByIntent = {
  greeting: sentences(`
    hello
    hi
    hi there
    hey
    good morning
    good afternoon
    good evening
    hello there, anyone around
    hiya
    hey, how's it going
    morning
    evening all
    hello again
    hi, it's me again
    howdy
    greetings
    hello bot
    hey assistant
    yo
    hi, are you there
    anybody there
    hello, can you hear me
    good day to you
    hey hey
    hi chat
    well hello
  `),
  thanks: sentences(`
    thanks
    thank you
    thank you so much
    many thanks
    cheers
    thanks a lot
    thanks, that helps
    ta
    brilliant, thank you
    that is very kind, thanks
    much appreciated
    I appreciate your help
    thanks for sorting that out
    thx
    thank you, you have been helpful
    perfect, thanks
    great, thank you
    lovely, cheers
    okay thanks
    thanks for the quick answer
    thank you kindly
    thanks mate
    that's all I needed, thank you
    awesome thanks
    thanks again
    I'm grateful for that
  `),
  goodbye: sentences(`
    bye
    goodbye
    bye bye
    see you
    see you later
    have a nice day
    that's all for today
    that will be all
    I have to go now
    talk to you later
    good night
    take care
    catch you later
    I'm done here
    nothing else, bye
    no more questions from me
    so long
    have a good one
    until next time
    farewell
    cheerio
    I'm off
    okay bye for now
    see you tomorrow
    that was everything, goodbye
    we're finished, have a good evening
  `),
  how_are_you: sentences(`
    how are you
    how are you doing
    how are you today
    how do you feel
    are you well
    how is your day going
    what's up with you
    you okay
    is everything good with you
    how have you been
    are you having a good day
    are you happy
    do you ever get tired
    how's life
    feeling good today
    how's things with you
    are you in a good mood
    did you sleep well
    are you busy today
    do you like your job
    how's work treating you
    are you bored
    you all right
    hope you're doing fine
    how goes it with you
  `),
  who_are_you: sentences(`
    who are you
    what are you
    are you a robot
    are you human or a machine
    what is your name
    am I talking to a computer
    do you have a name
    is this a bot
    who am I speaking with
    are you a real human being
    are you an AI
    tell me about yourself
    who made you
    who built you
    what should I call you
    am I chatting with software
    are you a chatbot
    is there a human typing this
    what kind of thing are you
    introduce yourself
    are you ChatGPT
    how old are you
    where do you come from
    do you have feelings or are you a program
    are you automated
  `),
  capabilities: sentences(`
    what can you do
    what can I ask you
    how can you help me
    help
    what are you able to do
    show me what you can do
    what do you know
    what are my options here
    what sort of things can you help with
    which questions can you answer
    I need help
    can you help me
    give me some examples of what to ask
    what topics do you cover
    how does this chat work
    what is this chat for
    list your features
    what services do you offer in this chat
    how do I use you
    menu
    show the menu
    I don't know what to ask
    what else can you do
    what is possible here
    tell me what you're good for
    I'm not sure where to start
  `),
  praise: sentences(`
    you are great
    good job
    well done
    you're very clever
    you are the best
    I like you
    that was really fast
    nice work
    you are smart
    impressive
    excellent service
    good bot
    I love this chat
    you're a star
    you did that well
    this is the best assistant I have used
    wow, you're good
    you're so helpful
    amazing service
    you made my day
    that was easy
    I am very happy with this
    what a great experience
    you rock
    fantastic work
  `),
  insult: sentences(`
    you are useless
    you are stupid
    this is a dumb bot
    shut up
    you understand nothing
    what an idiot
    you're terrible at this
    worst bot ever
    I hate you
    you're no help at all
    this chat is rubbish
    you suck
    stupid machine
    you never get anything right
    are you dumb
    that's a silly answer
    go away
    you are annoying
    you're getting on my nerves
    pathetic
    what nonsense
    you don't understand me
    that's not what I asked
    that is wrong, you got me wrong
    bad bot
  `),
  joke: sentences(`
    tell me a joke
    make me laugh
    do you know a joke
    say something funny
    another joke please
    I need cheering up
    can you be funny
    give me a joke
    got any jokes
    tell me something amusing
    do you know any good puns
    entertain me
    I'm bored, amuse me
    sing me a song
    tell me a story
    say something interesting
    do you know a riddle
    tell me a fun fact
    make a joke about robots
    crack a joke
    one more joke
    knock knock
    can you rap
    do you have a sense of humour
    read me a poem
  `),
  hand_off: sentences(`
    I want to talk to a person
    let me speak to a human
    can I talk to an agent
    connect me with customer service
    put me through to someone
    I'd rather speak to a real person
    human please
    agent
    transfer me to an operator
    is there someone I can talk to
    get me a manager
    I need to speak with support staff
    can a member of your team help me
    I don't want to talk to a bot
    real person now
    please let a colleague take over
    I would like a representative
    live chat with an employee
    speak to an adviser
    chat with a human being please
    could somebody from the team call me
    call me back please
    request a callback
    this isn't working, give me a person
    hand me over to someone
    can I speak to your supervisor
    I want a human to look at my case
  `),
  find_receipt: sentences(`
    find my receipt
    show me the receipt from last week
    I need a receipt for my purchase
    where is the receipt for order 1043
    can I see my receipts
    look up a receipt from May
    I can't find my receipt
    I lost the receipt, can you find it
    show the invoice for my last order
    I need the invoice from 3 March
    which receipts do you have for me
    list my receipts from this month
    the receipt for the coffee machine please
    pull up the bill I got on Friday
    do you still have my receipt from January
    search my receipts for the headphones
    proof of purchase for my shoes
    I need proof of purchase
    receipt for 24.99
    bring up yesterday's receipt
    show receipt
    can you look for a receipt over £50
    invoice for order 2231 please
    I need something for my tax records from that order
    open the receipt from Harbour Books
    all receipts between 1 and 14 April
  `),
  receipt_pdf: sentences(`
    download the receipt as PDF
    can I get the receipt as a PDF
    I want to save the invoice as a file
    PDF of my receipt please
    give me a printable receipt
    how do I print my invoice
    download invoice
    export that receipt
    I need the invoice as a document for accounting
    let me download it as a pdf
    print the receipt
    receipt in pdf format
    a copy of the invoice to print
    save receipt to my computer
    can you make a PDF of the bill
    a downloadable invoice please
    I'd like the receipt file
    get the pdf for order 1043
    where can I download my invoices
    is there a pdf version of the receipt
    I want to print out the bill for my order
    provide a PDF invoice with VAT
    file version of my last receipt
    download the bill from March
    pdf please
  `),
  mail_receipt: sentences(`
    email me the receipt
    send the receipt to my email
    mail the invoice to me
    can you resend my receipt
    send me a copy of the receipt by email
    forward the invoice to anna@example.com
    I never got the receipt in my inbox
    please email the invoice to my accountant
    resend the invoice for order 1043
    I'd like the receipt mailed to me
    the receipt email never came
    send that receipt to work@example.com
    could you post the receipt to my mailbox
    e-mail it to me
    send it to my email address
    get the receipt sent to my inbox again
    shoot the invoice over to my mail
    email a copy of yesterday's receipt
    I deleted the receipt mail, send it again
    mail me my last receipt
    have the invoice sent to finance@example.com
    send the bill to my email please
    did not receive a receipt by mail
    can the receipt go to another email address
    email receipt
  `),
  complaint: sentences(`
    I want to make a complaint
    I am not happy with your service
    this is unacceptable
    I'd like to complain
    how do I file a complaint
    I'm very disappointed
    your service is terrible
    I am really angry about how I was treated
    that was an awful experience
    the staff were rude to me
    I want to report bad service
    nobody answers my emails and I'm fed up
    I have been waiting for weeks and nobody cares
    complaint
    where can I complain
    this is the third time something went wrong
    I demand an apology
    I'm furious
    you have let me down
    I wish to raise a formal complaint
    how do I escalate this problem
    I have a grievance about the way my case was handled
    worst service I have ever had
    your company has been a nightmare to deal with
    I feel ripped off
    I want to lodge a complaint against your team
  `),
  contact: sentences(`
    how can I contact you
    what is your phone number
    do you have an email address
    what's your address
    which number do I call
    contact details please
    how do I get in touch
    can I email you
    is there a hotline
    customer service number
    what is the support email
    how do I reach you by phone
    do you have WhatsApp
    can I write you a letter, where to
    contact
    give me your telephone number
    where do I send an email
    what are the ways to contact you
    are you on social media
    postal address of your head office
    which email should I use for questions
    I want to call you
    phone number of the help desk
    how may I reach your company
    your contact information
  `),
  account_help: sentences(`
    I have a problem with my account
    I can't log in
    how do I sign in
    my account is locked
    how do I create an account
    register a new account
    I want to change my email address on the account
    update my phone number
    how do I edit my profile
    where are my account settings
    sign up
    login does not work
    it says my account doesn't exist
    how do I change my name in the profile
    I can't get into my account
    help with my account
    change my personal details
    I am locked out
    the verification code does not arrive
    turn on two-factor authentication
    I lost the phone I use for signing in
    why can't I sign in
    edit my account information
    my user name isn't accepted
    somebody else seems to be logged in to my profile
    two accounts under my name, can you merge them
  `),
  password_reset: sentences(`
    I forgot my password
    reset my password
    how do I change my password
    I need a new password
    my password doesn't work
    password reset link please
    can't remember my password
    set a new password
    lost password
    the password reset email hasn't come
    send me a link to reset the password
    my password was rejected
    change password
    I want to update my password
    how can I recover my password
    the system says wrong password
    forgotten my login password
    my password expired
    help me choose a new password
    what is my password
    I typed my password wrong too many times
    where do I reset the password
    password recovery
    reset login credentials
    don't know my password any more
  `),
  export_data: sentences(`
    I want a copy of my data
    export my data
    download all my personal data
    what data do you have about me
    what information do you store about me
    send me everything you know about me
    GDPR data request
    subject access request
    how do I get my personal information
    data export
    I'd like to exercise my right of access
    which personal details do you keep
    give me a file with all my data
    can I download my account data
    I want to see what you have saved on me
    copy of all information held about me
    data portability request
    privacy request for my data
    how long do you keep my data
    show me the personal data you process
    take out my data in a file
    request my personal data
    let me have an archive of my account
    I need my data in a machine readable form
    what do you do with my data
  `),
  delete_account: sentences(`
    delete my account
    close my account
    I want to remove my account
    erase all my data
    please delete everything about me
    how do I cancel my account
    right to be forgotten
    I no longer want an account
    terminate my account
    delete my profile
    remove my personal data from your system
    I want to leave, close everything
    deactivate my account
    wipe my data
    get rid of my account
    shut my account down
    I'd like my data deleted
    how can I delete my user profile
    unregister me
    please forget me
    I want my account gone
    permanently delete account
    account closure
    end my membership
    stop storing my details and delete them
  `),
}
