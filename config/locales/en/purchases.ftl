## Names and descriptions of the commands of buying
cmd-buy-name = buy
cmd-buy = Buy a plan or a product
cmd-gift-name = gift
cmd-gift = Give a plan or a product to a member
cmd-orders-name = orders
cmd-orders = See your orders and the gifts you got
cmd-order-name = order
cmd-order = See an order: receipt, delivery, payment, withdrawal

## Options
opt-item-name = item
opt-item = What you want: choose from the list
opt-quantity-name = quantity
opt-quantity = How many, from 1 to 100
opt-code-name = code
opt-code = A discount code
opt-trial-name = trial
opt-trial = Begin with the plan’s free trial
opt-member-name = member
opt-member = A member of the server
opt-order-name = order
opt-order = The order’s number, such as 12
opt-below-name = below
opt-below = Orders older than this number

## Buying
buy-title = 🛒 { $item }
buy-monthly = monthly
buy-yearly = yearly
buy-once = One payment of { $price }, no subscription.
buy-renews-month = { $price } per month. Renews every month until cancelled; cancel any time with `/subscription`.
buy-renews-year = { $price } per year. Renews every year until cancelled; cancel any time with `/subscription`.
buy-trial = { $days ->
    [one] One day of free trial: nothing is charged before it ends.
   *[other] { $days } days of free trial: nothing is charged before they end.
    }
buy-gift-month = One payment: one month as a gift, without renewal.
buy-gift-year = One payment: one year as a gift, without renewal.
buy-quantity = { $count } × { $unit }
buy-off = 💤 Payments are not open here yet. Nothing was ordered; come back later.
buy-declined = All right: nothing was ordered.
buy-price-changed = ⚠️ The price changed meanwhile. Here is the new one.
consent-1 = By paying, I ask for this digital content to be delivered immediately, and I acknowledge that I lose my 14-day right of withdrawal once it is delivered.
button-agree-and-pay = I agree and pay
button-no = No
button-pay = Pay
button-paid = I have paid
button-try-again = Try again
button-buy-again = Order again
button-cancel-order = Cancel the order
button-my-orders = My orders
button-order = See the order
button-verify = Verify my payment
button-delivery = Show my delivery
button-subscription = My subscription
button-order-help = Get help
button-withdraw = Withdraw
button-withdraw-confirm = Confirm my withdrawal
button-older-orders = Older ones

## Orders
order-to-pay = 🧾 Order #{ $number }: **{ $title }** · { $total }
    Pay on the secure page; it closes { $until }. What you bought arrives here by itself; if not, “I have paid”.
order-not-now = ⏳ The payment page can’t be opened right now. Your order #{ $number } is kept and nothing is charged: try again in a moment.
order-too-late = ⌛ Order #{ $number } can’t be paid any more: its time is over. Nothing was charged.
order-done = ✅ Order #{ $number }: **{ $title }** is yours, free of charge.
order-canceled = ✖️ Order #{ $number } cancelled. Nothing will be charged.
order-title = 🧾 Order #{ $number } · { $title }
order-field-state = State
order-field-date = Date
order-field-gift = Gift
order-field-buyer = Buyer
order-field-for = For
order-field-quantity = Quantity
order-field-list = Price
order-field-discount = Discount
order-field-total = Total
order-field-paid = Paid
order-field-tax = Taxes
order-tax-unknown = itemised on the payment’s receipt
order-field-refunds = Refunds
order-field-dispute = Dispute
order-field-consent = Your consent
order-consent = Version { $version }, on { $at }
order-refund-requested = asked for
order-refund-done = done
order-refund-failed = refused by the bank
order-dispute-open = the bank looks into it; access is suspended
order-dispute-won = closed, the payment stands
order-dispute-lost = closed, the bank took the payment back
order-state-pending = Waiting to be paid
order-state-awaiting = Payment under way: some banks take a few days
order-state-paid = Paid, being delivered
order-state-fulfilled = Paid and delivered
order-state-expired = Expired unpaid
order-state-canceled = Cancelled
order-state-failed = The payment failed
order-state-refunded = Refunded
order-trouble-amount = Paid, but the amount received differs: staff take care of it
order-trouble-stock = Paid too late, the last one was gone: you get your money back
order-trouble-double = Paid twice: you get your money back
order-trouble-gone = Paid, but the item no longer exists: you get your money back
orders-title = 🧾 Your orders
orders-empty = You have no order yet. To begin: `/buy`.
order-help-subject = Order #{ $number } · { $title }
verify-done = ✅ Payment received, everything is delivered.
verify-awaiting = 🏦 The payment is under way. Delivery will happen by itself.
verify-not-yet = ⏳ No payment yet. If you have just paid, wait a few seconds and verify again.
verify-unknown = ⏳ The payment provider doesn’t answer right now. Nothing is lost: I keep checking, too.
verify-over = Here is how the order stands.
withdraw-lost = For order #{ $number } you asked for immediate delivery: the right of withdrawal ended with it. Trouble with what you bought? Staff will see what they can do.
withdraw-confirm = Withdraw from order #{ $number }? It will be refunded in full and not be delivered.
withdraw-done = ↩️ Your withdrawal from order #{ $number } is recorded: { $amount } go back to the means of payment you used.

## Delivery
delivery-title = 📦 Order #{ $number } · { $title }
delivery-revoked = This delivery was taken back { $at }: the payment was refunded or reversed.
delivery-keys = 🔑 Your keys:
delivery-file = 📎 Your file is attached.
delivery-role = 🎖️ Role { $role }
delivery-plan = ⭐ Plan **{ $plan }**
delivery-until = Until { $until }
delivery-for-good = For good
delivery-plain = Delivered. There is nothing more to show here.

## Refusals, and what to do instead
error-order-not-found = No order under this number. Yours are in `/orders`.
error-item-not-found = This item is not on sale. Choose from the list that `/buy` offers.
error-order-not-pending = This order no longer waits to be paid: it can’t be cancelled. How it stands is in `/orders`.
error-offer-gone = This offer has expired or isn’t yours. Run `/buy` again.
error-shop-consent = Without your consent to immediate delivery I can’t deliver. Run `/buy` again and choose “I agree and pay”.
error-shop-subscribed = You have a subscription already. To change plan or period, use `/subscription`.
error-shop-sold-out = Sold out for now. Where an open order stays unpaid, the item comes back: try again in an hour.
error-shop-member-limit = You have reached the number allowed per member for this item. What you bought is in `/orders`.
error-shop-no-trial = The free trial isn’t possible: there is none here, or you had it already. Without it: `/buy`.
error-shop-gift-self = A gift is for somebody else. For yourself: `/buy`.
error-shop-too-much = That is more than can be paid at once. Try a smaller quantity.
error-shop-awaiting = Another order of a plan is being paid. Wait for its outcome: it is in `/orders`.
error-shop-nothing-paid = Nothing was paid for this order: there is nothing to give back.
error-shop-disputed = The bank looks into this payment: refunding it would pay twice.
error-shop-nothing-left = Everything was given back already, or will be.
error-gift-not-member = Choose a member of the server: with `/gift`, from the list that Discord offers.
error-gift-bot = A bot can’t get anything. Choose a person.

## Subscription
cmd-subscription-name = subscription
cmd-subscription = See your subscription: end it, resume it, change card or plan
subscription-none = You have no subscription. Plans are in `/buy`.
subscription-title = 🔁 Subscription { $plan }
subscription-state-incomplete = The first payment isn’t finished.
subscription-state-incomplete-expired = Ended.
subscription-state-trialing = ✅ Free trial under way. The first payment is made when it ends.
subscription-state-active = ✅ Active, renews by itself.
subscription-state-past-due = ⚠️ The last payment failed. It will be tried again; your access goes on during the grace period. Update your card to keep it.
subscription-state-canceled = Ended.
subscription-state-unpaid = ⚠️ Unpaid: access is suspended. Update your card to get it back.
subscription-state-paused = ⏸️ Paused: add a card to go on.
subscription-ends = ⏹️ Cancelled: active until { $end }, then nothing more is charged.
subscription-field-price = Price per period
subscription-field-trial = Trial ends
subscription-field-next = Next payment
subscription-field-access = Access until
subscription-ended = ⏹️ Cancelled. Your access goes on until { $end }.
subscription-resumed = ▶️ Your subscription goes on. Next payment on { $end }.
subscription-switched = 🔀 Changed. Next payment on { $end }.
subscription-card = Change your card and find your invoices on the secure page.
subscription-choose = Which plan or period do you want?
subscription-no-other = There is no other plan right now.
subscription-switch = Change to **{ $plan }** ({ $price } per period) now? What is left of the present period is taken off: the difference is charged at once, or credited to you.
subscription-not-now = ⏳ The payment provider doesn’t answer as expected. Nothing is lost: look at `/subscription` and try again in a moment.
button-change-card = Change card
button-switch = Change plan
button-switch-confirm = Change
button-resume = Resume
button-end = Cancel
