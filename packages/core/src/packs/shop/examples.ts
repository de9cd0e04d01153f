import { type SentencesByIntent, sentences } from '../sentences.ts'

export const SHOP_EXAMPLES: SentencesByIntent = {
  order_status: sentences(`
    where is my order
    track my order
    what is the status of my order
    has my parcel been sent yet
    where's my package
    when will my order arrive
    order 1043 where is it
    can you check order #2231 for me
    is my delivery on its way
    did my order ship
    tracking number for my order please
    I ordered a jacket on Monday and want to know where it is
    my parcel still hasn't come
    I'm waiting for my delivery
    check order status
    any news on my order
    how far along is my order
    has order 5120 left the warehouse
    show my last order
    what happened to my order
    my order is late
    the delivery was due yesterday, where is it
    when can I expect my package
    status of order 7781
    is my stuff coming today
    where is the book I bought last week
    track parcel
    which carrier has my parcel
    my shoes should have been here by now
    list my recent orders
  `),
  cancel_order: sentences(`
    cancel my order
    I want to cancel an order
    please cancel order 1043
    I changed my mind, stop the order
    can I still cancel
    don't send it, I no longer need it
    I ordered by mistake, cancel it
    undo my purchase
    how do I cancel something I ordered
    stop order #2231 before it ships
    cancel the jacket I bought this morning
    cancel
    I'd like to withdraw from my order
    please call off my order
    I don't want the order any more
    is it too late to cancel
    cancel everything I ordered yesterday
    can you stop my parcel from being shipped
    I bought the wrong thing, please cancel
    order cancellation
    revoke my order
    I need to cancel the order I placed an hour ago
    please void order 5120
    kill that order
    cancel one of my orders
  `),
  change_address: sentences(`
    change the delivery address
    I gave the wrong address
    send my order to a different address
    I moved, update the shipping address
    can you deliver it to my office instead
    the address on my order is wrong
    edit the address of order 1043
    I need to correct the street number
    please ship to my parents' house instead
    new delivery address for order 2231
    update where my parcel goes
    deliver to another place
    redirect my parcel
    my postcode is wrong on the order
    can I change where you deliver
    I typed the wrong house number
    send it to 12 Mill Lane instead
    the order has my old address
    change shipping address
    can the package go to my neighbour
    put a different address on my order
    I won't be home, deliver it to work
    deliver my order to a pick-up point instead
    fix the address on my last order
    wrong city on the delivery address
  `),
  delivery_time: sentences(`
    how long does delivery take
    how fast do you deliver
    delivery times please
    how many days until things arrive
    do you offer next day delivery
    is there express shipping
    can I get it by Friday if I order now
    how long is shipping
    do you deliver on Saturdays
    what's the usual delivery time
    when would it come if I bought it today
    same day delivery
    how soon do you ship
    will it get here before Christmas
    can I choose a delivery slot
    do you deliver in the evening
    how quickly do orders go out
    what is the latest time to order for tomorrow
    how long does standard shipping take to London
    I need something by tomorrow, is that possible
    do you deliver at weekends
    how many working days is shipping
    estimated delivery time
    is there a faster shipping option
    can you deliver on a certain day
  `),
  delivery_cost: sentences(`
    how much is delivery
    what does shipping cost
    is delivery free
    delivery charges
    when do I get free shipping
    how much do I have to spend for free delivery
    shipping fees please
    do I pay for postage
    what do you charge for express delivery
    postage costs
    cost of shipping
    is there a delivery fee
    how expensive is it to have it sent
    free shipping threshold
    do you deliver for free over £50
    price of next day delivery
    why is the shipping so expensive
    can I get the delivery fee waived
    shipping price for a heavy parcel
    what's the postage on a small item
    does it cost extra to deliver to an island
    is shipping included in the price
    how much would you charge to send a sofa
    delivery price
    are there any shipping costs
  `),
  delivery_abroad: sentences(`
    do you ship abroad
    do you deliver to France
    international shipping
    can I order from Germany
    which countries do you ship to
    do you send to the USA
    I live in Spain, can you deliver
    shipping outside the UK
    do you deliver to Ireland
    overseas delivery
    can my parcel go to Canada
    is worldwide shipping possible
    do I pay customs when ordering from abroad
    will there be import duty
    do you deliver to Northern Ireland
    can I have it sent to my sister in Italy
    delivery to the Channel Islands
    ship to Australia
    do you ship within Europe
    can you post things to Switzerland
    foreign address delivery
    is there a list of countries that you deliver to
    how do customs duties work for orders to Norway
    do you deliver internationally
    send a present to a friend overseas
  `),
  missing_parcel: sentences(`
    my parcel says delivered but it isn't here
    tracking shows delivered and I have nothing
    I never received my package although it says it was delivered
    my delivery got lost
    the courier lost my parcel
    it was marked as delivered but I was at home and nobody came
    I think my parcel was stolen from the doorstep
    package lost in the post
    my parcel has disappeared
    the driver left it with a neighbour but nobody has it
    they said it was delivered to the wrong house
    someone stole my delivery
    my order went missing
    the parcel was handed to someone I don't know
    signed for by a stranger
    lost parcel
    order marked delivered, not received
    the post office can't find my package
    my parcel never turned up though it's shown as complete
    it claims it's in my mailbox but the mailbox is empty
    the carrier says it has been delivered, it hasn't
    my delivery vanished
    can you investigate a lost shipment
    nothing was left at my door
    report a missing parcel
  `),
  return_item: sentences(`
    I want to return something
    how do I return an item
    I want to send this back
    return my order
    start a return
    these shoes don't fit, I want to send them back
    I need a return label
    can I return the jacket
    send back order 1043
    I don't like it and want my money back
    return the blue mug
    I'd like to give this back for a refund
    how can I send my parcel back to you
    where do I drop off a return
    return label for order 2231
    I bought too many and want to return two
    please arrange a return
    return request
    how do I get a refund for a dress that is too big
    can you pick up a return from my house
    print a returns label
    register a return for me
    the lamp doesn't go with my room, can I bring it back
    take back my order please
    I want a refund for the headphones
    it is not what I expected, I'm sending it back
  `),
  return_policy: sentences(`
    what is your return policy
    how long do I have to return something
    how many days can I return things
    are returns free
    who pays for the return postage
    can I return sale items
    can I return something I have worn
    do I need the original packaging to return
    can I return an opened item
    returns policy
    is there a deadline for returns
    what are the rules for returning goods
    can I return a gift without a receipt
    do you accept returns after 30 days
    conditions for sending things back
    can I return in a store what I bought online
    is underwear returnable
    do you charge for returns
    which items can't be returned
    does a return cost anything
    how does your returns process work
    what if I open the box and then want to return it
    money back guarantee
    time limit for returning
    do I get all my money back when I return something
    can I try it at home and send it back
  `),
  refund_status: sentences(`
    where is my refund
    when do I get my money back
    has my refund been processed
    I haven't received my refund yet
    status of my refund
    I sent it back two weeks ago and still have no refund
    how long does a refund take
    did you get my return
    refund for order 1043
    my refund is missing
    I am still waiting for my money
    you owe me a refund
    when will the refund be on my card
    has my return arrived at your warehouse
    the refund was only partial, why
    track my refund
    is my refund on the way
    my money hasn't come back
    what happened to my refund
    I cancelled my order, when will I be refunded
    refund status
    how much was I refunded
    which account does the refund go to
    check on my refund please
    I returned the boots, where's the money
  `),
  exchange_item: sentences(`
    I want to exchange something
    can I swap it for a bigger size
    exchange for another colour
    I need a size up
    can I change the jacket for a medium
    swap my shoes for a 42
    it's too small, I want a larger one
    exchange my order
    I'd like the same shirt in blue instead
    how do exchanges work
    can I trade this for another one
    replace it with a different size
    too big, can I get a smaller one
    could you send me a size 10 instead of 8
    exchange the mug for the green one
    wrong size ordered, can we swap
    do you do exchanges
    I'd like another model instead of this one
    change the size of something I already received
    could I have it in black rather than white
    swap item from order 1043
    exchange request
    I prefer the red one, may I switch
    can I exchange a present
    instead of this one I want the large
  `),
  damaged_item: sentences(`
    my item arrived damaged
    the mug is broken
    it came broken
    there's a crack in the plate
    the parcel was crushed and everything inside is smashed
    I got a defective product
    it doesn't work
    the lamp won't switch on
    the screen is scratched
    the zip is broken
    my order arrived with a hole in it
    it was broken when I opened the box
    faulty item
    one of the glasses is shattered
    product is damaged
    the jacket has a stain
    the headphones stopped working after a day
    received a broken kettle
    the box was torn and the contents wet
    it's faulty out of the box
    dented on arrival
    the seam has come apart
    the machine leaks
    the handle fell off
    my new watch doesn't run
    I want to report a damaged delivery
  `),
  wrong_item: sentences(`
    you sent me the wrong item
    I got the wrong thing
    this is not what I ordered
    I received somebody else's order
    wrong colour sent
    I ordered blue and got green
    there's an item missing from my parcel
    one thing is missing from the box
    I ordered two but only one came
    part of my order is missing
    my order is incomplete
    I got a small although I ordered a large
    the parcel contained something completely different
    not everything was in the package
    you forgot to include the charger
    wrong size was delivered
    only half of my order arrived
    I received a different product
    the wrong book came
    I was sent too many
    the box was empty
    an article is missing in order 1043
    there is something in the parcel that I didn't order
    you mixed up my order
    incorrect item received
  `),
  warranty: sentences(`
    is there a warranty
    how long is the guarantee
    what does the warranty cover
    my coffee machine broke after a year, is it under warranty
    warranty claim
    do you repair things
    is it still under guarantee
    can I have it repaired
    guarantee period for headphones
    how do I claim on the warranty
    does the warranty cover accidental damage
    I need a repair
    extended warranty
    it broke after six months, what are my rights
    two year warranty
    where do I send it for repair
    do your products come with a guarantee
    warranty conditions
    who do I contact for a warranty repair
    can I get spare parts
    make a guarantee claim
    is the battery covered by the warranty
    does my warranty need registering
    manufacturer's guarantee
    how long are products covered
  `),
  product_search: sentences(`
    I'm looking for a jacket
    do you sell coffee machines
    show me red dresses
    I need running shoes under £80
    looking for a waterproof backpack
    do you have any headphones below 50 euros
    search for a desk lamp
    I want to buy a kettle
    find me a blue shirt
    something to keep my coffee warm
    cheap sunglasses
    what jackets do you have
    a wool jumper in grey
    show me tents for four people
    I need something for a rainy day
    vegan leather bags please
    do you have children's bikes
    which laptops cost less than 500
    show products in kitchen
    I want noise cancelling headphones
    a warm hat for winter
    got any garden chairs
    list all your notebooks
    are there any organic teas
    show me something between 20 and 40 pounds
    I need a new phone case for my mobile
    what do you have for hiking
    sofas with storage
    browse lamps
    lightweight suitcase for hand luggage
    what's the cheapest blender you've got
    show me jackets
    show me some lamps
    I want to see your bags
    trousers please
    what kinds of tea do you sell
    I search a quiet fan for the bedroom
  `),
  product_details: sentences(`
    tell me more about this jacket
    what material is it made of
    is it waterproof
    how heavy is the backpack
    what are the dimensions of the desk
    how much does the coffee grinder cost
    what's the price of the blue mug
    is it machine washable
    does it come with batteries
    what colours does it come in
    more details please
    does the lamp need assembly
    is this dishwasher safe
    what is in the box
    how long does the battery last
    where is it made
    does it contain nuts
    is it suitable for children
    describe the product
    show me the specifications
    how many watts does it have
    is the cover removable
    how do I wash it
    product information
    what does it weigh
    price of the trail shoes
    does this work with an iPhone
  `),
  stock: sentences(`
    is it in stock
    do you have this in red
    is the jacket available in medium
    when will it be back in stock
    it says sold out, when do you get more
    is the blue mug available
    do you still have the trail shoes in size 42
    how many are left
    check availability
    is this available in your shop
    will you restock the coffee grinder
    out of stock
    does it come back soon
    have you got the lamp in black
    is there any left in large
    tell me when it's available again
    are size 38 boots in stock
    does the green one still exist
    availability of the desk lamp
    can I still buy the limited edition
    is that item sold out
    can I reserve one
    is the kettle in stock right now
    notify me when it is back
    do you have two of these left
    stock check for the wool scarf
  `),
  compare_products: sentences(`
    compare the two
    what's the difference between these
    which one is better
    compare the trail shoes with the city shoes
    is the large grinder better than the small one
    difference between the blue and the black backpack
    which of these should I take
    the first or the second one
    how do they differ
    compare prices of these two lamps
    which kettle is better value
    put them side by side
    is the pro version worth the money over the normal one
    which one is lighter
    compare these products
    what makes this one more expensive than the other
    product comparison
    which of the two lasts longer
    is A better than B
    which jacket is warmer
    contrast the two coffee machines
    help me choose between two tents
    what are the pros and cons of each
    the cheaper or the dearer one, what do you think
    which is best for beginners of those two
  `),
  recommendations: sentences(`
    what do you recommend
    can you recommend something
    show me your best sellers
    what is popular right now
    suggest something for me
    what would you suggest
    what do other people buy
    any recommendations
    what's trending
    surprise me
    what should I buy
    show me things I might like
    what's new in the shop
    top products
    pick something for me
    I don't know what I want, any ideas
    what are your favourites
    something similar to what I bought last time
    show similar items
    more like this
    personal recommendations
    what suits me
    anything new this week
    most popular products
    inspire me
    which products are liked the most
  `),
  bought_together: sentences(`
    what goes with this
    what do people buy with the coffee grinder
    frequently bought together
    what else do I need for it
    accessories for the camera
    what matches this jacket
    does anything go well with the blue mug
    which filters fit the machine
    what would complement these shoes
    show me matching items
    others also bought
    what can I combine it with
    add-ons for the tent
    what extras are there for this
    complete the set
    what belongs with the teapot
    do I need anything else with this lamp
    things that go with a raincoat
    what do customers buy along with it
    a belt to match the trousers
    suitable accessories
    items usually bought with the desk
    what should I get to go with the grill
    pair it with something
    what is a good match for this shirt
  `),
  size_guide: sentences(`
    which size do I need
    size guide
    what size should I order
    how do the shoes fit
    do they run small
    is it true to size
    size chart please
    what is a medium in centimetres
    I'm 180 cm tall, which size
    how do I measure my feet
    does the jacket come up big
    I usually wear a 10, what should I take
    measurements for size L
    how do I find my size
    what does a UK 8 mean in EU sizes
    conversion between US and EU sizes
    between two sizes, which one
    is the fit tight or loose
    what are the chest measurements
    sizing help
    how long are the sleeves in small
    do you have a size table
    would a large fit me
    kids sizes by age
    are your sizes normal
  `),
  gift_ideas: sentences(`
    I need a gift
    gift ideas for my dad
    what can I give my mother for her birthday
    a present for a coffee drinker
    a gift under £20
    looking for a Christmas present for my boss
    ideas for a wedding gift
    what do you suggest as a present for a teenager
    a birthday present for a friend who likes hiking
    gift for her
    something nice for my girlfriend
    what would a ten year old boy like
    I need a present for under 30 pounds
    small gift for a colleague
    anniversary present
    gift for someone who has everything
    what can I buy for a new baby
    a housewarming gift
    stocking fillers
    presents for gardeners
    help me find a gift for grandma
    secret santa ideas around a tenner
    Valentine's present
    a nice thing to give to a teacher
    gift suggestions please
    a gift under £20 for a coffee drinker
  `),
  gift_wrap: sentences(`
    do you gift wrap
    can you wrap it as a present
    gift wrapping please
    can I add a gift message
    send it as a gift without the price
    how much is gift wrapping
    can you include a card
    wrap it for a birthday
    can it be delivered in gift paper
    I'd like a greeting card with it
    leave the invoice out, it is a present
    do you have gift boxes
    put a note in the parcel
    is gift packaging available
    add wrapping to my order
    could you write happy birthday on a card
    please hide the price, it's a gift
    wrapped as a present
    send directly to the person as a gift with a note
    do you sell gift cards
    I want to buy a gift voucher
    can I get a gift card for 50 pounds
    is there a gift receipt
    nice packaging for a present
    gift bag
  `),
  add_to_cart: sentences(`
    add it to my cart
    put the blue mug in my basket
    add two of them
    I'll take it
    I want to buy this one
    add the trail shoes to the cart
    put it in the bag
    order this for me
    I'd like three of the candles in my basket
    add to basket
    I'll have the second one
    add one more
    throw it in the cart
    put the first one in my basket please
    let me buy the coffee grinder
    basket please
    add the red one
    can you add the lamp to my shopping cart
    buy it
    I take the cheaper one
    place the teapot in my cart
    add 4 glasses to my cart
    get me that jacket
    yes put this in the trolley
    add that too
  `),
  remove_from_cart: sentences(`
    remove it from my cart
    take the mug out of my basket
    delete the shoes from the cart
    empty my cart
    I don't want the lamp any more, remove it from the basket
    clear my basket
    take one out
    drop the second item from my cart
    remove the last one
    only one please instead of two in the basket
    take it out of the bag
    delete everything in my cart
    remove item
    I put the wrong thing in the cart
    reduce the quantity in my cart
    get the teapot out of my cart
    make that one fewer in the basket
    start over with an empty basket
    kick the candles out of the basket
    remove all glasses from the trolley
    change the number of mugs in the cart to one
    can you take the jacket off my basket
    without the lamp please
    leave out the second article in my cart
    cart: remove the grinder
  `),
  view_cart: sentences(`
    show my cart
    what's in my basket
    open the shopping cart
    how much is my basket
    what is the total of my cart
    view basket
    my cart
    list the items in my cart
    how many things are in my basket
    what did I put in the cart
    what does everything come to
    sum of my shopping
    let me see my trolley
    is the mug in my cart
    is there anything in my basket
    how much would I pay right now
    what have I got so far
    review my basket
    go to cart
    check my cart
    cart total
    basket contents
    show me what I'm buying
    how much is it all together
    show the bag
  `),
  checkout_help: sentences(`
    how do I check out
    I can't complete my order
    the checkout doesn't work
    proceed to checkout
    I want to pay now
    the buy button does nothing
    how do I place an order
    where do I pay
    take me to the checkout
    can I order without an account
    guest checkout
    I'm stuck at the payment page
    the page hangs when I order
    how does ordering work
    complete my purchase
    finish my order
    can I order by phone
    I get an error at checkout
    how can I buy something here
    do I need to register to order
    checkout
    it won't accept my address at the checkout
    I'm ready to order
    the order form has a problem
    place the order
  `),
  discount_code: sentences(`
    do you have a discount code
    is there a voucher I can use
    my coupon does not work
    any promotions right now
    can I get money off
    where do I enter the promo code
    student discount
    the voucher was refused
    is SAVE10 still valid
    I have a discount code WELCOME5
    how do I use my coupon
    is there a sale on
    discounts for new customers
    are there any offers this week
    voucher code not accepted
    can I combine two codes
    first order discount
    apply code SPRING20
    do you do a discount for nurses
    black friday deals
    is there a cheaper price if I buy ten
    my promo code has expired
    the discount wasn't taken off
    special offers
    what's on sale
    check my voucher
    do you have a loyalty programme
  `),
  payment_methods: sentences(`
    how can I pay
    which payment methods do you accept
    do you take PayPal
    can I pay by credit card
    do you accept American Express
    can I pay by invoice
    pay in instalments
    is Apple Pay possible
    payment options
    can I pay cash on delivery
    do you accept bank transfer
    can I pay in euros
    do you offer Klarna
    is it safe to pay with my card here
    can I use a gift card to pay
    which cards do you take
    when will my card be charged
    can I pay later
    do you take Google Pay
    ways to pay
    can I split the payment over two cards
    is Visa accepted
    payment by direct debit possible
    buy now pay later
    what currencies can I pay in
  `),
  payment_failed: sentences(`
    my payment failed
    my card was declined
    the payment didn't go through
    I was charged twice
    I paid but have no order
    why was my card refused
    payment error
    I can't pay
    money was taken but the order failed
    you charged me the wrong amount
    the transaction was rejected
    double charge for order 1043
    paypal gave an error
    I've been billed two times
    my credit card isn't accepted
    payment declined
    it says payment unsuccessful
    you took too much money
    there is a charge from you that I do not know
    the bank says everything is fine but you refuse my card
    my payment is still pending
    paying doesn't work
    why did my payment not work
    I was overcharged
    problem with payment
  `),
  opening_hours: sentences(`
    when do you open
    what are your opening hours
    are you open on Sunday
    what time do you close today
    is the shop open tomorrow
    opening times please
    how late are you open
    do you close at lunch
    business hours
    are you open now
    when does the store close
    opening hours on bank holidays
    what time can I come in on Saturday
    are you open at Christmas
    when is customer service available
    until when is the shop open tonight
    hours
    do you open before nine
    which days are you open
    store hours
    is anyone in the store on Monday morning
    are you still open
    closing time
    what are the hours of your help desk
    are you open on Easter Monday
  `),
  store_location: sentences(`
    where is your shop
    do you have a store in London
    how do I get to your store
    nearest shop
    where are you located
    is there a branch near me
    can I pick up my order in the shop
    click and collect
    do you have physical stores
    store finder
    directions to the store
    which city are you in
    is there parking at your shop
    can I try it on in a store
    find a shop near 10115
    where can I see your products
    collect in store
    do you have a showroom
    pick up in person
    how many shops do you have
    is there a shop in Manchester
    location of the store
    can I come by your shop
    what street is the shop in
    where can I collect my parcel from you
  `),
  newsletter: sentences(`
    subscribe to the newsletter
    unsubscribe me from your emails
    I get too many emails from you
    sign me up for the newsletter
    stop sending me advertising
    how do I get your newsletter
    no more marketing mails
    take me off your mailing list
    I want to hear about offers by mail
    newsletter
    cancel the newsletter
    opt out of marketing
    I'd like to receive your news
    remove my email address from your list
    keep me posted about new products
    stop spamming me
    do you have a newsletter
    join your mailing list
    unsubscribe
    I don't want your emails any more
    register for news and offers
    turn off promotional messages
    put me on the mailing list
    why do I get your newsletter
    email me when there are deals
  `),
  sustainability: sentences(`
    are your products sustainable
    where are your products made
    do you use plastic packaging
    is your cotton organic
    are you carbon neutral
    do you sell fair trade things
    what do you do for the environment
    is the packaging recyclable
    are your factories fair
    can I recycle my old item with you
    is it vegan
    do you test on animals
    how green is your company
    ethical production
    do you take back old batteries
    are the materials recycled
    how do you treat your workers
    is the wood certified
    climate friendly shipping
    what is your carbon footprint
    who makes your clothes
    environmentally friendly packaging
    do you have a sustainability report
    eco friendly products
    is it made in Europe
  `),
}
