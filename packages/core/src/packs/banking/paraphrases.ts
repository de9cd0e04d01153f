import { type SentencesByIntent, sentences } from '../sentences.ts'

/** Other words for the same, to test with. Never trained on. */
export const BANKING_PARAPHRASES: SentencesByIntent = {
  balance: sentences(`
    how much money is in my account right now
    could you tell me my balance
    what's the balance on my current account
    how much do I have left
    do I have enough money for a £90 train ticket
    show balance
    what is my savings balance
    is my account overdrawn
  `),
  transactions: sentences(`
    please show me my recent transactions
    which payments did I make last week
    list the transactions of my current account
    did I receive any money today
    show payments to the supermarket in June
    has my wage arrived
    what were my last card payments
    find the payment of 18.50 from last month
  `),
  spending: sentences(`
    what have I spent on food this month
    how much money did I spend in October
    show me my spending on restaurants
    tell me what I spent last week
    break my expenses down by category
    how much have I spent on transport
    what are my total expenses this year
    how much did I spend at Bluefin last month
  `),
  pending_payments: sentences(`
    I have a payment that's still pending
    which transactions are pending at the moment
    when is the pending payment going to clear
    my payment has been pending for three days
    are there payments that haven't cleared
    why is this transaction still pending
    show what's on hold on my account
    the payment is not completed yet
  `),
  transfer: sentences(`
    I'd like to transfer some money
    please send 35 pounds to Carla
    can you pay Anna £10
    I want to send money to my brother
    make a transfer of £250 to my landlord
    transfer twenty pounds to Ben please
    move £60 to my joint account
    I need to pay Tom back
  `),
  pay_bill: sentences(`
    please pay my water bill
    I'd like to pay the phone bill
    can you settle the electricity bill for me
    pay the invoice from the garage
    I have to pay my gas bill
    pay what I owe to Northwind
    I want to pay my internet bill now
    take care of my outstanding invoice
  `),
  upcoming_bills: sentences(`
    which bills are coming up
    do I have any bills due this week
    when is my next bill due
    what do I have to pay soon
    show me bills that are due
    what payments are scheduled for next month
    are any of my bills overdue
    what bills are still open
  `),
  card_declined: sentences(`
    the shop declined my card
    why did my card get rejected
    my card isn't working in shops
    I wasn't able to pay with my card yesterday
    can you tell me why my card payment was refused
    my debit card got declined at the petrol station
    the card was not accepted
    my card keeps being declined
  `),
  card_lost: sentences(`
    I think I've lost my debit card
    someone stole my card
    my purse was stolen with my bank card in it
    I can't find my bank card any more
    the machine swallowed my card
    I need to report that my card is lost
    my card went missing
    I left my card at a bar and it's gone
  `),
  freeze_card: sentences(`
    could you freeze my debit card
    I want to block my card
    please lock my credit card
    can I temporarily block my card
    put a freeze on my card
    I'd like to switch my card off
    block the card now
    suspend my bank card for a while
  `),
  unfreeze_card: sentences(`
    please unfreeze my debit card
    I'd like to unblock my card again
    I have found the card, please unlock it
    can you take the freeze off my card
    my card is blocked, unblock it please
    make my card work again
    switch my card back on
    reactivate the blocked card
  `),
  card_pin: sentences(`
    I don't remember my PIN
    can you tell me the pin of my card
    I'd like to change the PIN
    I typed in a wrong PIN too often
    how can I see my PIN
    my pin code isn't working
    I forgot the pin number of my debit card
    please give me a new PIN
  `),
  new_card: sentences(`
    I'd like to order a new card
    can you send me a replacement card
    my debit card is broken
    my card has expired, I need another
    how long until my new card comes
    please replace my damaged card
    I want an additional card
    I still haven't received my new card
  `),
  activate_card: sentences(`
    how can I activate the card I received
    please activate my new debit card
    my card came today and I want to activate it
    I need to activate a card
    my new card has to be activated
    activate the card that came in the post
    how do I start using the new card
    I'd like my new card switched on
  `),
  card_abroad: sentences(`
    will my card work in Greece
    can I pay with my card when I'm abroad
    I'm travelling to Canada, can I use the card there
    do I have to inform you before I travel
    is it possible to use the card overseas
    can I get cash with my card in Portugal
    I'm off on holiday, does my card work there
    in which countries does my card work
  `),
  fees: sentences(`
    which fees do you charge
    what's the monthly fee for my account
    I was charged a fee, why
    how much do you take for withdrawing cash abroad
    show the fees on my account
    what does the account cost
    are there any charges for transfers
    why is there a bank charge on my account
  `),
  exchange_rate: sentences(`
    how many dollars is 50 pounds
    what's the current exchange rate for euros
    convert 200 pounds to euros
    what rate do I get for Swiss francs
    how much is 1000 yen in pounds
    pound euro rate today
    I'd like to know the dollar rate
    which rate do you use for currency exchange
  `),
  fraud_report: sentences(`
    I don't recognise a payment on my account
    there's a transaction that I did not make
    someone has used my card without permission
    I want to report a fraud
    I believe I was scammed
    there are strange payments on my account
    I got a suspicious call from someone pretending to be the bank
    I need to dispute a payment
  `),
  limits: sentences(`
    what's the maximum I can transfer per day
    what are the limits on my account
    how much cash can I take out each day
    tell me my card limit
    what is my daily spending limit
    is there a limit on transfers
    how high is the limit for contactless payments
    what is the most I can send at once
  `),
  change_limit: sentences(`
    I'd like to raise my daily limit
    please increase the limit on my card
    can my transfer limit be changed to £3,000
    I want to lower my limit
    how can I get a higher limit
    set my limit to 800 pounds
    my limit should be higher
    reduce my card limit please
  `),
  statement: sentences(`
    please send me a bank statement for April
    where can I download statements
    I'd like my account statement as a PDF
    I need statements of the last six months
    can I have last month's statement
    get my statement for March
    how can I print a bank statement
    I need a statement for my tax return
  `),
  direct_debits: sentences(`
    what direct debits are set up on my account
    please list all my direct debits
    show my subscriptions
    which companies collect money from my account
    how many direct debits do I have
    is there an active direct debit for insurance
    when does the next direct debit go out
    I'd like to see my direct debits
  `),
  cancel_direct_debit: sentences(`
    please cancel the direct debit for my gym
    I'd like to cancel my Streamly subscription
    how can I stop a direct debit
    stop FitClub from taking money
    end my direct debit to the phone company
    remove the direct debit for the insurance
    I don't want to pay for this subscription any longer, cancel it
    cancel a mandate
  `),
  standing_orders: sentences(`
    what standing orders are set up
    please list my standing orders
    can I see my standing orders
    which regular transfers do I have
    when is my next standing order
    how much goes out by standing order
    do I have any standing orders
    show me the standing order for the rent
  `),
  set_standing_order: sentences(`
    I'd like to set up a standing order
    pay Anna £25 every month
    create a monthly transfer of £400 to my landlord
    send ten pounds to Ben every week
    can you set up a recurring transfer
    I want to pay my rent automatically each month
    please start a standing order to Carla
    make this a regular payment every month
  `),
  cancel_standing_order: sentences(`
    please cancel the standing order to Ben
    I want to stop my standing order
    how can I delete a standing order
    end the monthly transfer to my landlord
    stop the weekly payment to Anna
    remove my standing order for rent
    I no longer need the standing order
    cancel the recurring transfer to Tom
  `),
  budget_view: sentences(`
    how much of my budget is left
    am I still within my food budget
    show me how my budget is doing
    did I go over my budget
    what's left in the budget for clothes
    how are my budgets looking
    have I used up the eating out budget
    what budget do I have for groceries
  `),
  set_budget: sentences(`
    I'd like to set a budget for groceries
    make a budget of 120 pounds for transport
    please create a budget for eating out
    change the clothes budget to £60
    set my monthly food budget to 350
    I want to limit what I spend on takeaways to £40 a month
    can I create a new budget
    lower my entertainment budget
  `),
  interest: sentences(`
    how much interest does my savings account pay
    what are your interest rates
    what interest have I earned
    when do I get my interest
    what's the rate on savings
    how high is the overdraft interest
    do I earn interest
    tell me my interest rate
  `),
  savings: sentences(`
    please move 150 pounds to my savings
    I'd like to save £30
    put some money into my savings account
    add £60 to my savings pot
    I want to put money aside for a car
    transfer fifty pounds to savings
    set £20 aside
    can you move what's left into savings
  `),
  top_up: sentences(`
    I'd like to top up my account
    how can I add money to my account
    please top up with £25
    add 60 pounds to my account from my card
    where do I pay in cash
    how do I deposit a cheque
    I want to load money onto my account
    my top up didn't work
  `),
  refund_check: sentences(`
    has my refund come in
    did the shop refund me
    I'm waiting for a refund from Greenleaf
    is my refund on the account yet
    when does my refund arrive
    the airline promised a refund, is it there
    check whether I've been refunded
    I sent shoes back, did the money arrive
  `),
  change_address: sentences(`
    I have moved to a new address
    please update my address
    I need to change the address you have for me
    how can I change my home address
    my postal address has changed
    I live at a different address now
    we have moved, here is the new address
    you have the wrong address for me
  `),
  account_details: sentences(`
    could you give me my IBAN
    where can I find my account number
    what is my sort code
    I need the details of my account to receive a payment
    what's the BIC for my account
    tell me my account number and sort code
    my boss needs my bank details
    which bank details do I give to someone who pays me
  `),
  open_account: sentences(`
    please open an account for me
    how can I open a savings account with you
    can I open an account for my daughter
    I want a joint account with my husband
    how do I apply for a new account
    what accounts can I open
    I would like to become a customer
    is it possible to have another account
  `),
  loans: sentences(`
    I'd like to apply for a loan
    can you lend me some money
    how much can I borrow for a car
    do you offer mortgages
    what rates do you have on personal loans
    can I get an overdraft
    how do I repay my loan
    I need to borrow 2,000 pounds
  `),
  cash_machine: sentences(`
    where's the closest cash machine
    where can I find an ATM
    I want to withdraw some cash
    is there an ATM nearby
    the ATM didn't pay out the cash
    where is the nearest branch
    show me cash machines near me
    how can I get cash out
  `),
  opening_hours: sentences(`
    at what time does the bank open
    when is the branch open on Saturday
    is the bank open on Sunday
    what are the opening hours of your branch
    when do you close today
    are you open tomorrow
    until when is the branch open
    what time do you open
  `),
}
