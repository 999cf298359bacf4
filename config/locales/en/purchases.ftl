## Notices of purchases
purchase-title = 🧾 Order #{ $number }
purchase-free = free
purchase-each-month = { $amount } a month
purchase-each-year = { $amount } a year
purchase-after-trial = { $days } days of trial, then { $each }
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
notice-order-done-gift = 🎁 Thank you! Your gift has been handed over.
notice-gift = 🎁 { $giver } has a gift for you.
notice-trial-used = 💳 Your free trial could not begin. Nothing was charged and nothing will be.
notice-order-trouble = ⚠️ Your purchase could not be handed over, and all of your money comes back. There is nothing to do: allow 5 to 10 days, depending on your bank.
trouble-double = You have a subscription already: this second payment was one too many.
trouble-out-of-stock = The last one was gone before your payment arrived.
trouble-trial-used = This card was used for a free trial already. The plan is still yours without a trial: choose it again in `/plans`, or use another card.
trouble-gone = This item is no more.
trouble-amount-differs = The amount received is not the one agreed on.
notice-refunded = 💶 { $amount } are given back to you in full. Allow 5 to 10 days, depending on your bank.
notice-refunded-part = 💶 Given back so far: { $amount } of { $paid }. Allow 5 to 10 days, depending on your bank.
notice-renewal-failed = 💳 The renewal of your subscription could not be paid.
renewal-what-to-do = Change your card with the command `/subscription` on the server. We try again meanwhile; if nothing goes through, your access will end.
notice-access-ended = ⌛ Your access has ended: **{ $what }**. Your tickets and orders stay.
notice-access-ended-plain = ⌛ An access that you had has ended.
notice-shop-alert = 🚨 Order #{ $number } needs you.

## Alerts for staff
alert-amount-differs = The amount received is not the one agreed on: nothing was handed over. Settle it with the buyer: refund, or hand over.
alert-out-of-stock = Paid too late: the stock was empty. The money goes back by itself; there is nothing to do.
alert-double = A second subscription paid by the same member. The money goes back by itself; there is nothing to do.
alert-trial-used = A free trial asked for with the card of another member who had his: it is stopped, nothing was charged. There is nothing to do.
alert-gone = The item is no more. The money goes back by itself; put the item back into the catalogue if it was removed by mistake.
alert-dispute-open = The buyer disputes the payment with his bank: his access is suspended. Answer in Stripe’s dashboard before the deadline.
alert-dispute-won = The dispute is won: access is given back. Nothing to do.
alert-dispute-lost = The dispute is lost: the money is gone and access is taken away. Nothing to do.
alert-refund-failed = A refund did not arrive: the money is still here. Settle with the buyer how to give it back.
role-alert-title = 🚨 A role can be neither given nor taken
role-alert-waiting = { $count ->
    [one] One member waits. I try again by myself every hour and as soon as roles change.
   *[other] { $count } members wait. I try again by myself every hour and as soon as roles change.
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
why-to-come = from { $at } on
why-ended = ended on { $at }
why-suspended = suspended since { $at }: the payment is disputed
why-revoked = taken away on { $at }: { $why }
why-discord-held = • Discord: held right now
why-discord-not-held = • Discord: not held right now
revoked-refunded = refunded
revoked-dispute-lost = dispute lost
subscription-state-incomplete = never paid
subscription-state-incomplete-expired = never paid
subscription-state-trialing = in trial
subscription-state-active = active
subscription-state-past-due = unpaid, in grace
subscription-state-canceled = ended
subscription-state-unpaid = unpaid
subscription-state-paused = paused

## Commands
cmd-why-name = why
cmd-why = Learn why you have a role, or don’t
opt-member-name = member
opt-member = Whom it is about; without, yourself
