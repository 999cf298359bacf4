## Names and descriptions of the commands
cmd-privacy-name = privacy
cmd-privacy = Get a copy of your data, or have it erased
cmd-privacy_export-name = privacy_export
cmd-privacy_export = Get a copy of your data
cmd-privacy_erase-name = privacy_erase
cmd-privacy_erase = See what an erasure would do
cmd-privacy_ask-name = privacy_ask
cmd-privacy_ask = Ask for your data to be erased
cmd-privacy_withdraw-name = privacy_withdraw
cmd-privacy_withdraw = Take back your request to be erased
cmd-privacy_requests-name = privacy_requests
cmd-privacy_requests = See members' requests to be erased
cmd-privacy_confirm-name = privacy_confirm
cmd-privacy_confirm = Confirm an erasure
cmd-privacy_refuse-name = privacy_refuse
cmd-privacy_refuse = Refuse a request to be erased, with the reason
cmd-retention-name = retention
cmd-retention = See or change how long data is kept
cmd-retention_set-name = retention_set
cmd-retention_set = Change how long something is kept

## Options
opt-privacy_part-name = part
opt-privacy_part = The part of the copy
opt-privacy_request-name = request
opt-privacy_request = Number of the request, such as 3
opt-requests_which-name = which
opt-requests_which = Those that wait, or all
opt-requests_before-name = before
opt-requests_before = Requests older than this number
opt-kept-name = what
opt-kept = What is kept
opt-kept_days-name = days
opt-kept_days = From 30 to 3650 days; 0 to keep without limit

## Choices
choice-requests_open = Waiting
choice-requests_all = All
choice-kept_tickets = Closed tickets
choice-kept_files = Files of tickets
choice-kept_audit = Audit

## Forms
form-privacy_refuse = Refuse an erasure
label-privacy_request = Number of the request
hint-privacy_refuse-privacy_request = 3
hint-privacy_refuse-reason = What the member will read

## Buttons
button-privacy-export = Get a copy
button-privacy-part = Part { $part }
button-privacy-erase = Erase my data
button-privacy-ask = Ask for the erasure
button-privacy-withdraw = Take back my request
button-privacy-requests = See the requests
button-privacy-look = Request #{ $id }
button-privacy-older = Older ones
button-privacy-all = All requests
button-privacy-confirm = Erase for good
button-privacy-refuse = Refuse
button-retention-yes = Yes, erase

## What a member reads
privacy-title = 🔒 Your data on this server
privacy-body =
    What the shop keeps of you: your tickets, your purchases and what you chose.
    💾 **A copy**: one file with everything, at once.
    🗑️ **Erasure**: you see first what goes and what stays; then the team confirms.
privacy-field-request = Your request to be erased
privacy-own-asked = ⏳ The team answers by { $day }.
privacy-own-confirmed = ✅ Confirmed: the erasure is under way.
privacy-own-done = ✅ Done.
privacy-own-refused =
    ❌ Refused: { $reason }
    You may ask again.
privacy-export-done = 💾 Here is everything that the shop keeps of you. The file may hold keys that you bought: keep it to yourself.
privacy-export-part = 💾 Here is part { $part } of { $parts } of your copy. It may hold keys that you bought: keep it to yourself.
privacy-file-name = my-data
privacy-readme =
    This is the copy of what the shop of this Discord server keeps of you, read with your own rights.
    It is JSON: any program can read it. Times are universal time (UTC), amounts are in the smallest unit of the currency (such as cents).
    Each part is a list; an empty list means that nothing is kept. "from" says whose a message is: "you", or the "team".
    The team's internal notes and what is about other people are not in it: neither who gave you something, nor who came by your code.
    Of attached files only the names are in it: open them in the ticket. The payment provider (Stripe) keeps data of its own: ask it for them.
privacy-erase-title = 🗑️ Erase your data
privacy-erase-body = This is what happens if the team confirms. **It can't be undone.**
privacy-erase-not-yet = Something must come to its end first. Then come back here.
privacy-field-first = To do first
privacy-field-erased = Erased
privacy-field-kept = Kept
privacy-field-given-up = Given up
privacy-field-stripe = At Stripe
privacy-erased-nothing = Nothing but the trace of your request.
privacy-gives-up = What you still hold (plans, roles) ends, without a refund.
privacy-stripe = Stripe, which takes the payments, keeps your customer record: the law binds it too. The team can delete it by hand; you may also ask Stripe.
privacy-first-subscription = End your subscription with `/subscription`, and wait until it is over.
privacy-first-order = Pay your open order or let it expire: `/orders`.
privacy-first-refund = Wait until the refund under way is done.
privacy-first-dispute = Wait until the dispute with your bank is over.
privacy-first-giveaway = Wait until the giveaway is drawn, or until your prize is handed over.
privacy-what-tickets =
    { $count ->
        [one] 1 ticket, with its subject and the name on it
       *[other] { $count } tickets, with their subjects and the name on them
    }
privacy-what-messages =
    { $count ->
        [one] 1 message or note
       *[other] { $count } messages and notes
    }
privacy-what-files =
    { $count ->
        [one] 1 file
       *[other] { $count } files
    }
privacy-what-answers =
    { $count ->
        [one] 1 recent answer of the bot
       *[other] { $count } recent answers of the bot
    }
privacy-what-choices =
    { $count ->
        [one] 1 choice (language, reminders, codes)
       *[other] { $count } choices (language, reminders, codes)
    }
privacy-what-sessions =
    { $count ->
        [one] 1 session of the panel
       *[other] { $count } sessions of the panel
    }
privacy-what-entries =
    { $count ->
        [one] 1 entry in a giveaway that is open or was called off
       *[other] { $count } entries in giveaways that are open or were called off
    }
privacy-what-orders =
    { $count ->
        [one] 1 order
       *[other] { $count } orders
    }
privacy-what-deliveries =
    { $count ->
        [one] 1 delivery, with the key or the content handed over
       *[other] { $count } deliveries, with the keys or the content handed over
    }
privacy-what-accesses =
    { $count ->
        [one] 1 access given (plan or role)
       *[other] { $count } accesses given (plans or roles)
    }
privacy-what-invoices =
    { $count ->
        [one] 1 payment of a subscription
       *[other] { $count } payments of subscriptions
    }
privacy-what-refunds =
    { $count ->
        [one] 1 refund
       *[other] { $count } refunds
    }
privacy-what-subscriptions =
    { $count ->
        [one] 1 subscription that is over
       *[other] { $count } subscriptions that are over
    }
privacy-what-reductions =
    { $count ->
        [one] 1 reduction, credit or recommendation
       *[other] { $count } reductions, credits and recommendations
    }
privacy-what-trials =
    { $count ->
        [one] 1 free trial
       *[other] { $count } free trials
    }
privacy-what-draws =
    { $count ->
        [one] 1 entry in a giveaway that was drawn
       *[other] { $count } entries in giveaways that were drawn
    }
privacy-why-accounting = Under a pseudonym: the law has the books kept for ten years.
privacy-why-abuse = Under a pseudonym: one trial for each bank card.
privacy-why-proof = As they are: without them nobody could check the draw any more.
privacy-asked = ✅ Request sent. The team answers by { $day }; until then you can take it back.
privacy-withdrawn = ↩️ Request taken back: nothing is erased.
privacy-notice-erased = 🗑️ It is done: what the shop kept of you is erased, but for what the law has it keep, under a pseudonym. If you come back, you are a new person to it.
privacy-notice-refused =
    ❌ Your request to be erased was refused.
    Reason: { $reason }
    You may ask again with `/privacy`, or complain to the data protection authority of your country.

## What the team reads
privacy-notice-asked =
    { $count ->
        [one] 🔒 A member asks for the erasure of his data. An operator must answer by { $day }.
       *[other] 🔒 { $count } members ask for the erasure of their data. An operator must answer the first request by { $day }.
    }
privacy-requests = 🔒 Erasures that wait
privacy-requests-all = 🔒 All requests
privacy-requests-none = No request.
privacy-request-title = 🔒 Request #{ $id }
privacy-field-asked = Asked
privacy-field-decided = Decided
privacy-somebody-erased = erased member
privacy-due = to be answered by { $day }
privacy-kind-export = copy
privacy-kind-erasure = erasure
privacy-state-asked = ⏳ waiting
privacy-state-confirmed = ⚙️ under way
privacy-state-done = ✅ done
privacy-state-refused = ❌ refused
privacy-state-withdrawn = ↩️ taken back
privacy-confirmed = ✅ Request #{ $id } confirmed: the member is erased within a minute, and told.
privacy-confirmed-roles = What he still holds ends first and his roles are taken; that may take up to a day.
privacy-confirmed-stripe = Stripe keeps the customer record `{ $customer }`: delete it in Stripe's dashboard, under "Customers", if nothing has you keep it.
privacy-refused = ❌ Request #{ $id } refused; the member is told, with the reason.

## How long what is kept
retention-title = 🗄️ How long data is kept
retention-how = ✏️ changed with the options "what" and "days" · 🔒 set by the law or by who runs the bot
retention-done = ✅ { $what }: { $days }.
retention-asks-tickets =
    { $count ->
        [one] ⚠️ With { $days } days, the subject and messages of **1** closed ticket are erased now, for good. Go on?
       *[other] ⚠️ With { $days } days, the subjects and messages of **{ $count }** closed tickets are erased now, for good. Go on?
    }
retention-asks-files =
    { $count ->
        [one] ⚠️ With { $days } days, **1** file is erased now, for good. Go on?
       *[other] ⚠️ With { $days } days, **{ $count }** files are erased now, for good. Go on?
    }
retention-asks-audit =
    { $count ->
        [one] ⚠️ With { $days } days, **1** line of the audit is erased now, for good. Go on?
       *[other] ⚠️ With { $days } days, **{ $count }** lines of the audit are erased now, for good. Go on?
    }
privacy-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
privacy-days-unlimited = without limit
privacy-kept-tickets = Subjects and messages of closed tickets
privacy-kept-files = Files of tickets
privacy-kept-audit = Audit of tickets and shop
privacy-kept-sign_ins = Sign-ins to the panel
privacy-kept-provider_events = Stripe's events
privacy-kept-answers = Answers of the bot
privacy-kept-accounting = Books (orders, payments, refunds)
privacy-kept-why-tickets = From the day of closing: while a complaint is possible.
privacy-kept-why-files = From the day they were sent.
privacy-kept-why-audit = To know who did what.
privacy-kept-why-sign_ins = To notice intruders.
privacy-kept-why-provider_events = Only their names, so that none is handled twice.
privacy-kept-why-answers = So that a repeated request gets the same answer.
privacy-kept-why-accounting = Ten years by law (French Code de commerce, art. L123-22).

## Refusals
error-privacy-hourly = You got a copy less than an hour ago. Try again a little later.
error-privacy-part-old = That copy isn't available any more. Ask for a new one with `/privacy`.
error-privacy-asked = Your request to be erased is under way already. How it stands is in `/privacy`.
error-privacy-not-asked = There is no request to take back: it is confirmed already, or over. How it stands is in `/privacy`.
error-privacy-obstacles = Something must come to its end first: a subscription, an order, a refund, a dispute or a giveaway. The details are in `/privacy`, button "Erase my data".
error-privacy-obstacles-staff = This member still has a subscription, an order, a refund, a dispute or a giveaway under way: wait until it is over. The details are in `/privacy_requests`.
error-privacy-none = No request under this number. All of them are in `/privacy_requests`.
error-privacy-decided = This request was decided already, or its member took it back. The others are in `/privacy_requests`.
error-privacy-underway = Your data is being erased, as you asked: nothing new is possible meanwhile, and nothing is charged. Try again once the bot has told you that it is done, usually within a day.
error-privacy-recipient = This member can't receive anything at the moment. Nothing is charged. Choose somebody else with `/gift`, or try again tomorrow.
error-privacy-holder = The erasure of this member is confirmed: they can't receive anything any more. Nothing was given. If they come back afterwards, they are a new member.
