import { type SentencesByIntent, sentences } from '../sentences.ts'

/** Other words for the same, to test with. Never trained on. */
export const SHOP_PARAPHRASES: SentencesByIntent = {
  order_status: sentences(`
    could you tell me where my order has got to
    I'd like to know when my parcel will be delivered
    please look up order 4410
    has the shop shipped my order already
    I still haven't got the package that I ordered
    give me the tracking for my delivery
    what's going on with my last order
    my order should have come on Tuesday
  `),
  cancel_order: sentences(`
    I would like to cancel what I ordered
    can you please cancel order 8820
    I don't need the thing I ordered any more, stop it
    is it still possible to cancel my order
    please don't ship my order, I've changed my mind
    I placed an order by accident and want it cancelled
    abort my order
    call the order off please
  `),
  change_address: sentences(`
    I entered a wrong delivery address
    could my order go to another address
    I need to change where my parcel will be delivered
    please update the shipping address for order 3012
    I've just moved, can you send it to the new address
    there's a mistake in my delivery address
    have it delivered to my workplace instead
    can I correct the address of my order
  `),
  delivery_time: sentences(`
    how many days will shipping take
    could I have it tomorrow if I order today
    what are your delivery times
    is next-day delivery available
    how long until an order is delivered normally
    how quickly can you ship
    do you deliver on Sunday
    if I order tonight when would it arrive
  `),
  delivery_cost: sentences(`
    what would I pay for shipping
    how much do you charge for delivery
    is shipping free of charge
    what are the postage fees
    from what amount is delivery free
    are there delivery costs
    how expensive is shipping
    tell me the price of express shipping
  `),
  delivery_abroad: sentences(`
    can you ship to the Netherlands
    is delivery to other countries possible
    I'm in Portugal, do you deliver here
    do you send parcels overseas
    which foreign countries do you deliver to
    would you ship to an address in Sweden
    do I have to pay customs duty
    is international delivery offered
  `),
  missing_parcel: sentences(`
    it says my package was delivered but I don't have it
    I believe the courier has lost my parcel
    my parcel was stolen outside my door
    tracking claims it was delivered, but nothing came
    the delivery never reached me though it is marked delivered
    my package seems to be lost
    the driver says he left it at my door, there is nothing
    somebody took my parcel
  `),
  return_item: sentences(`
    I'd like to return my purchase
    how can I send something back to you
    please send me a label for a return
    I want to give the trousers back
    the coat doesn't suit me and I'd like to return it
    I need to return order 6120
    can I send these trainers back and get a refund
    how do I start a return
  `),
  return_policy: sentences(`
    how much time do I have to return an item
    do returns cost me anything
    what's your policy on returns
    may I return something that was on sale
    can I still return it after two months
    is it possible to return opened products
    what are the conditions for a return
    do I have to pay for return shipping
  `),
  refund_status: sentences(`
    I'm still waiting for a refund
    when will I get the money for my return
    has my refund gone out yet
    I returned it last week, where is my money
    what's the status of the refund for order 5512
    how long until I am refunded
    my refund hasn't shown up
    did you receive the parcel I sent back
  `),
  exchange_item: sentences(`
    could I swap this for a different colour
    I'd like to exchange it for a smaller size
    can I have a large instead of the medium I got
    the shoes are too tight, I need them one size bigger
    please exchange the shirt
    I want another size
    is an exchange possible
    can you change it for the black version
  `),
  damaged_item: sentences(`
    the vase arrived in pieces
    the product I received is defective
    my parcel was damaged and the cup is cracked
    the radio you sent doesn't work
    it was already broken when it arrived
    there is a scratch on my new table
    the toaster is faulty
    my delivery came damaged
  `),
  wrong_item: sentences(`
    this isn't the item I ordered
    you delivered the wrong product
    I received the wrong colour
    something is missing from my order
    I only got one of the three things I ordered
    the parcel has someone else's stuff in it
    I got the wrong size sent to me
    my parcel wasn't complete
  `),
  warranty: sentences(`
    how many years of warranty do I get
    does it have a guarantee
    my kettle stopped after eight months, does the warranty cover that
    can you repair my watch under guarantee
    I want to make a warranty claim
    how long is the warranty period
    is a repair possible
    what is covered by the guarantee
  `),
  product_search: sentences(`
    I am looking for a green raincoat
    have you got any wireless speakers under £60
    show me blue trousers
    I need a tent for two people
    find a cheap coffee grinder
    I want to buy a warm winter coat
    do you sell umbrellas
    search wooden toys
    which backpacks do you offer under 100 pounds
  `),
  product_details: sentences(`
    can you tell me more about the desk lamp
    what's this bag made of
    how big is the table
    how much is the teapot
    can I put it in the washing machine
    is the jacket waterproof
    what are the specs
    how much does it weigh
  `),
  stock: sentences(`
    do you still have the scarf in stock
    is the green jacket still available
    will the lamp come back into stock
    have you got these boots in size 40
    how many of them do you have left
    is it sold out
    when is the coffee machine available again
    do you have the t-shirt in large
  `),
  compare_products: sentences(`
    what is the difference between the two backpacks
    can you compare these for me
    which of the two lamps is better
    is the first one better than the second
    compare the black kettle with the white one
    which one should I choose
    how is this model different from that one
    show both next to each other
  `),
  recommendations: sentences(`
    could you recommend me something
    what are your most popular items
    which products are trending
    do you have any suggestions for me
    what do you think I should buy
    show me your bestsellers
    anything you would recommend
    suggest me some products
  `),
  bought_together: sentences(`
    what would go well with this jacket
    what do others buy together with the tent
    which accessories fit the camera
    is there something that matches the teapot
    show what is often bought with it
    what else would I need with the grill
    what can I wear with these trousers
    what goes together with the lamp
  `),
  size_guide: sentences(`
    what size would fit me
    do you have a sizing chart
    are the shoes true to size
    I normally wear medium, which size should I get
    how do I know my size
    do the jackets come up small
    what are the measurements of a large
    I'm 1.70 m, what size do I need
  `),
  gift_ideas: sentences(`
    I'm searching for a present for my brother
    what could I give to my wife for her birthday
    do you have gift ideas for a cook
    a present for a gardener under 25 pounds
    I need a Christmas gift for my uncle
    help me find a present
    what is a nice gift for a colleague
    any ideas for a wedding present
  `),
  gift_wrap: sentences(`
    could you wrap it as a gift
    is gift wrapping possible
    I'd like to add a card with a message
    what does gift wrap cost
    can you send it as a present without a bill
    do you offer gift vouchers
    please put it in gift paper
    can I include a personal note
  `),
  add_to_cart: sentences(`
    please add this to my basket
    put two candles in my cart
    I would like to have the first one in my basket
    add the grey scarf to my cart
    I'll buy that one
    can you put it in my shopping cart
    I'll take three of these
    one of those into the basket please
  `),
  remove_from_cart: sentences(`
    please remove the scarf from my basket
    take that out of my cart
    clear everything from my cart
    I'd like to delete an item from my basket
    remove one mug from the cart
    empty the basket please
    I no longer want the teapot in my cart
    delete the last thing from my cart
  `),
  view_cart: sentences(`
    what do I have in my cart
    please show me my basket
    what is my cart's total
    display my shopping cart
    how much is everything in the basket
    which items are in my cart
    let me look at my basket
    what have I put in my basket so far
  `),
  checkout_help: sentences(`
    how can I place my order
    I'd like to check out now
    something is wrong with the checkout page
    can I buy without making an account
    where can I pay for my basket
    I'm unable to finish my order
    how do I buy this
    the order button isn't working
  `),
  discount_code: sentences(`
    my voucher code isn't working
    do you offer any discounts
    are there any sales at the moment
    I've got a promo code, where do I put it
    is there a student discount
    can I have a coupon
    how do I redeem a voucher code
    is code HELLO15 valid
  `),
  payment_methods: sentences(`
    what ways to pay do you offer
    may I pay with PayPal
    do you accept Mastercard
    is it possible to pay by invoice
    which payment options are there
    can I pay in instalments
    could I pay with Apple Pay
    do you take cash
  `),
  payment_failed: sentences(`
    my payment was rejected
    the payment keeps failing
    why was my credit card declined
    you charged my card two times
    I couldn't pay, there was an error
    the money was taken but I have no order confirmation
    my card isn't working for payment
    I've been charged too much
  `),
  opening_hours: sentences(`
    at what time do you open tomorrow
    are you open on Saturdays
    when do you close
    what are the opening times of your store
    until what time are you open
    is your shop open on Sundays
    are you open right now
    tell me your business hours
  `),
  store_location: sentences(`
    where can I find your store
    what's the address of your shop
    is there one of your shops in Bristol
    can I collect my order in the store
    do you have a shop near me
    how can I get to the shop
    where are your stores
    is click and collect possible
  `),
  newsletter: sentences(`
    I'd like to sign up for your newsletter
    please unsubscribe me
    I don't want any more newsletters
    how can I get off your mailing list
    stop the marketing emails
    I want to subscribe to your mails
    I keep getting your promotional emails
    add me to the mailing list
  `),
  sustainability: sentences(`
    how sustainable are your products
    is your packaging plastic free
    are these goods fair trade
    what are you doing for the climate
    can the packaging be recycled
    are your products vegan
    in which country are your clothes produced
    is the material organic
  `),
}
