## Notices of purchases
purchase-title = 🧾 Order #{ $number }
purchase-free = free
purchase-each-month = { $amount } a month
purchase-each-year = { $amount } a year
purchase-after-trial = { $days ->
    [one] One day of trial, then { $each }
   *[other] { $days } days of trial, then { $each }
    }
purchase-first-then = { $first } the first time, then { $then }
purchase-consent = You asked for immediate delivery and acknowledged that you thereby lose your right of withdrawal (text version { $version }, { $at }). Keep this message: it confirms it.
field-bought = Item
field-amount = Amount
field-buyer = Buyer
field-gift = Gift
field-gift-for = Given to
field-consent = Immediate delivery
field-access-until = Access kept until
field-reduction = Reduction
button-see-delivery = See the delivery
button-see-order = See the order
notice-order-done = 🎉 Thank you! Your purchase is ready.
notice-order-role-stuck = 🎉 Thank you! Your order is recorded, but I couldn’t give you the role yet: the team has been told, and I try again by myself once that is settled. There is nothing to do.
notice-trial-begun = 🎉 Your free trial has begun.
notice-order-done-gift = 🎁 Thank you! Your gift has been handed over.
notice-gift = 🎁 { $giver } has a gift for you.
notice-gift-taken = 🎁 The gift from { $giver } was called off: what it gave you ends. It is nothing that you did, and there is nothing for you to pay or do.
notice-gift-held = 🎁 The gift from { $giver } is on hold while something is checked. It is nothing that you did, and there is nothing for you to do: you will be told what comes of it.
notice-gift-back = 🎁 The gift from { $giver } is yours again.
notice-trial-used = 💳 Your free trial could not begin. Nothing was charged and nothing will be.
notice-order-trouble = ⚠️ Your purchase could not be handed over, and all of your money comes back. There is nothing to do: allow 5 to 10 days, depending on your bank.
trouble-double = You have a subscription already: this second payment was one too many.
trouble-out-of-stock = The last one was gone before your payment arrived.
trouble-trial-used = This card was used for a free trial already. The plan is still yours without a trial: choose it again in `/plans`, or use another card.
trouble-gone = This item is no more.
trouble-in-vain = You already had what this gives when your payment arrived: it would have brought you nothing more.
trouble-gift-in-vain = This member already had what you wanted to give when your payment arrived: choose something else for them.
trouble-role-gone = The role that this gives was deleted from the server before your payment arrived.
trouble-left = This member had left the server when your payment arrived: your gift would not have reached them.
trouble-member-limit = This order was over, and you have bought as many since as a member may.
trouble-amount-differs = The amount received is not the one agreed on.
notice-refunded = 💶 { $amount } are given back to you in full. Allow 5 to 10 days, depending on your bank.
notice-refunded-part = 💶 Given back so far: { $amount } of { $paid }. Allow 5 to 10 days, depending on your bank.
refunded-ends-subscription = Your subscription ends, and with it the access that it gave. If a change of plan had left you credit from it, that is taken back too.
notice-dispute-open = ⏸️ Your bank looks into a payment of this order: what it gives you is suspended until the bank has decided. If it is a mistake, tell your bank to withdraw the dispute.
notice-dispute-open-gift = ⏸️ Your bank looks into the payment of this gift: it is suspended until the bank has decided. If it is a mistake, tell your bank to withdraw the dispute.
notice-dispute-won = ✅ Your bank has decided: the payment stands, and what this order gives you is yours again.
notice-dispute-won-gift = ✅ Your bank has decided: the payment stands, and your gift is no longer suspended.
notice-dispute-won-nothing = Your bank has decided: the payment stands. How this order stands is behind this button.
notice-dispute-lost = ↩️ Your bank has decided and taken the payment of this order back: what it gave you has ended. There is nothing to do.
notice-dispute-lost-gift = ↩️ Your bank has decided and taken the payment of this gift back: it is withdrawn. There is nothing to do.
notice-checkout-left = 🛒 You left a checkout. It can still be paid; the page closes { $until }.
notice-checkout-closed = 🛠️ I closed the payment page of this order: the role that it gives can’t be given for now. Nothing is charged, and the team knows. You can order again as soon as it can be given.
checkout-left-no-more = You get this message because you asked for it. If you changed your mind, there is nothing to do.
notice-renewal-failed = 💳 The renewal of your subscription could not be paid.
renewal-what-to-do = Change your card with the command `/subscription` on the server. We try again meanwhile; if nothing goes through, your access will end.
notice-trial-ends = ⏳ Your free trial of **{ $plan }** ends on { $at }: { $amount } will then be charged.
trial-ends-what-to-do = After that it is { $each } until cancelled. To pay nothing, cancel before { $at } with the command `/subscription` on the server. To go on, there is nothing to do.
notice-trial-paid = 💳 Your free trial is over, and the first payment of your subscription was made: { $amount }.
notice-plan-changed = 🔀 Your subscription is now **{ $plan }**: { $each }.
notice-plan-broken = ⚠️ The role that your plan **{ $plan }** gives was deleted from the server. The team has been told and can replace it.
notice-plan-withheld = ⚠️ I couldn’t give you the role of your plan **{ $plan }** yet: the team has been told, and I try again by myself once that is settled.
plan-broken-what-to-do = Your subscription goes on: { $amount } will be charged on { $at }. To pay nothing, cancel before that day with the command `/subscription` on the server. A question? `/ticket_create`.
renewal-next = Next payment: { $amount } on { $at }. Cancel any time with the command `/subscription` on the server.
renewal-next-none = It is cancelled: active until { $at }, then nothing more is charged.
renewal-credit = If this change leaves you credit, it is taken off that.
renewal-credit-next = 💶 Your credit: { $amount }. Your next payments are taken from it first, and nothing is charged as long as it lasts. What is left of it stands in `/subscription`, on the server.
renewal-credit-later = 💶 Your credit: { $amount }. It counts if you resume this subscription, or take a plan later.
renewal-next-after-trial = Your trial goes on: nothing is charged before { $at }, then { $each }. Cancel any time with the command `/subscription` on the server.
field-paid = Paid
field-paid-at = On
field-paid-now = Paid for this change
changed-under-way = The payment is under way
changed-nothing = Nothing
button-see-invoice = See the invoice
notice-access-ended = ⌛ Your access has ended: **{ $what }**. Your tickets and orders stay.
notice-access-ended-plain = ⌛ An access that you had has ended.
notice-call-orders = 📬 { $person }, something waits for you: it is in `/orders`, or behind this button. Your direct messages are shut; nobody else will see what it is.
notice-call-subscription = 📬 { $person }, there is news for you: it is in `/subscription`, or behind this button. Your direct messages are shut; nobody else will see what it is.
sale-last-key = ⚠️ That was the last key: none is left. Add some with `/product_keys`.
sale-last-unit = ⚠️ That was the last one: none is left. If there are more, say so with `/product_stock`.
notice-shop-alert = 🚨 Order #{ $number } needs you.

## Alerts for staff
alert-amount-differs = The amount received is not the one agreed on: nothing was handed over. Settle it with the buyer: refund, or hand over.
alert-out-of-stock = Paid too late: the stock was empty.
alert-double = A second subscription paid by the same member.
alert-trial-used = A free trial asked for with the card of another member who had his: it is stopped, nothing was charged. There is nothing to do.
alert-gone = The item is no more: put it back into the catalogue if it was removed by mistake.
alert-in-vain = Who would get it already had what the item gives when the money came.
alert-role-gone = The role that the item gives was deleted from the server: give the item another role or take it off sale.
alert-left = Who was to get the gift had left the server when the money came.
alert-member-limit = Paid after it was cancelled or expired, when the member had bought as many as one may.
alert-goes-back = The buyer’s money goes back by itself.
alert-ungiven-dispute-open = The buyer, who got nothing, disputes the payment with his bank. Accept the dispute in Stripe’s dashboard: the money comes back to him that way. Don’t give it back by another.
alert-ungiven-dispute-won = The dispute is won: the money is here again, though nothing was handed over.
alert-ungiven-dispute-lost = The dispute is lost: the money is gone. Nothing was handed over; there is nothing to do.
alert-dispute-open = The buyer disputes the payment with his bank: his access is suspended. Answer in Stripe’s dashboard before the deadline.
alert-dispute-won = The dispute is won: access is given back. Nothing to do.
alert-dispute-lost = The dispute is lost: the money is gone and access is taken away. Nothing to do.
alert-refund-late = A refund that was asked for still isn’t through: Stripe answers with a fault. I keep trying; look at Stripe’s dashboard if it lasts.
alert-refund-failed = A refund did not arrive: the money is still here. Settle with the buyer how to give it back.
alert-refund-held = A refund did not go through: the bank holds the money while it looks into the dispute. Don’t give it back by another way.
alert-refund-returned = The bank returned a refund that had been made: the money is here again. The subscription, which that refund ended, stays ended; the member has his access back until the end of the period he paid for. Yours to choose: leave him that period, or run `/refund` again, which takes the access once the money goes. To go on afterwards, he subscribes anew with `/plans`.
alert-runs-on = Its subscription was to end, and Stripe did not end it: it goes on charging for nothing. End it in Stripe’s dashboard; I try again each day.
alert-credit-spent = A change of plan had left credit for money that isn’t here any more. { $amount } of it are missing, spent already or refused by Stripe: all the rest was taken back. Look at the customer `{ $customer }` in Stripe’s dashboard, and ask the buyer.
alert-credit-owed = Credit of { $amount } taken from the customer `{ $customer }` should be given back, and Stripe refused it: give it back in Stripe’s dashboard, to the customer’s balance.
alert-credit-late = Credit to take back from the customer `{ $customer }` at Stripe still isn’t through. I try for ever; look in Stripe’s dashboard if it lasts.
role-alert-title = 🚨 A role can be neither given nor taken
role-alert-waiting = { $count ->
    [0] Nobody waits for this role. What gives it is not sold as long as it is missing.
    [one] One member waits. I try again by myself every hour and as soon as roles change.
   *[other] { $count } members wait. I try again by myself every hour and as soon as roles change.
    }
role-alert-charged = { $count ->
    [one] One subscription or trial of a plan that gives this role goes on and will be charged: its member is told so within the hour, unless the plan has another role by then (`/plan_edit`).
   *[other] { $count } subscriptions or trials of a plan that gives this role go on and will be charged: their members are told so within the hour, unless the plan has another role by then (`/plan_edit`).
    }
button-roles-check = Try again
roles-check-asked = 🔁 I am checking the roles that are stuck right away.
role-no-permission = ⛔ { $role }: I lack the permission “Manage Roles”. Give it to my role (Server Settings, Roles).
role-too-low = ⛔ { $role } stands above my role. Drag my role above it (Server Settings, Roles).
role-refused = ⛔ { $role }: Discord lets nobody give it by hand (the role of a bot or of an integration). Choose another role for this product or plan.
role-gone = ⛔ { $role }: this role was deleted. Choose another one for this product or plan.
role-left = 🚪 { $role }: this member is not on the server. It is given when they come back.
role-waiting = ⏳ { $role }: I am at it; Discord has not confirmed it yet.
role-given = ✅ { $role }: given.

## Why
why-title = 🔎 Roles: why
why-of = { $person }
why-nothing = Nothing to explain: no purchase, grant or prize, and I gave no role.
why-given = ✅ { $role }: given by me { $at }.
why-found = ✅ { $role }: held already { $at }, given by somebody else; I won’t take it.
why-missing = 🔁 { $role }: given, but Discord doesn’t show it any more; I am giving it again.
why-times = Since { $since } · checked { $checked }
why-not-mine = 👤 { $role }: given by somebody else. I only take what I gave.
why-not-due = ➖ { $role }: nothing gives it to this member.
why-without-role = **Without a role**
why-reason = • { $from } · { $what } · { $stands }
why-plan = plan { $plan }
why-role = role
why-from-order = order #{ $number }
why-from-subscription = { $order } · subscription { $state }
why-from-grant = grant of the team
why-from-prize = prize won
why-active = active, without end
why-active-until = active until { $at }
why-active-renews = running, renews on { $at }
why-to-come = from { $at } on
why-ended = ended on { $at }
why-suspended = suspended since { $at }: the payment is disputed
why-revoked = taken away on { $at }: { $why }
why-discord-held = • Discord: held right now
why-discord-not-held = • Discord: not held right now
why-revoked-note = { $why } (“{ $note }”)
revoked-staff = by the team
revoked-refunded = refunded
revoked-dispute-lost = dispute lost
why-subscription-incomplete = never paid
why-subscription-incomplete-expired = never paid
why-subscription-trialing = in trial
why-subscription-active = active
why-subscription-past-due = unpaid, in grace
why-subscription-canceled = ended
why-subscription-unpaid = unpaid
why-subscription-paused = paused

## Why: the command
cmd-why-name = why
cmd-why = Learn why you have a role, or don’t
opt-person-name = member
opt-person = Whom it is about; without, yourself

## Names and descriptions of the commands of buying
cmd-buy-name = buy
cmd-buy = Buy a plan or a product
cmd-gift-name = gift
cmd-gift = Give a plan or a product to a member
cmd-orders-name = orders
cmd-orders = See your orders and the gifts you got
cmd-order-name = order
cmd-order = See an order: how it stands, amounts, delivery, withdrawal

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
gift-choice = 🎁 What can be given
gift-how = Say to whom, then what: `!gift @member "{ $item }"`, or choose in `/gift`.
buy-which-variant = Which one would you like?
buy-which-of-a-name = Several items bear this name. Which one do you want?
buy-monthly = monthly
buy-yearly = yearly
buy-once = One payment of { $price }, no subscription.
buy-renews-month = { $price } per month. Renews every month until cancelled; cancel any time with `/subscription`.
buy-renews-year = { $price } per year. Renews every year until cancelled; cancel any time with `/subscription`.
buy-trial-month = { $days ->
    [one] 🎁 **Free for one day**: { $nothing } today, then { $price } per month from { $from } until cancelled. Cancel before that day with `/subscription` and nothing is charged.
   *[other] 🎁 **Free for { $days } days**: { $nothing } today, then { $price } per month from { $from } until cancelled. Cancel before that day with `/subscription` and nothing is charged.
    }
buy-trial-year = { $days ->
    [one] 🎁 **Free for one day**: { $nothing } today, then { $price } per year from { $from } until cancelled. Cancel before that day with `/subscription` and nothing is charged.
   *[other] 🎁 **Free for { $days } days**: { $nothing } today, then { $price } per year from { $from } until cancelled. Cancel before that day with `/subscription` and nothing is charged.
    }
buy-trial-kept-code = 🏷️ Your code **{ $code }** reduces neither the trial nor the subscription after it: it is kept for another purchase. To use it here, take the plan without a trial.
buy-first-period = 🏷️ First period at { $price }, then the price below.
buy-gift-month = One payment: one month as a gift, without renewal.
buy-gift-year = One payment: one year as a gift, without renewal.
buy-field-heed = Good to know
buy-held-plan = You have this plan already until { $until }, without a subscription. The subscription begins at once: those days are not added to it.
buy-held-extends = You have it already until { $until }: these days are added after that, until { $end }.
buy-held-for-good = You have it already until { $until }; with this purchase it is without limit of time.
buy-worn = You wear this role on the server already without having bought it here: this purchase changes nothing until it is taken from you.
buy-by-plan = Your plan gives you this role already: this purchase changes nothing as long as you have it.
buy-outranked = You already have a plan that is at least as high: as long as you have it, that one counts, and this one would be paid on top. Do you really want it?
buy-gift-by-plan = This member’s plan gives them this role already: this gift changes nothing as long as they have it. Do you really want to give it?
buy-gift-outranked = For now, this gift would bring this member nothing. Do you really want to give it?
buy-owned = You have it already: you find it in `/orders`. A second purchase gives you the same thing.
buy-credit = If a change of plan left you credit, it is taken off this price when you pay.
buy-gives-way = Your order #{ $number } (**{ $title }**), not paid yet, is cancelled if you agree.
buy-quantity = { $count } × { $unit }
buy-off = 💤 Payments are not open here yet. Nothing was ordered; come back later.
buy-declined = All right: nothing was ordered.
buy-price-changed = ⚠️ The price changed meanwhile. Here is the new one.
consent-1 = By paying, I ask for this digital content to be delivered immediately, and I acknowledge that I lose my 14-day right of withdrawal once it is delivered.
consent-1-trial = By starting the trial, I ask for this digital content to be delivered immediately, and I acknowledge that I lose my 14-day right of withdrawal once it is delivered.
consent-1-change = By changing, I ask for the digital content of the new plan to be delivered immediately, and I acknowledge that I lose my 14-day right of withdrawal once it is delivered.
buy-promotion-gone = 🏷️ The promotion is over, or its last use has just gone. Here is the full price.
button-full-price = Buy at the full price
button-agree-and-pay = I agree and pay
button-agree-and-try = I agree, begin the trial
button-begin-trial = Begin the trial
button-trial-done = Done
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
    Pay on the secure page; it closes { $until }. What you buy is yours as soon as it is paid; if nothing comes, press “I have paid”.
order-to-pay-gift = 🧾 Order #{ $number }: **{ $title }** · { $total }
    Pay on the secure page; it closes { $until }. { $recipient } gets your gift once it is paid; if I don’t confirm it, press “I have paid”.
order-gave-way = ✖️ Your order #{ $number } (**{ $title }**), not paid yet, is cancelled: this one takes its place.
order-not-now = ⏳ The payment page can’t be opened right now. Your order #{ $number } is kept and nothing is charged: try again in a moment.
order-too-late = ⌛ Order #{ $number } can’t be paid any more: its time is over. Nothing was charged.
order-done = ✅ Order #{ $number }: **{ $title }** is yours, free of charge.
order-to-try-month = { $days ->
    [one] 🧾 Order #{ $number }: **{ $title }** · free for one day, { $nothing } today
    Give your card on the secure page; it closes { $until }. Nothing is charged before { $from }, then { $total } per month; cancel before with `/subscription`. If access takes long, press “Done”.
   *[other] 🧾 Order #{ $number }: **{ $title }** · free for { $days } days, { $nothing } today
    Give your card on the secure page; it closes { $until }. Nothing is charged before { $from }, then { $total } per month; cancel before with `/subscription`. If access takes long, press “Done”.
    }
order-to-try-year = { $days ->
    [one] 🧾 Order #{ $number }: **{ $title }** · free for one day, { $nothing } today
    Give your card on the secure page; it closes { $until }. Nothing is charged before { $from }, then { $total } per year; cancel before with `/subscription`. If access takes long, press “Done”.
   *[other] 🧾 Order #{ $number }: **{ $title }** · free for { $days } days, { $nothing } today
    Give your card on the secure page; it closes { $until }. Nothing is charged before { $from }, then { $total } per year; cancel before with `/subscription`. If access takes long, press “Done”.
    }
order-done-gift = 🎁 Order #{ $number }: **{ $title }** has been given to { $recipient }, with nothing to pay.
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
order-field-credit = Your credit
order-field-after-trial = After the trial
buy-field-today = Today
order-field-total = Total
order-field-paid = Paid
order-field-plan-now = Present plan
order-field-plan-last = Last plan
order-field-paid-since = Paid since
order-field-from-credit = Paid from your credit
order-field-tax = Taxes
order-tax-unknown = if there are any, included in what was paid
order-field-refunds = Refunds
order-field-dispute = Dispute
order-field-consent = Your consent
order-field-withdrawal = Withdrawal
order-withdrawal-over = This right ended with the delivery, which you asked for at once. Trouble with what you bought? “Get help” opens a ticket about this order.
order-consent = Version { $version }, on { $at }
order-refund-requested = asked for
order-refund-done = done
order-refund-failed = did not go through
order-refund-owed = Staff settle with you how to give this money back.
order-dispute-open = the bank looks into it; access is suspended
order-dispute-open-nothing = the bank looks into it
order-dispute-won = closed, the payment stands
order-dispute-won-nothing = closed in favour of the shop
order-dispute-lost = closed, the bank took the payment back
order-state-pending = Waiting to be paid
order-state-awaiting = Payment under way: some banks take a few days
order-state-paid = Paid, being delivered
order-state-trial-pending = Trial not begun yet
order-state-trial = On trial, nothing paid
order-state-fulfilled = Paid and delivered
order-state-suspended = Suspended: the bank looks into the payment
order-state-dispute-lost = Ended: the bank took the payment back, access is withdrawn
order-state-role-stuck = The role could not be given yet: the team has been told
order-state-role-gone = The role that this order gives was deleted from the server: the team has been told
order-state-trial-unpaid = Free trial, nothing paid
order-state-fulfilled-part = Delivered, refunded in part
order-state-refunded-part = Delivered, refunded in part: { $amount } of { $paid }
order-state-refunded-first = Delivered, first payment given back: { $amount }
order-state-expired = Expired unpaid
order-state-canceled = Cancelled
order-state-failed = The payment failed
order-state-refunded = Refunded
order-trouble-amount = Paid, but the amount received differs
order-stuck = { $why }: { $money }
order-money-back = your money comes back
order-money-held = your bank looks into the payment
order-money-taken = your bank took the money back for you
order-money-staff = staff take care of it
order-trouble-stock = Paid too late, the last one was gone
order-trouble-double = Paid twice
order-trouble-trial = No trial: the card was used for one already. Nothing was charged
order-trouble-gone = Paid, but the item no longer exists
order-trouble-in-vain = Paid, but it was held already
order-trouble-role-gone = Paid, but the role was deleted from the server
order-trouble-member-limit = Paid, but you had bought as many as a member may already
order-trouble-left = Paid, but the member had left the server
gift-state-given = Gift received
gift-state-held = On hold while something is checked
gift-state-revoked = Taken back: the payment was refunded or reversed
orders-title = 🧾 Your orders
orders-empty = You have no order yet. To begin: `/buy`.
order-help-subject = Order #{ $number } · { $title }
verify-trial = ✅ Your trial has begun; nothing is charged before its end.
form-order_help = Ask for help
form-refund = Refund an order
label-amount = Amount (empty: all of it)
hint-refund-amount = 12.50 or 50%
hint-refund-reason = What the order did not hold
verify-done = ✅ Payment received, everything is delivered.
verify-role-stuck = ✅ Your order is here, but I couldn’t give the role yet: the team has been told, and I try again once that is settled.
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
delivery-suspended = ⏸️ This delivery was suspended { $at }: the bank looks into the payment. It opens again if the payment stands.
delivery-suspended-gift = ⏸️ This gift was put on hold { $at } while something is checked: you will be told what comes of it.
delivery-keys = { $count ->
    [one] 🔑 Your key:
   *[other] 🔑 Your keys:
    }
delivery-file = 📎 Your file is attached.
delivery-role = 🎖️ Role { $role }
delivery-role-stuck = ⚠️ I couldn’t give this role yet: the team has been told, and I try again by myself once that is settled.
delivery-role-gone = ⚠️ This role was deleted from the server: the team has been told. “Get help” opens a ticket about this order.
delivery-plan = ⭐ Plan **{ $plan }**
delivery-until = Until { $until }
delivery-waits = ⏳ Your days don’t pass as long as I couldn’t give you the role.
delivery-for-good = For good
delivery-plain = Delivered. There is nothing more to show here.

## Refusals, and what to do instead
error-order-not-found-staff = No order under this number. Those of a member: `/order_find`.
error-order-not-found = No order under this number. Yours are in `/orders`.
error-item-not-found = This item is not on sale. Choose from the list that `/buy` offers.
error-order-not-pending = This order no longer waits to be paid: it can’t be cancelled. How it stands is in `/orders`.
error-offer-gone = This offer has expired or isn’t yours. Run `/buy` again.
error-shop-consent = Without your consent to immediate delivery I can’t deliver. Run `/buy` again and choose “I agree and pay”.
error-shop-subscribed = You have a subscription already. To change plan or period, use `/subscription`; if it is unpaid, update your card there, or cancel it first.
error-credit-spent = Your credit has just been used for another order. Start again: you will see the new price.
error-shop-free-plan = Every member has the free plan already: there is nothing to order. The others are in `/plans`.
error-shop-in-vain = You already have what this gives: it would bring you nothing more. Nothing is charged.
error-shop-gift-in-vain = This member already has what you want to give: choose something else. Nothing is charged.
error-shop-role-gone = This isn’t available right now: the team has to mend it first. Nothing is charged.
error-shop-role-stuck = The role that this gives can’t be given right now: the team has been told, and it is on sale again once that is settled. Nothing is charged.
error-shop-suspended = What this gives is yours already, but on hold while something is checked: you will be told what comes of it. Nothing is charged.
error-switch-no-trial = This plan has no free trial: you can change to it as soon as yours is over. Nothing is changed.
error-switch-awaiting = ⏳ Your first payment hasn’t arrived yet: you can change your plan as soon as it has. Nothing is changed. `/orders` says where it stands.
error-switch-refunding = ↩️ Money of this subscription is being refunded: its plan can’t be changed any more. Nothing is changed. A question? `/ticket_create`.
error-switch-disputed = ⚠️ Your bank looks into a payment of this subscription: its plan can’t be changed before it has decided. Nothing is changed. If it is a mistake, tell your bank to withdraw the dispute.
error-switch-owes = ⏳ The payment of the present period hasn’t arrived yet: you can change your plan as soon as it has. Nothing is changed. Look at `/subscription` again in an hour, or in some days for a bank debit.
error-switch-reduced = Part of your last payment was refunded: changing to a cheaper plan would give it back a second time. Nothing is changed. It will be possible in the next period; until then, `/ticket_create` leads to the team.
error-switch-in-vain = You have this plan already, without an end: changing to it would bring you nothing more. Nothing is changed.
error-switch-currency = The shop sells in another currency now, and a subscription keeps its own: for another plan, cancel this one with `/subscription`, then choose it in `/plans` once this one has ended. Nothing is changed.
refund-look-for = What to look for there:
refund-of-subscription = • subscription `{ $id }`
refund-of-payment = • { $at } · { $amount } · payment `{ $id }`
error-shop-once = This is sold one at a time: a second one would give nothing more. Ask again without a quantity. Nothing is charged.
error-refund-invoices = This subscription had several payments or changed its plan: choose the payment to refund in Stripe’s dashboard. Everything else follows here by itself, credit that a change of plan left included.
error-refund-credit = This order was paid from credit of the member’s ({ $amount }), which a change of plan had left: there is no payment to refund. To undo it, cancel the subscription in Stripe’s dashboard and give the credit back there, to the customer’s balance.
error-shop-sold-out = It is sold out, and nothing is charged. What is still for sale is in `/shop`.
error-shop-own-waits = What is left stands in an order of yours that isn’t paid yet: pay or cancel it in `/orders`.
error-shop-limit-waits = An order of yours for this item isn’t paid yet, and with it you have reached the number allowed per member. Pay it, or cancel it to order anew: it is in `/orders`.
error-shop-member-limit = You have reached the number allowed per member for this item. What you bought is in `/orders`.
problem-only-left = { $left ->
    [one] **{ $option }**: only one is left. Ask for one.
   *[other] **{ $option }**: only { $left } are left. Ask for { $left } at most.
    }
problem-member-limit = { $left ->
    [one] **{ $option }**: there is a limit for each member, you can still buy one.
   *[other] **{ $option }**: there is a limit for each member, you can still buy { $left }.
    }
error-shop-no-trial = The free trial isn’t possible: there is none here, or you had it already. Without it: `/buy`.
error-shop-gift-self = A gift is for somebody else. For yourself: `/buy`.
error-shop-too-much = That is more than can be paid at once. Try a smaller quantity.
error-shop-awaiting = Another order of a plan is being paid. Wait for its outcome: it is in `/orders`.
error-shop-nothing-paid = Nothing was paid for this order: there is nothing to give back.
error-shop-disputed = The bank looks into this payment: refunding it would pay twice.
error-shop-dispute-lost = The dispute is closed: the bank gave this money back to the buyer already, and access is withdrawn. There is nothing left to refund.
error-shop-nothing-left = Everything was given back already, or will be.
error-gift-not-member = Choose a member of the server: with `/gift`, from the list that Discord offers.
error-promo-trial = A free trial and a discount code don’t go together. Choose one of them.
error-gift-left = This member is no longer on the server and wouldn’t get your gift. Nothing is charged. Choose somebody else with `/gift`, or wait until they are back.
error-gift-bot = A bot can’t get anything. Choose a person.
error-gift-free-enough = You gave 5 things for free within 24 hours, which is the most. Nothing was sent: try again tomorrow, or choose something that isn’t free.

## Subscription
cmd-subscription-name = subscription
cmd-subscription = See your subscription: end it, resume it, change card or plan
subscription-none = You have no subscription. Plans are in `/plans`.
holding-title = ⭐ What you have
holding-no-subscription = You have no subscription: nothing is charged and nothing renews. Plans are in `/plans`.
holding-gift = a gift from { $giver }
holding-paid = days paid for, order #{ $number }
holding-paid-once = days paid for
holding-subscription = rest of a subscription that ended
holding-until = until { $at }
holding-to-come = from { $from } to { $until }
subscription-title = 🔁 Subscription { $plan }
subscription-state-incomplete = The first payment isn’t finished.
subscription-state-incomplete-expired = Ended.
subscription-state-trialing = ✅ Free trial under way. The first payment is made when it ends.
subscription-state-active = ✅ Active, renews by itself.
subscription-state-past-due = ⚠️ The last payment failed. It will be tried again; your access goes on during the grace period. Update your card to keep it. Cancelling stops access and further tries at once: nothing is charged.
subscription-state-past-due-over = ⚠️ The last payment failed, and the grace period is over: your access has stopped. The payment may still be tried again. Update your card to get your access back, or cancel: nothing is tried any more, and you can choose another plan.
subscription-state-canceled = Ended.
subscription-state-unpaid = ⚠️ Unpaid: access is suspended. Update your card to get it back.
subscription-state-paused = ⏸️ Paused: add a card to go on.
subscription-ends = ⏹️ Cancelled: active until { $end }, then nothing more is charged.
subscription-ends-owes = ⏹️ Cancelled. The payment of the present period is under way already and is still charged; active until { $end }, then nothing more is charged.
subscription-ends-unpaid = ⏹️ Cancelled, but the payment of the present period failed and will be tried again. “Cancel” stops that at once, and access with it; otherwise an updated card keeps access to the end of the period.
subscription-awaiting = ⏳ The first payment hasn’t arrived yet: your access begins as soon as it has. `/orders` says where it stands.
subscription-awaiting-ends = ⏹️ Cancelled: it doesn’t renew. The first payment, already under way, is still charged; your access begins once it has arrived and lasts until { $end }.
subscription-disputed = ⚠️ Your bank looks into a payment of this subscription: your access is suspended until it has decided.
subscription-field-price = Price per period
subscription-field-trial = Trial ends
subscription-field-next = Next payment
subscription-field-credit = Your credit
subscription-credit-next = { $amount }: your next payments are taken from it first, and nothing is charged as long as it lasts.
subscription-credit-later = { $amount }: it counts if you resume this subscription, or take a plan later.
subscription-field-access = Access until
subscription-ended = ⏹️ Cancelled. Your access goes on until { $end }.
subscription-ended-now = ⏹️ Cancelled, at once: the payment that failed isn’t tried again, and nothing more is charged. Your access has ended. Plans are in `/plans`.
subscription-ended-owes = ⏹️ Cancelled. The payment of the present period, already under way, is still charged; your access goes on until { $end }.
subscription-ended-awaiting = ⏹️ Cancelled: it doesn’t renew. The first payment, already under way, is still charged; your access begins once it has arrived and lasts until { $end }.
subscription-ended-disputed = ⏹️ Cancelled: it doesn’t renew. Your access stays suspended until your bank has decided.
subscription-credit-left = 💶 You have credit of { $amount } left: it comes off if you take a plan again. To talk about it with the team, `/ticket_create`.
subscription-resumed = ▶️ Your subscription goes on. Next payment on { $end }.
subscription-switched = 🔀 Changed. Next payment on { $end }.
subscription-switched-ends = 🔀 Changed. It stays cancelled: active until { $end }, then nothing more is charged.
subscription-card = Change your card and find your invoices on the secure page.
subscription-choose = Which plan or period do you want?
subscription-no-other = There is no other plan right now.
subscription-switch = Change to **{ $plan }** ({ $price } per period) at once?
subscription-switch-due = 💶 To pay now: about **{ $amount }**; what is left of the present period is taken off. Credit that an earlier change left you comes off as well.
subscription-switch-credit = 💶 Nothing to pay now: about **{ $amount }** stay to your credit and come off your next invoices.
subscription-switch-credit-ends = 💶 Nothing to pay now: about **{ $amount }** stay to your credit. As it is cancelled, no invoice will take them off, unless you resume it or take a plan again later.
subscription-switch-even = 💶 Nothing to pay now.
subscription-switch-next = 📅 Next invoice: { $price } on { $next }.
subscription-switch-ends = ⏹️ It stays cancelled: nothing more is charged after that.
subscription-switch-unknown = 💶 What is left of the present period is taken off: the difference is charged at once, or kept to your credit.
subscription-switch-trial = Change to **{ $plan }**? Your trial goes on until { $end } and nothing is charged before: then { $price } per period.
subscription-switch-trial-ends = Change to **{ $plan }** ({ $price } per period)? Your trial goes on until { $end }. It is cancelled: nothing is charged, now or later, unless you resume it.
subscription-card-refused = 💳 Your card was refused: nothing changed and nothing is charged. Change your card, or ask your bank, then try again.
subscription-not-now = ⏳ The payment provider doesn’t answer as expected. Nothing is lost: look at `/subscription` and try again in a moment.
button-change-card = Change card
button-switch = Change plan
button-switch-confirm = Change
button-resume = Resume
button-end = Cancel

## Staff
cmd-refund-name = refund
cmd-refund = Refund an order, in full or in part
cmd-order_find-name = order_find
cmd-order_find = See a member’s orders (reading is recorded)
cmd-grant-name = grant
cmd-grant = Give a plan or a role to a member, without payment
cmd-revoke-name = revoke
cmd-revoke = Take back a plan or a role that was given by hand
cmd-evidence-name = evidence
cmd-evidence = The file of an order, for a bank’s dispute
opt-amount-name = amount
opt-amount = How much to give back, such as 4.99 or 50%; without it, all that is left
opt-given_plan-name = plan
opt-given_plan = The plan’s name or code
opt-given_role-name = role
opt-given_role = The Discord role
opt-given_days-name = days
opt-given_days = For how many days; without it, for good
order-find-title = 🧾 The member’s orders
refund-title = ↩️ Refund order #{ $number } · { $title }?
refund-takes-access = A full refund: what the order gave is taken away.
refund-key-stays = Full refund: a key that was delivered can’t be taken back, the member knows it. Disable it at its publisher, if that is possible.
refund-ends-subscription = A full refund: the subscription is stopped at once and access is taken away.
refund-keeps-access = A partial refund: the member keeps what he got.
refund-field-amount = To give back
refund-field-left = Left afterwards
button-refund-confirm = Refund
refund-done = ↩️ Order #{ $number }: { $amount } on the way back. The member is told once it is done.
grant-done = 🎁 { $member } gets { $what }. Until: { $until }
revoke-done = { $what } is taken back from { $member }.
evidence-here = 📄 The file of order #{ $number } is attached. It holds no messages and nothing of what was delivered.
evidence-line = { $name }: { $value }
evidence-order = Order
evidence-of-server = { $number } of the Discord server { $server }
evidence-item = Item
evidence-buyer = Buyer
evidence-recipient = Recipient
evidence-account = Discord account { $id }
evidence-placed = Placed on
evidence-price = Price agreed
evidence-state = State
evidence-consent = Consent of the buyer
evidence-consent-given = version { $version } on { $at }: { $words }
evidence-checkout = Checkout
evidence-payment = Payment
evidence-subscription = Subscription
evidence-plan = plan
evidence-none = none
evidence-paid-at = Paid on
evidence-never = never
evidence-paid = Amount paid
evidence-first-then = { $first } for the first period, then { $then } each period
evidence-trial = Free trial
evidence-trial-from = { $days } days from { $at }
evidence-change = Change of plan
evidence-changed-at = { $what }, on { $at }
evidence-renews = Subscription now
evidence-paid-on = { $what }, on { $at }
evidence-delivered = Delivery
evidence-delivered-at = { $what }, on { $at }
evidence-taken-back = , taken back on { $at }
evidence-refund = Refund
evidence-refunded-at = { $what }, on { $at }
evidence-log = Log
evidence-program = the program
evidence-deed-order-fulfilled = order delivered
evidence-deed-order-stuck = could not be delivered
evidence-deed-order-state = state changed
evidence-deed-order-refunded = money given back
evidence-deed-order-disputed = dispute
evidence-value-amount_differs = amount received differs from the one agreed
evidence-value-out_of_stock = out of stock
evidence-value-double = paid twice
evidence-value-gone = item gone from the catalogue
evidence-value-in_vain = held already before the payment
evidence-value-role_gone = role deleted from the server
evidence-value-left = recipient gone from the server
evidence-value-member_limit = bought past what one member may buy
evidence-value-trial_used = card used for a trial before
evidence-value-none = none
evidence-value-open = the bank looks into it
evidence-value-won = won
evidence-value-lost = lost
evidence-deed-order-read = order looked at
evidence-deed-evidence-read = file looked at
evidence-deed-refund-asked = refund asked for
error-refund-cap = That is more than your rank may give back of one order. Ask an operator.
error-grant-what = Choose a plan or a role, one of both.
error-grant-free = Everybody has this plan already: there is nothing to give.
error-grant-no-plan = No plan has this code.
error-revoke-none = Nothing of the kind was given to this member by hand. For what was paid: `/refund`.
