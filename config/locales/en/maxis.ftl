## Shellia: what she asks Maxis
opt-details-name = details
opt-details = By what you ask: yesterday; 20% pro 48h; stop 3; sales, disputes; a plan’s number…
choice-analytics = analytics
choice-analytics-also = figures, statistics, stats
choice-report = report
choice-report-also = recap
choice-config = config
choice-config-also = settings, setting
choice-promos = promos
choice-promos-also = promo, promotions, promotion
choice-giveaways = giveaways
choice-giveaways-also = giveaway
choice-tickets = tickets
choice-tickets-also = ticket
maxis-analytics-title = 📊 The shop · { $span }
maxis-others = {" "}· also in { $currencies }: add the currency behind the period
maxis-period-unknown = I didn’t recognise that period. Try for example `30d`, `yesterday`, `last week`, `this month` or `november`; a year at most.
maxis-field-giveaways = Giveaways
maxis-field-promotions = Promotions
maxis-field-tickets = Tickets
maxis-giveaways-line = **{ $made }** made · { $entries ->
    [one] **{ $entries }** entry
   *[other] **{ $entries }** entries
} · **{ $drawn }** with winners
maxis-promotions-line = **{ $ran }** ran · { $uses ->
    [one] **{ $uses }** order
   *[other] **{ $uses }** orders
} for **{ $revenue }**, the discount cost **{ $discount }**
maxis-tickets-line = **{ $opened }** opened · **{ $closed }** solved · **{ $breached }** too late
maxis-tickets-first = first answer in { $span } (median)
maxis-tickets-resolution = solved in { $span } (median)
maxis-tickets-title = 🎫 Tickets · { $span }
maxis-tickets-standing = How they stand (last 30 days)
maxis-report-title = 🗓️ The recap · { $span }
maxis-report-orders = **{ $paid }** of { $placed } placed
maxis-report-tickets = Tickets solved
maxis-promos-none = No promotion is running or to come.
maxis-promo-did = { $uses } { $count ->
    [one] use
   *[other] uses
}, { $spent } taken off
maxis-promo-begins = begins { $when }
maxis-promo-ends = ends { $when }
maxis-giveaways-none = No giveaway is running or to come.
maxis-giveaway-winners = { $winners ->
    [one] { $winners } winner
   *[other] { $winners } winners
}
maxis-config-title = ⚙️ Maxis’ settings
maxis-config-footer = 🔒: changed on Maxis’ machine only. Language, time zone and channels are changed here: `!maxis config set language fr`.
maxis-config-unset = not set
maxis-config-percent = { $value }%
maxis-config-days = { $value } days
maxis-config-unknown = I don’t know that setting. Those that Maxis shows me: { $keys }.
setting-language = Language
setting-time_zone = Time zone
setting-support_channel = Support channel
setting-staff_channel = Staff channel
setting-currency = Currency
setting-promotion_cap = Promotion cap
setting-cooldown = Rest between two promotions

## Questions in a sentence
cmd-shellia-name = shellia
cmd-shellia = Ask Shellia something in your own words
opt-sentence-name = sentence
opt-sentence = For example: how many sales yesterday?
metric-revenue = Taken in, taxes included
metric-orders = Paid orders
metric-mrr = Monthly recurring revenue
metric-conversion = Conversion
metric-refunds = Refunded
metric-churn = Subscriptions lost
metric-disputes = Disputes
metric-members = Members
metric-subscribers = Running subscriptions
metric-trials = Trials begun
metric-tickets = Tickets opened
metric-sla = First answer to tickets (median)
metric-giveaways = Entries to giveaways
metric-promotions = Taken in with a promotion
metric-best_plan = Best-selling plan
metric-best_product = Best-selling product
maxis-answer = **{ $what }** · { $span }: **{ $now }**{ $arrow } ({ $then }: { $before })
maxis-answer-now = **{ $what }** right now: **{ $count }**
maxis-answer-best = **{ $what }** · { $span }: **{ $name }**, { $units ->
    [one] { $units } sale
   *[other] { $units } sales
} for { $amount }
maxis-answer-sold = **{ $name }** · { $span }: **{ $units }** { $units ->
    [one] sale
   *[other] sales
} for { $amount }
maxis-answer-unsold = **{ $name }** isn’t among the five best sellers · { $span }.
maxis-answer-none = **{ $what }** · { $span }: no sale.
maxis-answer-whole = That is the whole shop’s figure: I don’t have it for a part.
maxis-answer-unknown = I don’t have that figure. What I can tell: `/maxis`, then “analytics”.
said-help = Ask me for example “how many sales yesterday?”, “which plan sells best?”, “the weekly report”, “which promos are running?”, or tell me “20% off Pro for 48 h”: I prepare a plan, you approve it. My commands are in `/shellia_help`.
said-on = on { $target }
said-all-plans = all plans
said-for-24h = for 24 hours
said-for-48h = for 48 hours
said-for-7d = for 7 days
said-yesterday = yesterday
said-last-7-days = last 7 days
said-last-30-days = last 30 days

## What a sentence lacks
said-ask-value = How much comes off? For example “20%” or “€5”.
said-ask-unit = Is that a percentage or an amount?
said-ask-target = On what? A plan, all of them, a product, or the whole shop.
said-ask-end = Until when? For example “48 hours” or “until Sunday”.
said-ask-prize = What can be won?
said-ask-ref = Which one? Tell me its number.
said-ask-button = Press the plan’s button, or tell me its number.
said-ask-key = Which setting? For example “language” or “time zone”.
said-ask-code = Which code?
said-ask-audience = For whom?
said-ask-period = On which days? For example “yesterday” or “last 30 days”.
said-ask-choice = Tell me again in one sentence what you want.
said-ask-intent = What do you want me to do?

## Why a sentence is not followed
said-why-above_cap = 🚫 The cap is { $cap }%: ask me for { $cap }% off or less.
said-why-free = 🚫 Nothing is free by a promotion: { $cap }% at most.
said-why-stacking = 🚫 Promotions don’t add up: a buyer gets the best one.
said-why-without_end = 🚫 A promotion always has an end: tell me which.
said-why-cap_change = 🚫 The cap isn’t changed from here: it is set on Maxis’ machine.
said-why-approval_off = 🚫 Approval stays: what changes the shop is approved by somebody.
said-why-audit_off = 🚫 The audit stays: whatever is done is written down.
said-why-refund = 🚫 I give no money back: staff do that with Maxis, by `!refund`.
said-why-payout = 🚫 I pay nothing out.
said-why-role_grant = 🚫 I neither give nor take roles.
said-why-price_change = 🚫 I don’t change prices: a plan is edited with Maxis.
said-why-chosen_winner = 🚫 Nobody chooses the winners: the draw does, and everybody can check it.
said-why-others_data = 🚫 I tell figures only, nothing of a person. What a member ordered is in `!order_find`.
said-why-moderation = 🚫 I don’t moderate: to warn or to ban stays with you.
said-why-rules = 🚫 My rules aren’t changed by a sentence.
said-why-giveaway_cancel = 🚫 From here I can only end a giveaway, and ending it draws its winners. To cancel it without a winner: `!giveaway_cancel`. To reject a plan that waits: its button, in `!maxis plans`.
said-why-giveaway_pause = 🚫 I don’t pause giveaways: type `!giveaway_pause`.
said-why-giveaway_extend = 🚫 I don’t make giveaways longer: type `!giveaway_extend`.
said-why-grant = 🚫 I don’t give a plan to a member: staff do that with Maxis, by `!grant`.
said-why-stock = 🚫 How many are left isn’t among my figures: it is in `!product_list`.
said-why-follow = 🚫 A sentence can’t do that. In the channel where you want to be told, type `!maxis follow sales`, or `!maxis follow everything`.
said-why-entrants = Who won is on the giveaway’s announcement; the whole draw is in `!giveaway_proof`, and who takes part in `!giveaway_entrants`.
said-why-negated = All right, I do nothing.
said-why-quoted = I don’t follow what is quoted: tell me in your own words if you want it.
said-why-hypothetical = That is a supposition: nothing was started. What would come of it I can’t tell yet.
said-why-taken_back = All right, forgotten.
said-why-condition = There is a condition, and I can’t watch for it. Tell me when the time has come.
said-why-two_orders = There are two requests in that sentence: one at a time, please.
said-why-two_values = There are two values in that sentence: which one?
said-why-two_targets = There are two targets in that sentence: which one?
said-why-unknown_target = I don’t know that plan or product.
said-why-unknown_audience = I don’t know that group of people.
said-why-unknown_limit = There is a limit or an exception that I can’t set: tell me again without it.
said-why-currency = That isn’t the shop’s currency.
said-why-doubtful_number = That number can be read in two ways: write it differently.
said-why-vague_length = That length is vague.
said-why-past_date = That date is past.
said-why-impossible_date = There is no such date.
said-why-later_start = I can’t begin later: tell me when the time has come.
said-why-uncertain = I’m not sure that I understand.
said-why-hidden_characters = There are hidden characters in that message: I don’t trust it. Type it again.
said-why-not_addressed = I think that wasn’t meant for me.
said-why-small_talk = 👋 I’m here. Ask me for example “how many sales yesterday?”
said-why-not_understood = I didn’t understand. Ask me for example “how many sales yesterday?”, or see `!{ $help }`.
said-why-too_long = That is too long for me: say it in one sentence.
