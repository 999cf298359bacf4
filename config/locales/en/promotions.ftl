## Names and descriptions of the commands of promotions
cmd-promo_create-name = promo_create
cmd-promo_create = Start a promotion, with or without a code
cmd-promo_list-name = promo_list
cmd-promo_list = See promotions that run or will, or all of them
cmd-promo_view-name = promo_view
cmd-promo_view = See a promotion and what it brought
cmd-promo_stop-name = promo_stop
cmd-promo_stop = Stop a promotion
cmd-redeem-name = redeem
cmd-redeem = Check a code and keep it for your next purchase
cmd-referral-name = referral
cmd-referral = See your referral code and your credits
cmd-shop_reminders-name = shop_reminders
cmd-shop_reminders = Choose whether to be reminded of a checkout that you left

## Options
opt-value-name = value
opt-value = What comes off the price: 20 % or 5 €
opt-target-name = target
opt-target = everything, plans, products, plan/pro or product/ebook
opt-duration-name = duration
opt-duration = A length (30 min, 48h, 3d, 2 weeks) or an end (24/12, 24/12/2026 18h; day before month)
opt-promo_reason-name = reason
opt-promo_reason = Why, in a few words
opt-promo_code-name = code
opt-promo_code = 3 to 30 plain letters or digits, such as XMAS20
opt-uses-name = uses
opt-uses = How often in all
opt-per_member-name = per_member
opt-per_member = How often for each member
opt-first_purchase-name = first_purchase
opt-first_purchase = Only for a first purchase
opt-budget-name = budget
opt-budget = What the promotion may cost in all, such as 200 €
opt-begins-name = begins
opt-begins = When it begins: in 3d, or 24/12 8h; otherwise at once
opt-promo_kind-name = kind
opt-promo_kind = What it is for
opt-promotion-name = promotion
opt-promotion = Number of the promotion, for instance 3
opt-which-name = which
opt-which = Those that run or will, or all of them
opt-promo_before-name = below
opt-promo_before = Promotions older than this number
opt-reminders-name = reminders
opt-reminders = Yes or no

## Choices
choice-welcome = Welcome
choice-abandoned_cart = Abandoned cart
choice-upsell = Upsell
choice-win_back = Win back
choice-manual = Other
choice-live = Running and to come
choice-live-also = running, upcoming, active
choice-on = Yes
choice-off = No

## Forms
form-promo_create = Start a promotion
form-promo_view = View a promotion
form-promo_stop = Stop a promotion
label-promotion = Number of the promotion
hint-promo_stop-promotion = 12
hint-promo_view-promotion = 12
form-redeem = Use a code
label-value = Value
label-target = Target
label-duration = Length or end
label-promo_reason = Reason
label-promo_code = Code
hint-promo_create-value = 20 % or 5 €
hint-promo_create-target = everything, plans, products, plan/pro or product/ebook
hint-promo_create-duration = 30 min, 48h, 3d, 2 weeks, 24/12 18h
hint-promo_create-promo_reason = Summer sale
hint-promo_create-promo_code = XMAS20; empty: for everybody, without a code
hint-redeem-promo_code = XMAS20

## What was just done
promo-made = 🎉 Promotion #{ $number } runs: **{ $off }** on { $target }, until { $ends }.
promo-planned = ⏳ Promotion #{ $number } is planned: **{ $off }** on { $target }, from { $starts } to { $ends }.
promo-made-code = Code to type: `{ $code }`
promo-stopped = 🛑 Promotion #{ $number } is stopped. Orders that were placed keep their price.
redeem-done = ✅ Code `{ $code }` is kept for your next purchase: **{ $off }** on { $target }, until { $ends }. If a running promotion takes off more, that one counts.
referral-joined = 🤝 Noted, thank you! Whoever recommended the shop to you gets a credit after your first purchase.
reminders-ask = If you leave a checkout unpaid, we can remind you once, by direct message. Nothing else, and you can stop whenever you like.
reminders-on = 🔔 All right: we’ll remind you of a checkout that you left.
reminders-off = 🔕 All right: no reminders.
button-promo-view = View
button-promo-stop = Stop
button-promo-older = Older
button-promo-number = #{ $number }
button-reminders-on = Yes, remind me
button-reminders-off = No more reminders

## A promotion
promo-title = 🏷️ Promotion #{ $number }
promo-target-everything = the whole shop
promo-target-plans = all plans
promo-target-products = all products
promo-target-plan = the plan { $name }
promo-target-product = the product { $name }
promo-automatic = no code, for everybody
promo-field-state = State
promo-field-value = Reduction
promo-field-target = On
promo-field-code = Code
promo-field-starts = Begins
promo-field-ends = Ends
promo-field-uses = Uses
promo-field-budget = Cost
promo-field-per-member = For each member
promo-field-first = First purchase only
promo-field-kind = Kind
promo-field-by = By
promo-state-scheduled = to come
promo-state-active = running
promo-state-ended = over
promo-state-stopped = stopped
promo-ending-due = on its date
promo-ending-used_up = every use is taken
promo-ending-budget = budget spent
promo-ending-stopped = by staff
promo-ending-no_reduction = prices had been as low before
promo-figures = 📈 What it brought
promo-figures-used = Purchases
promo-figures-reserved = Awaiting payment
promo-figures-revenue = Revenue
promo-figures-discount = Reductions
promo-list = 🏷️ Promotions running and to come
promo-list-all = 🏷️ All promotions
promo-list-none = None for now. Start one with `/promo_create`.

## Referrals
referral-title = 🤝 Referral
referral-body = Your code: `{ $code }`
    A friend gives it with `/redeem` before the first purchase; you get { $percent }% of what was paid, { $days } days later, if the purchase stands. Invitations don’t count.
    Your credit comes off your next purchase by itself, when it takes off more than a promotion does.
referral-waiting = No purchase yet
referral-held = Held back
referral-credited = Credited
referral-reversed = Reversed
referral-left = Credit to spend

## What is wrong
problem-percent-or-amount = **{ $option }**: a percentage or an amount? Write 20 % or 5 €, for instance.
problem-discount = **{ $option }** must be a percentage or an amount, such as 20 % or 5 €.
problem-promo-code = **{ $option }** can only hold the letters A to Z without accents, digits, - and _. “{ $strange }” is none of them, even if it looks like one: type the code by hand.
problem-promo-code-length = **{ $option }** must have 3 to 30 characters.
problem-over-cap = **{ $option }**: a promotion takes at most { $cap } % off a price. Write { $cap } % or less.
problem-over-cap-amount = **{ $option }**: a promotion takes at most { $cap } % off the lowest price that it touches. Here the cheapest costs { $lowest }: take { $most } off at most, or choose a dearer target.
problem-target = **{ $option }** must be: everything, plans, products, plan/pro or product/ebook, with a name or a code behind the slash. A name of several words goes in quotes: "product/Full game".
problem-duration = **{ $option }** must be a length (30 min, 48h, 3d, 2 weeks) or a date (24/12, 24/12/2026 18h; day before month).
error-promo-unknown = This code doesn’t exist. Check how it is written.
error-promo-not-begun = This promotion hasn’t begun yet.
error-promo-ended = This promotion is over.
error-promo-used-up = The last use of this promotion is gone. You can still buy without it, at the full price.
error-promo-member-cap = You have already used this code as often as you can.
error-promo-first-only = This code is for a first purchase only.
error-promo-not-for-this = This code isn’t for this item.
error-promo-budget-spent = The budget of this promotion is spent. You can still buy without it, at the full price.
error-promo-smaller = The running promotion takes off as much as this code, or more: buy without the code, it’s better for you.
error-promo-ends-first = The end must come after the beginning, and in the future.
error-promo-too-long = A promotion ends within 90 days.
error-promo-nothing-there = Nothing is sold under this target. Check the code of the plan or product.
error-promo-currency = This amount isn’t in the shop’s currency.
error-promo-nothing-off = This reduction would take nothing off: prices are too small.
error-promo-no-use = A promotion must be usable at least once.
error-promo-budget-small = This budget wouldn’t pay for a single purchase.
error-promo-budget-dearest = This budget wouldn’t pay for the reduction of the dearest item that this promotion is for. Raise it, or choose a single item.
error-promo-code-taken = This code belongs to a promotion that runs or will.
error-promo-cooldown = Promotion #{ $number } ({ $target }) was over on { $over }, and a week’s rest follows: it is possible from { $rested } on. { $way ->
    [code] Until then, aim at something else.
   *[all] Until then, use a code, or aim at something else.
    }
error-promo-has-one = Promotion #{ $number } ({ $target }) lasts until { $over }, and a week’s rest follows: it is possible from { $rested } on. { $way ->
    [code] Look at it with `/promo_view`, or aim at something else.
   *[all] Look at it with `/promo_view`, give this one a code, or aim at something else.
    }
error-promo-too-busy = A plan can’t be on promotion more than a quarter of the time: 7 and a half days in 30.
error-promo-no-reduction = **{ $item }** was offered at { $lowest } in the last 30 days: at { $price } it wouldn’t be a real reduction.
error-promo-reduces-from = It will be from { $from } on. Until then, take off more, or aim at something else.
error-promo-reduces-later = A promotion that runs still asks as little for it: take off more, or aim at something else.
error-promo-none = No promotion under this number. All of them are in `/promo_list`.
error-promo-over = This promotion is over already.
promo-not-begun-title = 🛑 A promotion did not begin
promo-not-begun = It was to begin now, but would not have asked less than the lowest price of the last 30 days: announcing it would mislead. It is stopped, and nothing has changed for buyers. Choose a larger reduction, or wait until the old price is 30 days old.
error-referral-own = This is your own code: give it to a friend.
error-referral-mutual = It was you who recommended the shop to this member: two members can’t recommend it to each other. Your own recommendation still counts.
error-referral-other = Somebody has already recommended the shop to you.
error-referral-late = A referral code is given before the first purchase.
