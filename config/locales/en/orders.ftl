## Shellia: what she has Maxis do
choice-pending = plans
choice-pending-also = plan, pending, waiting, show
choice-approve = approve
choice-approve-also = accept
choice-reject = reject
choice-reject-also = refuse, decline
choice-stop = stop
choice-stop-also = halt
choice-resume = resume
choice-resume-also = continue
choice-audit = audit
choice-audit-also = log
choice-autonomy = autonomy
choice-autonomy-also = dial

## A plan
plan-title = 📋 Plan #{ $number }
plan-shown = Plan #{ $number }: nothing is done until it is approved.
plan-is-committed = ✅ Plan #{ $number }: it is done.
plan-is-rejected = ✖️ Plan #{ $number }: it is rejected, nothing has changed.
plan-is-expired = ⌛ Plan #{ $number }: it has expired, nothing has changed. Ask again if you still want it.
plan-is-failed = ⚠️ Plan #{ $number }: it could not be carried out.
plan-button-approve = Approve
plan-button-reject = Reject
plan-button-show = Show plan #{ $number }
plan-approvals = Approvals
plan-approvals-count = { $have } of { $needed }
plan-approvals-none = None is needed: it is small, and autonomy allows it
plan-expires = This plan
plan-expires-at = expires { $when }
plan-digest = Digest { $digest } · an approval is for what is shown here, and for nothing else
plan-moment = { $shown } ({ $there }, { $zone })
plan-by-month = by the month
plan-by-year = by the year
plan-more = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
plan-promotion = A promotion begins: **−{ $off }** on { $target }.
plan-stop_promotion = Promotion #{ $of } stops: { $target }.
plan-giveaway = A giveaway is announced: **{ $prize }**, { $winners ->
    [one] { $winners } winner
   *[other] { $winners } winners
}.
plan-end_giveaway = Giveaway #{ $of } ends and is drawn now: **{ $prize }**, { $winners ->
    [one] { $winners } winner
   *[other] { $winners } winners
}.
plan-reroll = In giveaway #{ $of } (**{ $prize }**), { $who } loses the place to the next in order.
plan-setting = **{ $name }**: { $before } → **{ $after }**
plan-resume = Everything goes on. It was stopped on { $since }.
plan-ends-else = Would end otherwise
plan-prices = Prices, before → after
plan-price = { $item }: { $change }
plan-price-first-month = { $change } for the first month, then { $list }
plan-price-first-year = { $change } for the first year, then { $list }
plan-for = For whom
plan-for-first = Members who buy for the first time
plan-for-everyone = Everyone
plan-prize = Prize
plan-prize-by-hand = Given by staff: the bot doesn’t hand it out. To have it give a plan or a product, `!giveaway_create`.
plan-for-members = All members
plan-with-code = with the code `{ $code }`
plan-uses = { $uses ->
    [one] { $uses } use at most
   *[other] { $uses } uses at most
}
plan-buyers = { $count ->
    [0] Nobody bought any of it in the last 30 days
    [one] { $count } member bought some of it in the last 30 days
   *[other] { $count } members bought some of it in the last 30 days
}
plan-where = Announced in
plan-ends = Until
plan-at-milestone = Begins at { $members } members and lasts { $hours } h
plan-replaces = Takes the place of what was promised there
plan-replaces-prize = { $prize } · { $winners ->
    [one] { $winners } winner
   *[other] { $winners } winners
  } · { $hours } h
plan-replaces-plan = and to each the plan `{ $plan }` for { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
plan-replaces-role = and to each the role <@&{ $role }>
plan-cost = Expected cost
plan-cost-unknown = Not enough data
plan-cost-between = Between { $low } and { $high } (from { $weeks } weeks)
plan-done = ✅ Plan #{ $number } is done. { $done }
plan-failed = ⚠️ Plan #{ $number }: it could not be carried out, and nothing has changed. { $why }
plan-read-back = As read back from Maxis: { $state }.
plan-made-promotion = Promotion #{ $of } is running.
plan-made-stop_promotion = Promotion #{ $of } is stopped.
plan-made-giveaway = Giveaway #{ $of } is announced.
plan-made-milestone = The giveaway at { $of } members is ready.
plan-made-end_giveaway = Giveaway #{ $of } is ending.
plan-made-reroll = In giveaway #{ $of }, the winner is replaced.
plan-made-setting = The setting is changed.
plan-made-resume = Everything goes on.
plan-automatic = 🤖 Done automatically: it is small, and autonomy allows it.
plan-by-number = Here, answer “approve { $number }” or “reject { $number }”.
plan-maybe-made = No answer came. A plan may have been prepared, which changes nothing: see `!maxis plans`.
plan-next-resume = To go on: `!maxis resume`.
plan-next-autonomy = To turn it up: `!maxis autonomy approve`.
plan-next-pending = To see them: `!maxis plans`.
plan-away = Nothing was sent, nothing has changed. Ask again once Maxis answers.
plan-changed = Plan #{ $number }: it is not the one of the card that you pressed any more. Nothing is approved. This is how it stands: look at it before you decide.
plan-stopped-here = ⛔ Everything is stopped: I send nothing. To go on: `!maxis resume`, and have it approved.
plan-approval-unsure = No answer came: I don’t know whether your approval of plan #{ $number } counts. Nothing is carried out. Press again: it counts once only.
plan-rejection-unsure = No answer came: I don’t know whether plan #{ $number } is rejected. Without approval it isn’t carried out. Reject it again once Maxis answers.
plan-still-missing = Plan #{ $number }: your approval counts. { $missing ->
    [one] That of another operator is still missing.
   *[other] Those of { $missing } other operators are still missing.
} An operator is who has the role chosen in `/setup`, or the permission “Manage Server”.
plan-moved = 📋 Plan #{ $number }: something was decided of it elsewhere. An operator can see where it stands.
plan-half = 📋 Plan #{ $number }: one approval is there, another operator’s is still missing.
plan-none = There is no plan #{ $number } here. Those that wait: `!maxis plans`.
plan-unsure = ❔ Plan #{ $number }: sent, but no answer came. I don’t send it again: I look at Maxis for what became of it, and tell you here.
plan-settled-done = I found plan #{ $number }, whose answer was lost: it is done, and once only.
plan-settled-not = I found plan #{ $number }, whose answer was lost: it is not done.
plan-settled-again = I found plan #{ $number }, whose answer was lost: it is not done, nothing has changed. Approve it again if you still want it.
plan-settled-unknown = I still don’t know what became of plan #{ $number }, and can’t ask any more. Look at Maxis before you ask again.

## Plans that wait
pending-title = 📋 Plans that wait
pending-line = **#{ $number }** { $what } · { $have } of { $needed } · expires { $expires }
pending-none = No plan is waiting.
pending-unsettled = **#{ $number }** ❔ sent, answer lost: I am finding out what became of it

## Stopping everything
stop-done = ⛔ Everything is stopped, at Maxis and here: nothing goes out any more, and the plans that waited are rejected. What runs in the shop goes on. To resume: `!maxis resume`.
stop-here-only = ⛔ I am stopped: I send nothing any more. But Maxis doesn’t answer and could not be told: I keep trying, and tell you here when it is done.
stop-told = ⛔ Maxis is told: everything is stopped there as well.
order-lost = ⚠️ { $person } I was restarted before I had answered what you asked at { $at }: it may not have been done, and I don’t do it again by myself. See how the plans stand with `!maxis plans`, and tell me again if it is still needed.
stop-refused = ⚠️ Maxis answers, but doesn’t stop for you. I stay stopped.
stop-lifted = ▶️ Maxis is not stopped any more: I go on as well.

## Autonomy
autonomy-now = Autonomy: { $now }
autonomy-stopped = ⛔ Everything is stopped ({ $since }): to go on, `!maxis resume`.
autonomy-off = **off**. I answer questions and prepare nothing.
autonomy-suggest = **suggest**. I prepare plans, nobody approves them.
autonomy-approve = **approve**. I prepare plans, you approve them.
autonomy-automatic = **automatic**. As approve, and what is small is done by itself.
autonomy-name-off = Off
autonomy-name-suggest = Suggest
autonomy-name-approve = Approve
autonomy-name-automatic = Automatic
autonomy-press = Press to change it.
autonomy-unknown = I know four: `off`, `suggest`, `approve`, `automatic`.

## The audit
audit-title = 📜 Audit of what I had done
audit-none = The audit is empty.
audit-footer = Each line is bound to the one before: `shellia audit verify`, on the machine of Maxis, checks it.
audit-older = Older
journal-planned = plan prepared
journal-approved = approved
journal-rejected = rejected
journal-committed = done
journal-failed = could not be done
journal-stopped = everything stopped
journal-resumed = everything resumed
journal-autonomy = autonomy changed
journal-refused = refused

## What Maxis can't do, or what is missing
order-audience = I can’t single out that group: a promotion is for everyone, or for members who buy for the first time. Tell me again with one of the two.
order-giveaway-audience = From here, a giveaway is for all members. To keep one for some, type `!giveaway_create`.
order-reroll-why = Why is the winner of giveaway #{ $number } to be replaced? The reason is published with the draw.
order-setting-unknown = This setting can’t be changed from here. Those that I can change: `language`, `time_zone`, `support_channel`, `staff_channel`.
which-promotion = Which one is to stop?
which-no-promotion = No promotion that runs or will fits. Those that there are: `!maxis promos`.
which-giveaway = Which one?
which-no-giveaway = No giveaway is open.
which-no-drawn = No giveaway has winners to replace.
plan-autonomy = **Autonomy**: { $before } → **{ $after }**
plan-made-autonomy = Autonomy is changed.
