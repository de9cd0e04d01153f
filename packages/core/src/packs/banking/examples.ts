import { type SentencesByIntent, sentences } from '../sentences.ts'

export const BANKING_EXAMPLES: SentencesByIntent = {
  balance: sentences(`
    what is my balance
    how much money do I have
    balance please
    how much is in my account
    what's left in my current account
    show the balance of my savings account
    am I overdrawn
    account balance
    how much have I got
    tell me my available balance
    what's in my savings
    check my balance
    can I afford £200
    how much is left until payday
    current balance
    do I have enough for rent
    balance of all my accounts
    what do I have in the bank
    is there any money in my joint account
    how rich am I
    show me my accounts
    how much money is left
    balance on the business account
    am I in the red
    what does my account stand at
    how much can I spend
  `),
  transactions: sentences(`
    show my transactions
    list my last payments
    what did I pay yesterday
    recent transactions
    what went out of my account this week
    show me payments to Harbour Café
    transactions in May
    what have I bought lately
    did my salary come in
    last five transactions
    has the payment from Anna arrived
    show incoming payments
    account activity
    what came in this month
    find a payment of £24.99
    payments between 3 and 5 May
    show me everything I paid to the supermarket
    when did I last pay Greenleaf
    look for a transaction from last Friday
    transaction history
    my latest card payments
    did the rent go out
    what was that payment on Tuesday
    have I been paid yet
    show everything over 100 pounds
    search my payments for electricity
    which payments did I make on holiday
  `),
  spending: sentences(`
    how much did I spend last month
    what did I spend on groceries
    how much have I spent at Harbour Café
    my spending by category
    where does my money go
    spending this week
    how much do I spend on eating out
    show my expenses for May
    what do I spend on transport each month
    break down my spending
    how much went on rent this year
    am I spending more than last month
    total spent on clothes in March
    how much did I spend between 3 and 5 May
    what did the holiday cost me altogether
    spending overview
    what have I spent so far this month
    how much money did I waste on coffee
    compare my spending with last month
    what are my biggest expenses
    how much on entertainment last week
    monthly expenses
    what did I spend yesterday
    sum of what I spent at the supermarket
    analyse my spending
    show a chart of my expenses
    how much was spent on fuel
  `),
  pending_payments: sentences(`
    why is my payment pending
    show pending payments
    a payment is still pending
    when will the pending payment go through
    what is still to be booked
    my card payment hasn't cleared yet
    how long do payments stay pending
    is anything pending on my account
    what payments are on hold
    payment in progress for days
    my transfer is still processing
    cancel a pending payment
    the hotel has blocked money on my card
    reserved amounts
    when will the transaction be completed
    uncleared transactions
    my money is on hold
    what does pending mean
    authorised but not yet taken payments
    the petrol station reserved £99
    a pending transaction from Monday
    why hasn't the transaction been booked
    list of pending transactions
    has the cheque cleared
    payment not processed yet
  `),
  transfer: sentences(`
    send money to Anna
    transfer £50 to my sister
    I want to make a transfer
    pay Ben 20 pounds
    move money to another account
    make a payment
    wire 300 euros to my landlord
    send £15 to Carla for lunch
    how do I transfer money
    bank transfer please
    I owe Tom 40 pounds, send it to him
    pay back my flatmate
    transfer 100 from current account to joint account
    give Anna 25 quid
    new payment
    can you send 12.50 to Ben
    I'd like to send some cash to a friend
    transfer
    send the rent to my landlord
    pay someone
    transfer my share of the bill to Carla
    make a payment of £75 to Tom
    shift 200 to my other account
    send money
    I need to get £60 to Anna today
    can I transfer money to a new person
  `),
  pay_bill: sentences(`
    pay my electricity bill
    I want to pay a bill
    pay the gas bill
    settle my phone bill
    pay the invoice from Northwind Energy
    can you pay my water bill
    bill payment
    pay my council tax
    pay my credit card bill
    I got a bill for £86, pay it
    take care of the internet bill
    pay the outstanding bill
    I need to pay an invoice
    clear my electricity bill today
    please pay the bill that is due
    pay broadband
    pay my next bill
    how do I pay a bill
    pay all my bills
    pay the bill for my mobile
    settle the invoice of the dentist
    pay the water company £32.40
    make a bill payment
    pay off what I owe the energy company
    get my utility bill paid
  `),
  upcoming_bills: sentences(`
    what bills are due
    show upcoming bills
    which bills do I have to pay this month
    when is my electricity bill due
    next bills please
    what payments are coming up
    what do I still have to pay this month
    bills next week
    is there any bill due soon
    how much are my bills this month
    when is the rent due
    upcoming payments
    what is going out before payday
    any bills left
    list my bills
    do I have unpaid bills
    is anything overdue
    what's leaving my account next week
    due dates of my bills
    scheduled payments
    which subscriptions renew soon
    what do I owe this week
    regular bills overview
    remind me which bills are coming
    what will be taken out tomorrow
  `),
  card_declined: sentences(`
    why was my card declined
    my card doesn't work
    my card was refused at the shop
    the card machine rejected my card
    I couldn't pay with my card
    card declined
    my payment was declined at Harbour Café
    the terminal said declined
    I tried to pay online and it was refused
    why can't I use my card
    my debit card was rejected
    contactless isn't working
    it won't take my card
    card payment failed
    my card got declined twice today
    the cash machine won't accept my card
    why did my card payment not go through
    my card isn't accepted anywhere
    the supermarket wouldn't take my card
    transaction declined by the bank
    is something wrong with my card
    online payment refused
    I was embarrassed when my card failed at dinner
    there is enough money but the card is declined
    declined again
    why was my payment of £40 rejected
  `),
  card_lost: sentences(`
    I lost my card
    my card was stolen
    I can't find my card
    my wallet has been stolen
    someone took my purse with my cards
    report a lost card
    lost card
    stolen debit card
    I left my card in a taxi
    my bag was snatched and my card was in it
    I've misplaced my bank card
    the cash machine kept my card
    the ATM swallowed my card
    card is gone
    I think I dropped my card somewhere
    I got mugged and they have my card
    my card fell out of my pocket
    I forgot my card in a restaurant
    where is my card, I can't find it anywhere
    report my card as stolen
    my card has disappeared
    a thief has my card
    I was pickpocketed
    lost my wallet with everything in it
    my credit card is missing
  `),
  freeze_card: sentences(`
    freeze my card
    block my card
    lock my card
    stop my card for now
    put my card on hold
    temporarily block the debit card
    disable my card
    suspend my card
    can I freeze my card
    turn my card off
    please block all payments with my card
    deactivate my card for a while
    block my credit card right away
    pause my card
    I want to lock my bank card
    switch off my card
    make my card unusable
    freeze
    card freeze please
    how do I block a card
    stop anyone from using my card
    lock the card until I find it
    please freeze the joint account card
    block it immediately
    set my card to frozen
  `),
  unfreeze_card: sentences(`
    unfreeze my card
    unblock my card
    unlock my card
    turn my card back on
    I found my card, make it work again
    reactivate my frozen card
    how do I unfreeze my card
    remove the block from my card
    lift the freeze
    can you unlock my debit card
    my card is frozen, unfreeze it
    switch my card on again
    I want to use my card again
    enable my card again
    undo the card freeze
    the card turned up, please unblock
    take the hold off my card
    card unlock
    resume my card
    please unblock my credit card
    stop freezing my card
    release my card
    card can be used again please
    make my blocked card work
    take my card out of frozen mode
  `),
  card_pin: sentences(`
    I forgot my PIN
    what is my PIN
    show my card PIN
    how do I change my PIN
    my PIN doesn't work
    I entered the wrong PIN three times
    PIN blocked
    remind me of my pin
    unlock my PIN
    I need a new PIN
    can I choose my own pin number
    I can't remember the pin for my credit card
    pin reminder
    where can I see my PIN
    reset my card PIN
    wrong pin
    the machine says PIN tries exceeded
    my pin hasn't come in the post
    get my PIN
    change the PIN on my debit card
    lost the letter with my pin
    the four digit number for my card please
    I mixed up my PIN
    view pin
    my partner knows my PIN, I want another
  `),
  new_card: sentences(`
    I need a new card
    order a replacement card
    my card is damaged
    my card has expired
    my card expires next month
    the chip on my card is broken
    replace my card
    send me another card
    my card is bent
    the magnetic strip doesn't work any more
    can I get a second card
    request a new debit card
    when will I get a new card, mine runs out in June
    my card snapped in half
    my name changed, I need a card with the new name
    order card
    can I have a credit card
    how do I get a new bank card
    I want a card for my son
    is my replacement card on its way
    where is my new card
    my new card hasn't arrived
    how long does a new card take
    a replacement for my worn out card
    I'd like to order a virtual card
  `),
  activate_card: sentences(`
    activate my card
    how do I activate my new card
    my new card arrived, how do I use it
    card activation
    I got my card in the post, switch it on
    start using my new card
    enable my new card
    I want to activate the debit card
    activate
    the new card isn't active
    do I need to activate my card
    activate my replacement card
    I received a card this morning and need it activated
    first use of my card
    turn on the new card
    can you activate the credit card that came today
    activating a card
    my card came, what now
    get the new card working
    how can I make my new card active
    please activate it, the card is here
    the card letter says to activate it
    set up my new card
    my new card doesn't work yet
    activate virtual card
  `),
  card_abroad: sentences(`
    can I use my card abroad
    I'm going on holiday, will my card work
    does my card work in Spain
    paying with my card in another country
    can I withdraw cash in Japan
    travelling to the USA next week
    do I need to tell you that I travel
    which countries can I use my card in
    will my debit card be accepted overseas
    travel notice
    using my card on a trip
    can I pay in dollars with this card
    is my card valid outside Europe
    let me use my card abroad
    I will be in Thailand for two weeks
    enable foreign payments
    card in foreign countries
    is there a cash machine I can use in Rome
    allow payments from abroad
    I'm moving abroad, can I keep using the card
    what happens if I use my card in Turkey
    holiday next month, anything I should do about my card
    worldwide card acceptance
    will it block my card when I am abroad
    best way to pay on holiday
  `),
  fees: sentences(`
    what fees do I pay
    why was I charged a fee
    account fees
    how much does my account cost
    what's this charge from the bank
    list of charges
    do you charge for withdrawals
    fee for using a foreign cash machine
    show me the fees I paid this year
    what does a transfer cost
    monthly account fee
    there's a fee I don't understand
    is the card free
    how much do you charge for paying abroad
    overdraft charges
    you took £5 from me, what for
    are transfers free
    bank charges
    foreign transaction fee
    why did I pay for taking out cash
    cost of an international transfer
    which fees were taken last month
    can you refund the fee
    price list
    hidden charges
    is there a charge for a replacement card
  `),
  exchange_rate: sentences(`
    what is the exchange rate
    how many euros do I get for 100 pounds
    pound to dollar
    convert 50 euros to pounds
    what is the dollar worth
    exchange rate for yen
    how much is 200 dollars in pounds
    current rate GBP to EUR
    which exchange rate do you use
    currency converter
    change pounds into Swiss francs
    what's £80 in euros
    is the euro up today
    rate for US dollars please
    how do you work out the exchange rate
    EUR USD
    what would 1000 kroner be in pounds
    buy foreign currency
    exchange money
    currency rates
    today's rate for the zloty
    the rate I got on my card payment was bad
    how much would 5000 yen cost me
    convert currency
    pounds in dollars
  `),
  fraud_report: sentences(`
    there is a payment I don't recognise
    I didn't make this transaction
    somebody used my card
    I think I've been scammed
    report fraud
    unknown payment on my account
    this is fraud
    I see a strange charge
    my account has been hacked
    I gave my details to a fake website
    someone is stealing money from my account
    an unauthorised payment
    I got a suspicious text that claims to be from you
    a caller said he was from the bank
    I don't know this merchant
    dispute a transaction
    that wasn't me
    money has gone from my account and I don't know why
    I was tricked into sending money
    I clicked on a phishing link
    report a scam
    two payments that I never authorised
    fraudulent transaction
    who is taking money out of my account
    I want to dispute the payment to Bluefin
    my card details were stolen online
    weird withdrawal in a city I've never been to
  `),
  limits: sentences(`
    what is my limit
    how much can I withdraw a day
    what's my daily transfer limit
    spending limit on my card
    what is the maximum I can send
    cash withdrawal limit
    how much may I transfer at once
    card limit
    is there a maximum for contactless
    show my limits
    how high is my payment limit
    what's the most I can take out of a cash machine
    daily limit
    limit for online payments
    can I send £10,000
    what limits does my account have
    have I reached my limit
    what is left of my limit today
    the limit for transfers
    credit limit
    how big a payment can I make
    contactless limit
    is there a weekly limit
    my card's spending cap
    tell me the limits of my card
  `),
  change_limit: sentences(`
    raise my limit
    increase my daily limit
    I want a higher limit
    change my transfer limit to 2000
    lower my card limit
    can I get a bigger limit
    set my daily limit to £500
    reduce my spending limit
    I need to send more than my limit allows
    higher cash withdrawal limit please
    up my limit
    extend my limit
    my limit is too low, raise it
    temporarily increase my limit
    decrease my limit
    adjust my card limit
    put my transfer limit up
    make my limit £1,000
    limit increase
    how do I change my limits
    set a lower limit on contactless
    cut my limit in half
    edit limits
    allow me to spend more per day
    request a higher credit limit
  `),
  statement: sentences(`
    I need a bank statement
    download my statement
    statement for May
    send me my account statement
    where are my statements
    bank statement as PDF
    last three months of statements
    statement for my visa application
    export my transactions
    I need a statement from 1 April to 30 June
    yearly statement
    can I get a paper statement
    statements
    get me the statement of last month
    print my bank statement
    proof of account
    annual tax statement
    download statement for 2025
    my landlord wants to see a statement
    account statement please
    how do I get my statements
    csv export of my account
    old statements
    monthly statement
    I want my statements online only
  `),
  direct_debits: sentences(`
    show my direct debits
    which direct debits do I have
    list direct debits
    who takes money from my account regularly
    what subscriptions am I paying
    active direct debits
    when is the next direct debit
    is there a direct debit for the gym
    direct debit overview
    set up a direct debit
    which companies have a mandate
    all my subscriptions
    how many direct debits are there
    direct debit dates
    a direct debit bounced
    what is collected from my account every month
    the direct debit for broadband, how much is it
    do I have a direct debit to the council
    mandates
    my recurring collections
    a direct debit was returned
    check my direct debits
    why did the direct debit fail
    how does a direct debit work
    direct debits this month
  `),
  cancel_direct_debit: sentences(`
    cancel a direct debit
    stop the direct debit to the gym
    cancel my gym membership payment
    I want to stop paying for streaming
    end the direct debit for broadband
    cancel subscription
    remove a direct debit
    revoke the mandate of FitClub
    stop them taking money from my account
    don't pay Streamly any more
    how do I cancel a direct debit
    delete the direct debit to the energy company
    block a direct debit
    I cancelled my contract, so stop the direct debit
    terminate my direct debit
    please cancel the magazine subscription
    no more direct debits to FitClub
    get rid of a direct debit
    stop collections by the phone company
    cancel the mandate
    stop my subscription to Streamly
    kill the direct debit for insurance
    I don't want the gym to take money any longer
    direct debit cancellation
    withdraw permission for a direct debit
  `),
  standing_orders: sentences(`
    show my standing orders
    which standing orders do I have
    list standing orders
    when does my standing order go out
    standing order overview
    do I have a standing order for rent
    how much is my standing order to Anna
    regular payments that I set up
    my standing orders
    what standing orders are active
    next standing order
    are there any standing orders on this account
    did my standing order run
    check the standing order for my landlord
    standing orders please
    how does a standing order work
    my standing order didn't go out
    what are my recurring transfers
    see all standing orders
    what do I send automatically each month
    automatic payments I've set up
    the date of my standing order
    how many standing orders are there
    view standing order
    repeating payments list
  `),
  set_standing_order: sentences(`
    set up a standing order
    send £50 to Anna every month
    create a standing order for the rent
    pay my landlord 700 pounds on the first of each month
    I want to make a regular payment
    new standing order
    transfer £20 to Ben weekly
    automatic monthly transfer
    every week send 10 pounds to my daughter
    start a recurring payment
    pay Tom £100 each month automatically
    schedule a repeating transfer
    add a standing order
    repeat this payment every month
    set a monthly payment to Carla
    I'd like a standing order of £30
    make a weekly transfer
    can you send my rent automatically
    establish a standing order
    pocket money every Friday for my son
    recurring transfer please
    create regular payment
    pay this person every month
    automate my payment to Anna
    monthly standing order to my savings club
  `),
  cancel_standing_order: sentences(`
    cancel my standing order
    stop the standing order to Anna
    end the standing order for rent
    delete a standing order
    I moved out, stop paying my old landlord every month
    remove standing order
    stop sending money to Ben each week
    no more monthly payment to Carla
    how do I cancel a standing order
    terminate the standing order
    end my regular transfer
    cancel recurring transfer
    cancel the weekly payment to my son
    please stop my standing order
    get rid of the standing order to Tom
    standing order cancellation
    discontinue the monthly transfer
    kill the standing order for the savings club
    take out the standing order to my landlord
    I don't need the standing order any longer
    stop the automatic transfer to Anna
    cancel the repeating payment
    delete my automatic payment
    stop my recurring payment
    stop the regular payment that I set up
  `),
  budget_view: sentences(`
    how is my budget doing
    show my budget
    how much is left in my grocery budget
    am I within my budget
    have I gone over budget
    budget overview
    what is my budget for eating out
    how much of my budget have I used
    budgets
    am I on track this month
    how much can I still spend on clothes
    did I exceed my budget
    status of my budget
    my monthly budget
    left over in the transport budget
    check my budgets
    how close am I to my budget
    show budget for groceries
    what is left of my budget
    is my budget okay
    budget progress
    which budgets are used up
    will I stay within budget
    how are my budgets
    remaining budget
  `),
  set_budget: sentences(`
    set a budget
    set a budget of £300 for groceries
    I want to spend no more than 100 on eating out
    create a budget
    change my grocery budget to 250
    limit my spending on clothes to £80 a month
    new budget for transport
    help me save on coffee, set a limit for it
    raise the budget for entertainment
    budget 50 pounds for taxis
    make a monthly budget
    add a budget
    put a cap of £60 on takeaways
    lower my budget for shopping
    define a budget
    I'd like to budget for my holidays
    warn me when I spend more than £200 on groceries
    update my budget
    give me a budget of 400 for food
    adjust my eating out budget
    plan a budget
    start budgeting
    set my entertainment budget at 40
    allocate £150 to transport
    edit budget
  `),
  interest: sentences(`
    what is my interest rate
    how much interest do I get
    interest on my savings
    what rate does my savings account pay
    interest rates please
    when is interest paid
    how much interest did I earn this year
    overdraft interest
    what do you charge for an overdraft
    is the interest rate fixed
    savings rate
    APR on my credit card
    how is interest calculated
    has my interest been paid
    do I get any interest on my current account
    what interest do you offer on fixed deposits
    current interest rate
    why did my rate go down
    annual interest
    interest earned
    what's the AER
    best savings rate you have
    rate on my account
    did the interest rate change
    interest for the joint account
  `),
  savings: sentences(`
    move money to my savings
    put £100 into savings
    save 50 pounds
    transfer money to my savings account
    I want to save some money
    add to my savings
    set aside £200
    stash 30 quid in my pot
    put the rest into savings
    move 500 to savings please
    top my savings up with £25
    I'd like to put something aside
    start saving
    savings deposit
    pay into my savings account
    take £40 from my current account into savings
    save money for a holiday
    savings goal
    help me save
    put ten pounds away
    save £75 this month
    drop 20 in my savings pot
    shift what is left over to my savings
    deposit 300 into my savings account
    move my bonus to savings
  `),
  top_up: sentences(`
    top up my account
    add money to my account
    I want to top up
    top up by £50
    how do I pay money in
    load money on my card
    top up my card with 20 pounds
    deposit money
    put money on my account from another bank
    add funds
    pay in cash
    how can I add cash
    top up from my debit card
    can I deposit a cheque
    charge up my account
    fund my account
    bring money in from my other bank
    top-up
    my top-up failed
    when does my top up arrive
    refill my account with £100
    add £30 by card
    automatic top up
    where can I pay in coins
    put 40 in my account
  `),
  refund_check: sentences(`
    did I get my refund
    has the refund from Greenleaf arrived
    where is my refund
    a shop should have refunded me
    is there a refund on my account
    I returned something and want to know if the money is back
    refund not showing
    has my money come back from the airline
    check for a refund of £45
    the merchant says they refunded me
    waiting for a refund
    when will a refund appear on my card
    refund from the hotel
    did the shop pay me back
    I am missing a refund
    refund status
    how long do refunds take to show up
    I was promised a refund
    look for a refund from Bluefin
    was I refunded
    any refunds this month
    the refund hasn't reached my account
    the store cancelled my order, is the money back
    my refund is late
    show refunds
  `),
  change_address: sentences(`
    I moved house
    change my address
    I have a new address
    update my home address
    my address is wrong
    how do I tell you about my new address
    new postal address
    I'm moving next week
    change of address
    update my details, I live somewhere else now
    you still have my old address
    please change where you send letters
    register my new address
    my new address is 12 Mill Lane
    edit my address
    I live in Leeds now
    letters go to the wrong house
    correct my street name
    address update
    moving home, what do I do
    we've relocated
    put my new flat on file
    you've got my postcode wrong
    switch my correspondence address
    send my mail to another address from now on
  `),
  account_details: sentences(`
    what is my account number
    what's my IBAN
    sort code please
    I need my account details
    where do I find my IBAN
    bank details for my employer
    what is the BIC
    SWIFT code
    my sort code and account number
    give me my account number
    which details do I need to receive money
    how can somebody send me money
    account details
    share my bank details
    IBAN of my savings account
    what do I tell someone who wants to pay me
    my employer wants my bank details for my salary
    routing number
    details to get paid
    what is the sort code of my bank
    number of my joint account
    show account number
    receive money from abroad, which details
    where can I see my account number
    copy my IBAN
  `),
  open_account: sentences(`
    open a new account
    I want to open a savings account
    how do I become a customer
    can I have a second account
    open a joint account with my wife
    account for my child
    apply for an account
    start a current account
    which accounts do you offer
    I'd like to open an account
    student account
    how long does it take to open an account
    business account application
    switch my bank to you
    what do I need to open an account
    types of accounts
    new account please
    add a savings account
    can my daughter get an account
    move my account from another bank
    create a bank account
    am I old enough for an account
    add someone to my account
    open a euro account
    what is the difference between your accounts
  `),
  loans: sentences(`
    I want a loan
    can I borrow money
    apply for a mortgage
    how much could I borrow
    personal loan
    what are your loan rates
    I need an overdraft
    increase my overdraft
    can I get credit
    car loan
    how do I apply for a loan
    loan for a kitchen
    pay back my loan early
    mortgage rates
    what do I still owe on my loan
    my loan repayment
    lend me £5,000
    remaining mortgage
    arrange an overdraft
    credit options
    is my loan application approved
    can I pause my loan payments
    consolidate my debts
    I can't afford my repayments
    student loan
  `),
  cash_machine: sentences(`
    where is the nearest cash machine
    find an ATM
    cash machine near me
    where can I withdraw cash
    nearest atm
    I need cash
    which ATMs can I use
    free cash machines in Leeds
    the cash machine didn't give me my money
    ATM gave me the wrong amount
    how do I take out money
    get cash
    is there a cashpoint around here
    withdraw cash without a card
    find a branch
    where is your branch
    nearest branch please
    the atm is broken
    can I get cash at a supermarket
    money was debited but the machine paid out nothing
    cash withdrawal
    branch in Manchester
    where do I find a cash point
    take money out
    ATMs in town
  `),
  opening_hours: sentences(`
    when does the branch open
    what are your opening hours
    are you open on Saturday
    opening times of the bank
    until when are you open today
    is the branch open now
    bank holidays opening
    what time does the bank close
    are you open on Monday
    hours of the help line
    when can I come to the branch
    are you closed over Christmas
    business hours
    how late is the bank open
    when does customer service start in the morning
    opening hours
    is the bank open tomorrow
    closing time
    do you close for lunch
    when are you open
    is someone there at weekends
    which days is the branch open
    what are your hours
    opening hours on New Year's Eve
    are you still open at six
  `),
}
