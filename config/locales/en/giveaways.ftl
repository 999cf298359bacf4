## Names and descriptions of the commands of giveaways
cmd-giveaway-name = giveaway
cmd-giveaway = See the running giveaways, your chances, and take part
cmd-giveaway_proof-name = giveaway_proof
cmd-giveaway_proof = Get the proof that you are in a draw’s list; for staff, the whole file
cmd-giveaway_create-name = giveaway_create
cmd-giveaway_create = Start a giveaway whose draw anybody can check
cmd-giveaway_end-name = giveaway_end
cmd-giveaway_end = End a giveaway now and draw the winners
cmd-giveaway_pause-name = giveaway_pause
cmd-giveaway_pause = Pause a giveaway, or let it go on
cmd-giveaway_extend-name = giveaway_extend
cmd-giveaway_extend = Put off the end of a giveaway
cmd-giveaway_move-name = giveaway_move
cmd-giveaway_move = Go on with a giveaway in another channel
cmd-giveaway_cancel-name = giveaway_cancel
cmd-giveaway_cancel = Call a giveaway off before its draw
cmd-giveaway_reroll-name = giveaway_reroll
cmd-giveaway_reroll = Replace a winner by the next in the ranking
cmd-giveaway_entrants-name = giveaway_entrants
cmd-giveaway_entrants = See who takes part in a giveaway
cmd-giveaway_repeat-name = giveaway_repeat
cmd-giveaway_repeat = Have a giveaway come back every week, on the same day at the same time
cmd-giveaway_repeat_stop-name = giveaway_repeat_stop
cmd-giveaway_repeat_stop = Have a giveaway come back no more, or see those that do
cmd-milestones-name = milestones
cmd-milestones = See the milestones by members, and what each begins
cmd-milestones_channel-name = milestones_channel
cmd-milestones_channel = Announce milestones in a channel, or no more
cmd-milestone_set-name = milestone_set
cmd-milestone_set = Add or change a milestone: what is won when the server has so many members
cmd-milestone_remove-name = milestone_remove
cmd-milestone_remove = Remove a milestone that was not reached

## Options
opt-giveaway-name = giveaway
opt-giveaway = Number of the giveaway, for instance 3
opt-prize-name = prize
opt-prize = What is to be won, in one line (in quotes if you type the command)
opt-winners-name = winners
opt-winners = How many winners, 1 to 10,000
opt-giveaway_channel-name = channel
opt-giveaway_channel = Where it is announced; otherwise here
opt-won_product-name = product
opt-won_product = The product of the shop to win, by its name or code
opt-won_variant-name = variant
opt-won_variant = The variant of the product to win; else, the first
opt-won_coupon-name = coupon
opt-won_coupon = A promotion code for each winner, for him alone: 20% or 5 €
opt-coupon_days-name = coupon_days
opt-coupon_days = For how many days the code counts, at most 90; else, 30
opt-any_role-name = any_role
opt-any_role = One of these roles is needed, mentioned one after another
opt-all_roles-name = all_roles
opt-all_roles = All of these roles are needed
opt-no_role-name = no_role
opt-no_role = These roles don’t take part
opt-needs_plan-name = needed_plan
opt-needs_plan = This plan is needed
opt-account_days-name = account_age
opt-account_days = Least age of the Discord account, in days
opt-member_days-name = time_in_server
opt-member_days = Days spent in the server
opt-bonus_role-name = bonus_role
opt-bonus_role = This role gives further chances
opt-bonus_entries-name = bonus_chances
opt-bonus_entries = How many further chances; otherwise one
opt-giveaway_begins-name = begins
opt-giveaway_begins = When it begins: in 3d, or 24/12 8h; otherwise at once
opt-claim_hours-name = claim_hours
opt-claim_hours = Hours to claim a prize; 0: given without a claim; otherwise 48
opt-fairness-name = draw
opt-fairness = Where the chance comes from
opt-giveaway_text-name = text
opt-giveaway_text = A few more words, 1,000 characters at most
opt-reroll_reason-name = reason
opt-reroll_reason = Why this winner is replaced
opt-note-name = note
opt-note = A few words, in public: they stay in the draw’s log
opt-weekday-name = day
opt-weekday = The day of the week
opt-time_of_day-name = time
opt-time_of_day = The time of day, in the server’s time zone: 18h or 18:30
opt-entrants_after-name = after
opt-entrants_after = The entrants that follow
opt-step-name = step
opt-step = The message that is explained
opt-milestones_in-name = channel
opt-milestones_in = Where milestones are announced; else, here
opt-milestones_off-name = stop
opt-milestones_off = Announce milestones no more
opt-milestone_members-name = members
opt-milestone_members = How many members, from 2 to 1,000,000
opt-reward-name = reward
opt-reward = What is won, in one line, given by staff
opt-lasts_hours-name = hours
opt-lasts_hours = For how many hours the giveaway lasts

## Choices
choice-monday = Monday
choice-tuesday = Tuesday
choice-wednesday = Wednesday
choice-thursday = Thursday
choice-friday = Friday
choice-saturday = Saturday
choice-sunday = Sunday
choice-fair_beacon = Public randomness (drand): nobody knows it beforehand
choice-fair_secret = A secret of the bot, whose digest is posted beforehand
choice-rule_broken = Broke a rule
choice-duplicate_account = Another account of somebody
choice-left_server = Left the server
choice-banned = Banned
choice-requirement_lost = Doesn’t meet the requirements any more
choice-declined = Doesn’t want the prize
choice-unreachable = Can’t be reached
choice-other = Other

## Forms
form-giveaway_create = Start a giveaway
form-giveaway_end = End a giveaway
form-giveaway_pause = Pause a giveaway
form-giveaway_extend = Extend a giveaway
form-giveaway_move = Move a giveaway
form-giveaway_cancel = Call a giveaway off
form-giveaway_reroll = Replace a winner
form-giveaway_entrants = See who takes part
form-giveaway_proof = Proof of a draw
form-giveaway_repeat = Have a giveaway come back
form-giveaway_repeat_stop = Have it come back no more
label-weekday = Day
label-time_of_day = Time
form-milestone_set = Set a milestone
form-milestone_remove = Remove a milestone
label-milestone_members = Number of members
label-reward = Reward
label-lasts_hours = Length in hours
hint-milestone_set-milestone_members = 100
hint-milestone_set-reward = 1,000 coins
hint-milestone_set-lasts_hours = 72
hint-milestone_set-winners = 3
hint-milestone_remove-milestone_members = 100
hint-giveaway_repeat-giveaway = 3
hint-giveaway_repeat_stop-giveaway = 3
hint-giveaway_repeat-weekday = friday
hint-giveaway_repeat-time_of_day = 18:00
label-giveaway = Number of the giveaway
label-prize = Prize
label-winners = Number of winners
label-giveaway_text = Text
label-reroll_reason = Reason
hint-giveaway_proof-giveaway = 3
hint-giveaway_end-giveaway = 3
hint-giveaway_pause-giveaway = 3
hint-giveaway_extend-giveaway = 3
hint-giveaway_move-giveaway = 3
hint-giveaway_cancel-giveaway = 3
hint-giveaway_reroll-giveaway = 3
hint-giveaway_entrants-giveaway = 3
hint-giveaway_reroll-reroll_reason = Broke a rule
hint-giveaway_create-prize = A key of the game
hint-giveaway_create-winners = 1
hint-giveaway_create-duration = 30 min, 48h, 3d, 2 weeks, 24/12 18h
hint-giveaway_create-giveaway_text = May be left out
hint-giveaway_extend-duration = 24h more, or 24/12 18h

## The giveaway
giveaway-state-scheduled = to come
giveaway-state-open = open
giveaway-state-paused = paused
giveaway-state-drawing = being drawn
giveaway-state-drawn = winners drawn
giveaway-state-done = over
giveaway-state-cancelled = called off
giveaway-field-state = State
giveaway-field-starts = Begins
giveaway-field-ends = Ends
giveaway-field-winners = Winners
giveaway-field-entries = Entrants
giveaway-field-prize = Prize
giveaway-field-host = Hosted by
giveaway-field-asks = Requirements
giveaway-field-rules = Rules
giveaway-field-own = You
giveaway-end-waits = waits: the time of the pause is added
giveaway-footer = Giveaway #{ $number }
giveaway-prize-plan = The plan { $plan } for { $days } { $days ->
        [one] day
       *[other] days
    }
giveaway-prize-role = The role { $role }
giveaway-prize-role-days = The role { $role } for { $days } { $days ->
        [one] day
       *[other] days
    }
giveaway-prize-product = { $product }, delivered by the shop
giveaway-prize-hand = Given by staff
giveaway-prize-coupon = A promotion code of { $off }, to be used once within { $days } { $days ->
        [one] day
       *[other] days
    }
giveaway-asks-any = • One of these roles: { $roles }
giveaway-asks-all = • These roles: { $roles }
giveaway-asks-none = • Not these roles: { $roles }
giveaway-asks-plan = • The plan { $plan }
giveaway-asks-account = • A Discord account of at least { $days } days
giveaway-asks-member = • In the server for at least { $days } days
giveaway-asks-nothing = None
giveaway-bonus = • { $role }: { $more ->
        [one] 1 further chance
       *[other] { $more } further chances
    }, if you have that role at the end
giveaway-rules = Free to enter, once a person. The requirements are checked again at the draw.
giveaway-claim-none = Prizes are given without a claim.
giveaway-claim-hours = A prize is claimed by a button within { $hours } h, else it goes to the next.
giveaway-fair-quicknet = Drawn with drand’s public randomness: anybody can check it.
giveaway-fair-sandbox = ⚠️ Sandbox: this chance is local and proves nothing.
giveaway-fair-none = Drawn with a secret whose digest is posted beforehand.
giveaway-list = 🎉 Giveaways
giveaway-list-page = Page { $page } of { $pages }: { $all } giveaways, those that run first.
giveaway-list-none = No giveaway runs now. The next one will be announced in the server.
giveaway-list-none-staff = No giveaway runs now. Start one with `/giveaway_create`.
giveaway-own-chance = ✅ You take part: a chance of about { $chance } as things stand{ $weight ->
        [1] {""}
       *[other] {" "}(weight { $weight })
    }.
giveaway-own-none = You don’t take part yet.
button-giveaway-enter = Enter
button-giveaway-leave = Leave
button-giveaway-fair = Check
button-giveaway-claim = Claim my prize
button-giveaway-given = Prize given
button-giveaway-more = More
button-giveaway-order = See my prize
button-giveaway-proof = My proof

## Taking part
giveaway-in = 🎉 You take part in **{ $title }**! A chance of about { $chance } as things stand{ $weight ->
        [1] {""}
       *[other] {" "}(weight { $weight })
    }.
giveaway-in-before = ✅ You take part in **{ $title }** already: a chance of about { $chance } as things stand{ $weight ->
        [1] {""}
       *[other] {" "}(weight { $weight })
    }.
giveaway-left = You no longer take part in **{ $title }**.
giveaway-left-before = You didn’t take part in **{ $title }**.
giveaway-refused-any = This giveaway asks for one of these roles: { $roles }.
giveaway-refused-all = For this giveaway you lack: { $roles }.
giveaway-refused-none = This giveaway isn’t open to: { $roles }.
giveaway-refused-plan = This giveaway is for those with the plan { $plan }. It is in `/plans`.
giveaway-refused-account = It takes a Discord account of at least { $days } days. Yours will be that old { $at }.
giveaway-refused-member = It takes at least { $days } days in the server. You will have them { $at }.
giveaway-refused-unknown = Discord doesn’t tell since when you are in the server. Try again with the announcement’s button.

## Staff
giveaway-made = 🎉 Giveaway #{ $number } is made: **{ $title }**. It is announced in { $channel } within seconds and ends { $ends }.
giveaway-planned = ⏳ Giveaway #{ $number } is planned: **{ $title }**. It will be announced in { $channel } { $starts } and end { $ends }.
giveaway-ending = 🎲 Giveaway #{ $number }: **{ $title }** ends { $ends }. The end is announced anew, then the winners are drawn.
giveaway-paused = ⏸️ Giveaway #{ $number }: **{ $title }** is paused. Let it go on with the same command: its end moves by as much.
giveaway-resumed = ▶️ Giveaway #{ $number }: **{ $title }** goes on and ends { $ends }.
giveaway-extended = ⏳ Giveaway #{ $number }: **{ $title }** now ends { $ends }. That end is announced.
giveaway-moved = ↪️ Giveaway #{ $number }: **{ $title }** goes on in { $channel }.
giveaway-cancelled = 🛑 Giveaway #{ $number }: **{ $title }** is called off.
giveaway-cancelled-repeats = 🔁 It still comes back { $next }: this calls off only the present one. To stop it for good: `/giveaway_repeat_stop`.
giveaway-rerolling = 🔁 Giveaway #{ $number }: { $winner } will be replaced for **{ $title }** by the next in the ranking, announced in the channel.
giveaway-entrants = 👥 { $title }: { $count ->
        [one] 1 entrant
       *[other] { $count } entrants
    }, { $total ->
        [one] 1 chance
       *[other] { $total } chances
    }
giveaway-entrants-none = Nobody yet.
giveaway-was-given = ✅ Giveaway #{ $number }: { $winner } got **{ $title }**, noted by { $by }.
giveaway-was-given-before = That was noted before: { $winner } got **{ $title }** (giveaway #{ $number }). Nothing is to be handed over a second time.
giveaway-repeats = 🔁 Giveaway #{ $number }: **{ $title }** comes back every { $day } at { $time } ({ $zone }), next { $next }, and lasts { $length } each time. For another length, the same command with `hours=`. To stop it: `/giveaway_repeat_stop`.
giveaway-repeats-no-more = Giveaway #{ $number }: **{ $title }** comes back no more.
giveaway-repeats-not = Giveaway #{ $number }: **{ $title }** didn’t come back.
giveaway-repeats-none = No giveaway comes back. `/giveaway_repeat` lets one come back every week.
giveaway-repeats-list = 🔁 Giveaways that come back, the next first:
giveaway-repeats-line = • #{ $number }: **{ $title }**, { $next }
button-giveaway-repeat-stop = Stop repeating #{ $number }
giveaway-not-repeated = ⚠️ Giveaway #{ $number } (**{ $title }**) was to come back and couldn’t: { $why } It is tried again the next time.
giveaway-by-hand = 🎁 Giveaway #{ $number }: { $winner } waits for **{ $title }**, to be given by staff.
giveaway-by-hand-role = 🎁 Giveaway #{ $number }: { $winner } waits for **{ $title }**, but the role to win is gone. Give something else or make the role again, then note it here.
giveaway-trouble = ⚠️ Giveaway #{ $number } (**{ $title }**): I can post nothing in { $channel } any more. { $why } I try again by myself; nothing is drawn until then. To give it up: `/giveaway_cancel`.
giveaway-trouble-drawn = ⚠️ Giveaway #{ $number } (**{ $title }**): the winners are drawn, but I can post nothing in { $channel } any more. { $why } I tell them by direct message, where they can claim; their time doesn’t run until then.
giveaway-trouble-done = ⚠️ Giveaway #{ $number } (**{ $title }**) is over, but its last message could not be posted in { $channel }. { $why }
giveaway-trouble-gone = The channel is gone: go on in another with `/giveaway_move`.
giveaway-trouble-no_access = I don’t see that channel any more: give me access again.
giveaway-trouble-no_permission = I lack a permission: send messages, embed links and attach files.

## What is posted
giveaway-terms = 📜 Giveaway #{ $number }: **{ $title }**. End: { $ends } · winners: { $winners }
    { $source }
    Digest of the terms: `{ $digest }`
giveaway-terms-anew = 📜 Giveaway #{ $number }: **{ $title }**. The terms changed; only these count. End: { $ends } · winners: { $winners }
    { $source }
    Digest of the terms: `{ $digest }`
giveaway-terms-quicknet = Randomness: round { $round } of drand quicknet, which nobody knows yet.
giveaway-terms-sandbox = ⚠️ Randomness: round { $round } of the sandbox, which proves nothing.
giveaway-terms-none = Randomness: a secret with the digest `{ $hash }`, revealed at the draw.
giveaway-commitment = 🔒 Giveaway #{ $number }: **{ $title }**. The list is frozen: { $entries ->
        [one] 1 entry
       *[other] { $entries } entries
    }.
    Digest of the list: `{ $digest }`
giveaway-waits = ⏳ Giveaway #{ $number }: **{ $title }**. The public randomness doesn’t answer yet. The draw waits, and will be made with the round that was promised and no other.
giveaway-waits-members = ⏳ Giveaway #{ $number }: **{ $title }**. Entries are closed, but Discord doesn’t tell me yet who has which roles. The draw waits, and further chances will count as announced.
giveaway-nobody = Giveaway #{ $number }: **{ $title }** is over without entrants. Nothing is drawn.
giveaway-no-winner = Giveaway #{ $number }: **{ $title }**. Nobody in the list meets the requirements any more: no winner.
giveaway-won = 🏆 Giveaway #{ $number }: **{ $title }**. { $count ->
        [one] Congratulations { $winners }!
       *[other] Congratulations to { $winners }!
    }
giveaway-news = 🎲 Giveaway #{ $number }: **{ $title }**.
giveaway-more = and { $more } others
giveaway-out = 🚫 Rank { $rank } is out: { $why }.
giveaway-out-many = 🚫 { $count } ranks passed over; the details will be in the draw’s file, posted at the end.
giveaway-rerolled-many = 🔁 { $count ->
        [one] { $count } earlier replacement is
       *[other] { $count } earlier replacements are
    } in the draw’s file, posted at the end.
giveaway-rerolled = 🔁 The place of { $old } goes to somebody else ({ $why }). Congratulations { $new }!
giveaway-nobody-left = 🔁 The place of { $old } is free ({ $why }). Nobody is left in the ranking.
giveaway-claim-now = Claim your prize by the button, within { $hours } h.
giveaway-head = Log of the draw: `{ $head }`
giveaway-done = 🏁 Giveaway #{ $number }: **{ $title }** is over. With the attached file anybody can check the draw; it names the winners only.
giveaway-done-large = 🏁 Giveaway #{ $number }: **{ $title }** is over. The draw’s file ({ $size } MiB) is too large for Discord. Its SHA-256: `{ $digest }`
    Whoever hosts the bot gets it by `shellia export-draw`, and anybody may ask for it. Each entrant has his proof by `/giveaway_proof`.
giveaway-told-claim = 🏆 You won **{ $title }**! Claim your prize by the button, here or in { $channel }, within { $hours } h.
giveaway-told-claim-here = 🏆 You won **{ $title }**! The giveaway’s channel can’t be used for now: claim your prize here, by the button.
giveaway-told-hand = 🏆 You won **{ $title }**! Staff will give it to you soon.
giveaway-told-delivered = 🏆 You won **{ $title }**! It is yours already; the announcement is in { $channel }.
giveaway-told-later = 🏆 You won **{ $title }**! It is yours; as you pay for this plan already, these days will begin when your subscription ends. The announcement is in { $channel }.
giveaway-also-later = ⏳ You already pay for the plan that you win beside it: these days will begin when your subscription ends. Nothing of them is lost.
giveaway-claimed = 🎁 **{ $title }** is yours, congratulations!
giveaway-claimed-later = 🎁 **{ $title }** is yours, well done! As you pay for this plan already, these days will begin when your subscription ends: nothing of them is lost.
giveaway-claimed-hand = 🎁 Noted, congratulations! Staff will give you **{ $title }** soon.
giveaway-claimed-code = 🎁 **{ $title }** is yours, congratulations! Your code: `{ $code }`, for you alone, once, until { $until }. Keep it with `/redeem`, or have this answer again by the same button.
giveaway-claimed-given = 🎁 Staff noted already that you got **{ $title }**. If not, write to them with `/ticket_create`.
giveaway-reason-left_server = is no longer in the server
giveaway-reason-banned = banned
giveaway-reason-requirement_lost = doesn’t meet the requirements any more
giveaway-reason-rule_broken = broke a rule
giveaway-reason-duplicate_account = another account of somebody
giveaway-reason-unclaimed = prize not claimed in time
giveaway-reason-declined = doesn’t want the prize
giveaway-reason-unreachable = can’t be reached
giveaway-reason-other = another reason

## Checking
giveaway-fair = 🔎 **How to check giveaway #{ $number }**
    1. Beforehand the digest of the terms is posted: end, winners, and the round of randomness that will count.
    2. At the end the list is frozen and its digest posted before that randomness exists. Your proof (`/giveaway_proof`) shows that you are in it.
    3. Randomness and list give a full ranking, which nobody chooses. Whoever follows is always the next.
    4. At last the draw’s file is posted: `shellia verify-draw FILE` checks it, or any program written from `docs/FAIR_DRAWS.md`. Compare its three digests with the messages.
giveaway-proof = 🧾 Your proof: `shellia verify-draw` must find in it the digest that was posted, `{ $digest }`.
giveaway-proof-open = 🧾 The whole file of the draw, for staff: it names every entrant. Digest that was posted: `{ $digest }`.

## What is wrong
error-giveaway-none = No giveaway has this number. Those that run are in `/giveaway`.
error-giveaway-ends-first = The end must come after the beginning, and in the future.
error-giveaway-too-short = A giveaway lasts at least a minute.
error-giveaway-too-long = A giveaway ends within a year.
error-giveaway-no-prize = That prize doesn’t exist or can’t be given. Check the plan, the role or the product.
error-giveaway-one-prize = Choose one prize: a plan, a role, a product or a coupon. Without any, staff give it.
error-giveaway-days-of-what = Days of what? Add a plan or a role.
error-giveaway-coupon-claim = A promotion code is claimed by button, so that its winner alone reads it: leave at least one hour for it.
error-giveaway-no-plan = The plan that is asked for doesn’t exist.
error-giveaway-everyone = The role @everyone is everybody’s: it can’t be asked for, shut out or bring chances. Choose another.
error-giveaway-nobody-may = Nobody could take part: the same role is asked for and shut out.
error-giveaway-channel = That is no text channel of this server. Choose one with the channel option.
error-giveaway-permissions = I lack a permission in that channel: view it, send messages, embed links and attach files. Give it to me, or choose another channel.
error-giveaway-over = This giveaway is over or called off, or its draw has begun: nothing changes there any more.
error-giveaway-time = A time is written 18h, 18h30 or 18:30.
error-giveaway-repeats-many = This server has 20 giveaways that come back already. Stop one first.
error-giveaway-not-open = This giveaway isn’t open.
error-giveaway-not-later = That end isn’t after the present one. To end earlier, use `/giveaway_end`.
error-giveaway-not-begun = This giveaway hasn’t begun yet. Try again in some seconds, or when it begins.
error-giveaway-paused = This giveaway is paused. Come back when it goes on.
error-giveaway-cancelled = This giveaway was called off.
error-giveaway-ended = This giveaway is over: nobody enters or leaves any more.
error-giveaway-not-won = You have no prize to claim in this giveaway.
error-giveaway-claim-late = Too late: the time is over, or your place went to the next.
error-giveaway-replaced = Staff asked for you to be replaced: this prize can’t be claimed any more. If that is a mistake, write to them with `/ticket_create`.
error-giveaway-replaced-staff = A replacement was asked for: this prize goes to the next in the ranking.
error-giveaway-left = You are no longer in the server of this giveaway. Come back, then claim your prize.
error-giveaway-there = This giveaway is in that channel already. Choose another with the channel’s option.
error-giveaway-no-winner = No winner of that name waits for a prize in this giveaway.
error-giveaway-nobody-waits = Nobody waits for a prize in this giveaway at the moment. A replacement that you asked for before is announced in the channel.
error-giveaway-nothing-to-give = Nothing is to be given to that person.
error-giveaway-which-winner = Several winners wait for their prize. Say which one with the member option.
error-giveaway-all-given = This giveaway is over and no prize waits any more: nobody is replaced.
error-giveaway-not-drawn = The winners aren’t drawn yet.
error-giveaway-too-old = This giveaway has been over for more than 14 days: nobody is replaced any more.
error-giveaway-not-frozen = The list of this giveaway isn’t frozen yet. The proof exists after the end.
error-giveaway-no-entry = You aren’t in the list of this giveaway.
error-giveaway-file-large = That file is too large for Discord. Whoever hosts the bot gets it by `shellia export-draw SERVER GIVEAWAY FILE --open`.
error-giveaway-key = The request’s key must have 1 to 100 visible ASCII characters, without spaces.
error-giveaway-key-used = This key stands for another request already. Take a new one.

## Milestones
milestones = 🎯 Milestones by members
milestones-never = Milestones are off. Choose where they are announced with `/milestones_channel`: then the usual ones are in place, and each is changed with `/milestone_set`.
milestones-on = Announced in { $channel }. Each milestone counts once, as the server grows.
milestones-off = Off: nothing is announced. Switch them on with `/milestones_channel`.
milestones-count = The server has { $members } members by Discord, bots among them; at most: { $peak }.
milestone-line = **{ $members } members**: { $reward } · { $hours } h · { $winners ->
        [one] 1 winner
       *[other] { $winners } winners
    }
milestone-reached = ✅ reached on { $at }, giveaway #{ $number }
milestone-reached-without = ⚠️ reached on { $at }, without a giveaway
milestone-passed = ➖ passed before I counted
milestone-ahead = ⏳ to come
milestone-text = 🎯 There are { $members } of us! Thanks to every one of you.
milestones-now-on = 🎯 Milestones by members are announced in { $channel }. I count from now on: what the server has passed already doesn’t count. See them: `/milestones`.
milestones-by-hand = What milestones promise in words, coins too, is given by staff. `/milestone_set` changes a milestone, `/milestone_remove` takes it away.
milestones-now-off = Milestones by members are announced no more.
milestone-was-set = ✅ { $milestone }
milestone-was-removed = ✅ The milestone of { $members } members is removed.
milestone-without = ⚠️ The milestone of { $members } members is reached, but its giveaway could not be made: { $why } Make it yourselves with `/giveaway_create`.
milestone-reward-50 = 500 coins
milestone-reward-100 = 1,000 coins and a role
milestone-reward-250 = 2,500 coins and a prize
milestone-reward-500 = 5,000 coins and a role
milestone-reward-1000 = 10,000 coins, a role and a badge
milestone-reward-2500 = 25,000 coins
milestone-reward-5000 = 50,000 coins
error-milestone-off = There are no milestones yet. Choose first where they are announced with `/milestones_channel`.
error-milestone-where = Choose a channel, or stop: not both.
error-milestone-reached = This milestone is reached already: it changes no more and doesn’t come back.
error-milestone-passed = The server has had as many members already: this milestone would never be reached. Choose a larger number.
error-milestone-many = This server has 25 milestones already. Remove one first.
error-milestone-none = No milestone at that number of members. See them: `/milestones`.
