## The admin panel: what could not be done, and what to do next
panel-signed-out = You aren’t signed in, or not any more. Sign in, and you will come back here.
panel-foreign = This request doesn’t come from a current page of the panel. Reload the page and try again.
panel-no-staff = You are no longer on this server’s team. If that is a mistake, ask an operator to give you your role back.
panel-not-found = There is nothing at this address, or you have no access to it. Go back to the panel’s start.
panel-no-ticket = There is no ticket with this number on this server. Go back to the list.
panel-missing = Fill in this field: it can’t stay empty.
panel-unreadable = The page sent something that we can't read. Nothing was done. Reload the page and try again; if it happens again, tell the team.
panel-too-large = This is too long to be sent. Shorten your text.
panel-broken = What you sent did not arrive whole. Check your connection and try again.
panel-link-over = This link was used already, or it is too old. Make another with `shellia admin-link`.
panel-someone-answered = Someone else on the team answered in the meantime. Read their answer, then send yours if it is still of use.
panel-too-many-canned = There are 200 canned replies already. Delete one to add another.
panel-too-many-views = You have 50 saved views already. Delete one to add another.
panel-canned-called-so = Another canned reply already has this title. Give yours another one, or change that one.
panel-view-called-so = You already have a view of this name. Give this one another name, or delete that one.
panel-transcript = Ticket #{ $number }
panel-transcript-cut = The oldest messages are not in this file: there are too many.
panel-transcript-note = internal note
panel-resume-asked = { $needed ->
    [one] Going on is plan #{ $number }, shown here for ten minutes: nothing goes on until an operator has approved it.
   *[other] Going on is plan #{ $number }, shown here for ten minutes: nothing goes on until { $needed } operators have approved it.
 }
panel-promo-same = { $count ->
    [one] One price doesn’t go down: another promotion is as strong there already.
   *[other] { $count } prices don’t go down: another promotion is as strong there already.
 }
panel-erased-member = erased member no. { $number }
panel-repeats = comes back; next time: { $next }
panel-reroll = In giveaway #{ $number } (**{ $title }**), { $winner } loses the place, and the next of the drawn order takes it. Reason, written in the draw’s public log: { $reason }. This can’t be undone.
panel-promo-held = Orders under way keep their price. A stopped promotion doesn’t start again.
panel-promo-unseen = Look first at what the promotion would change, then start it. Nothing was done.
panel-promo-unbounded = Neither a budget nor a number of uses: nothing bounds it before its end.
panel-role-left = Left the server: the role is given once they are back before it ends.
panel-price-first-month = for the first month, then { $list }
panel-price-first-year = for the first year, then { $list }

## Settings
panel-erasure = Request #{ $id }: what is kept of { $name } is erased within a minute, for good, and the member is told.
panel-retention =
    { $count ->
        [0] { $what }: { $days } days from now on. Nothing is old enough to be erased now.
        [one] { $what }: { $days } days from now on. **1** is older: it is erased now, for good.
       *[other] { $what }: { $days } days from now on. **{ $count }** are older: they are erased now, for good.
    }
panel-retention-unlimited = { $what }: kept without limit from now on.
panel-set-support_channel = Where members ask for help. All of them must see it.
panel-set-staff_channel = Where the team gets tickets and alerts. For the team alone.
panel-set-support_role = Whoever has it answers tickets and enters this panel.
panel-set-operator_role = Whoever has it sets up the bot, the shop and giveaways.
panel-set-language = That of messages to everybody. Each person reads their own in their language.
panel-set-time_zone = That of the shop’s dates, such as Europe/Paris.
panel-set-currency = That of prices. An item without a price in a new currency is not sold any more.

## The audit: what was done, behind a name
audit-catalogue_loaded = loaded the first catalogue
audit-currency_changed = changed the shop’s currency
audit-plan_added = added a plan
audit-plan_edited = changed a plan
audit-plan_removed = took a plan off sale
audit-product_added = added a product
audit-product_edited = changed a product
audit-product_removed = took a product off sale
audit-variant_added = added a variant
audit-stock_set = set the stock
audit-keys_added = added keys
audit-keys_taken_back = took back keys that nobody bought
audit-content_set = changed what a purchase hands over
audit-refund_asked = asked for a refund
audit-order_fulfilled = handed the order over
audit-order_stuck = could not hand the order over
audit-order_state = changed where the order stands
audit-order_refunded = refunded the order
audit-order_disputed = noted a dispute with the bank
audit-evidence_read = opened an order’s evidence
audit-order_read = read an order
audit-orders_read = read a member’s orders
audit-granted = gave access
audit-revoked = took access away
audit-promotion_made = started a promotion
audit-promotion_stopped = stopped a promotion
audit-promotion_ended = ended a promotion
audit-giveaway_made = started a giveaway
audit-giveaway_ended = ended a giveaway early
audit-giveaway_extended = extended a giveaway
audit-giveaway_paused = paused a giveaway
audit-giveaway_resumed = resumed a giveaway
audit-giveaway_cancelled = called a giveaway off
audit-giveaway_moved = moved a giveaway to another channel
audit-giveaway_rerolled = replaced a winner
audit-giveaway_given = gave a prize by hand
audit-giveaway_repeated = let a giveaway come back
audit-giveaway_repeat_stopped = stopped a giveaway from coming back
audit-milestones_on = chose the channel of milestones
audit-milestones_off = stopped announcing milestones
audit-milestone_set = set a milestone’s giveaway
audit-milestone_removed = removed a milestone’s giveaway
audit-erasure_confirmed = confirmed that a member’s data be erased
audit-erasure_refused = refused to erase a member’s data
audit-retention_set = changed how long something is kept
audit-planned = had Shellia prepare a decision
audit-approved = approved a decision
audit-rejected = rejected a decision
audit-committed = carried out a decision
audit-failed = could not carry out a decision
audit-stopped = stopped everything
audit-resumed = let everything go on
audit-autonomy = changed Shellia’s autonomy
audit-refused = was refused
audit-sign_in_in = signed in to the panel
audit-sign_in_denied = gave up signing in to the panel
audit-sign_in_expired = tried a link or a return to the panel that was over
audit-sign_in_discord = could not sign in to the panel: Discord did not answer
audit-sign_in_nobody = wanted into the panel without being on a team
audit-sign_in_busy = tried to get into the panel too often

## What a command refuses, in the page's words
panel-not-operator = This is for operators: those who have the operator role, or the permission “Manage Server”.
panel-problem-role = **{ $option }**: choose a role of the server from the field’s list.
panel-problem-which-role = **{ $option }**: several roles bear this name. Write the id of the one you mean: { $roles }.
panel-problem-channel = **{ $option }**: choose a text channel of the server from the field’s list.
panel-problem-person = **{ $option }**: choose a member, or give their id.
panel-problem-target = **{ $option }**: choose a plan or a product from the field’s list, or leave it empty for everything.
panel-problem-amount = **{ $option }** must be an amount, such as €50.
panel-problem-code = **{ $option }**: nothing bears this name. Choose from the field’s list.
panel-problem-which-variant = This product has several variants: { $variants }. Choose one.
panel-error-shop-plan-removed = This plan is no longer on sale, or can’t be sold by the day. Put it back on sale first.
panel-error-shop-free-plan-stays = This plan is everybody’s: it can’t be taken off sale.
panel-error-shop-draft = This product still lacks something before it can be sold: open it and complete it.
panel-error-shop-variant-same-content = All variants of a text or a file hand over the same content: at another price, one would pay more for the same thing. Make a second product instead.
panel-error-shop-stock-of-keys = The stock of this product is its keys: leave this field empty and add keys.
panel-error-shop-not-keys = This product hands over no keys. Set its stock instead.
panel-error-shop-content-is-file = This product hands over a file, and this page takes none. Give it in Discord, with the command that sets a product’s content.
panel-error-shop-staff-role = This role belongs to the team here: whoever got it would read every ticket. Make a separate role for the shop and choose it.
panel-error-shop-free-plan = Every member has the free plan already: choose another.
panel-error-giveaway-none = There is no giveaway under this number. Go back to the list.
panel-error-giveaway-not-later = This end is not after the present one. To end earlier, end the giveaway instead.
panel-error-promo-none = There is no promotion under this number. Go back to the list.
panel-error-revoke-none = This member has nothing like that given by hand. What was paid is refunded from its order.
panel-error-ticket-closed = This ticket is closed. Reopen it first.
panel-error-ticket-closed-for-good-staff = This ticket is closed, and it is too late to reopen it. Ask the member to open a new one; a note is still possible.
panel-error-ticket-already-closed = This ticket is closed already. If something is left to do, reopen it.
panel-error-ticket-already-resolved = This ticket is resolved already. To end it, close it.
panel-error-ticket-taken = Somebody has taken this ticket already. To change who is responsible, assign it.
panel-error-ticket-not-ended = This ticket is neither resolved nor closed: reply to it.
panel-error-ticket-unchanged = It is so already: nothing has changed.
panel-error-privacy-decided = This request is dealt with already, or its member withdrew it. Go back to the list.
panel-field-month_price = Price a month
panel-field-year_price = Price a year
panel-field-trial_days = Free trial (days)
panel-field-level = Level
panel-field-member_limit = Per member, at most
panel-field-about = Description
panel-field-product_category = Category
panel-field-kind = Kind
panel-field-days = Days
panel-field-plan = Plan
panel-field-content = Text
panel-field-keys = Keys
panel-field-variant = Variant
panel-field-given_plan = Plan given
panel-field-given_role = Role given
panel-field-given_days = For how many days
panel-field-won_product = Product won
panel-field-won_variant = Variant
panel-field-won_coupon = Reduction won
panel-field-coupon_days = Reduction valid (days)
panel-field-any_role = At least one of these roles
panel-field-all_roles = All of these roles
panel-field-no_role = None of these roles
panel-field-needs_plan = Only for the plan
panel-field-account_days = Account at least (days) old
panel-field-member_days = Member for (days)
panel-field-bonus_role = Role with more chances
panel-field-bonus_entries = Extra entries
panel-field-claim_hours = Hours to claim
panel-field-fairness = Source of chance
panel-field-prize = Prize
panel-field-winners = Winners
panel-field-duration = Duration
panel-field-giveaway_begins = Start
panel-field-starts = Start
panel-field-giveaway_channel = Channel
panel-field-giveaway_text = Description
panel-field-value = Value
panel-field-target = On
panel-field-code = Code to type
panel-field-uses = Uses, at most
panel-field-per_member = Per member, at most
panel-field-budget = Budget
panel-field-reason = Reason
panel-field-note = More words
panel-field-member = Member
panel-field-state = State
panel-field-to = To
panel-field-role = Role
panel-field-price = Price
panel-field-stock = Stock
panel-field-name = Name
panel-field-kept_days = Days
panel-choice-pending = pending
panel-choice-awaiting = payment on its way
panel-choice-paid = paid
panel-choice-fulfilled = delivered
panel-choice-canceled = canceled
panel-choice-expired = expired
panel-choice-failed = failed
panel-choice-refunded = refunded
panel-choice-scheduled = to come
panel-choice-active = running
panel-choice-ended = ended
panel-choice-stopped = stopped
panel-choice-open = open
panel-choice-paused = paused
panel-choice-drawing = being drawn
panel-choice-drawn = winners drawn
panel-choice-done = done
panel-choice-cancelled = cancelled
panel-choice-newest = newest first
panel-choice-oldest = oldest first
panel-choice-total = largest total
panel-choice-breached = missed
panel-choice-soon = soon missed
panel-choice-ok = in time
panel-choice-asc = ascending
panel-choice-desc = descending
## The audit: values in words
audit-nothing = nothing
audit-thing-plan = the plan { $name }
audit-thing-product = the product { $name }
audit-until = { $what }, until { $until }
audit-field = { $field }: { $value }
audit-field-name = Name
audit-field-benefits = Benefits
audit-field-level = Level
audit-field-support = Support
audit-field-role = Role
audit-field-trial_days = Free trial
audit-field-hidden = Visibility
audit-field-archived = Sale
audit-field-month = Price by the month
audit-field-year = Price by the year
audit-field-price = Price
audit-field-description = Description
audit-field-category = Category
audit-field-plan = Plan given
audit-field-days = Duration
audit-field-visible_role = Role that sees it
audit-field-member_limit = Purchases per member, at most
audit-hidden-true = hidden from members
audit-hidden-false = shown to everybody
audit-archived-true = off sale
audit-archived-false = on sale
audit-days = { $count ->
    [0] no day
    [one] { $count } day
   *[other] { $count } days
 }
audit-stock-unlimited = without limit
audit-stock = { $count ->
    [0] sold out
    [one] { $count } in stock
   *[other] { $count } in stock
 }
audit-keys = { $count ->
    [one] { $count } key
   *[other] { $count } keys
 }
audit-content-text = { $count ->
    [one] a text of { $count } character
   *[other] a text of { $count } characters
 }
audit-content-file = the file { $name } ({ $kilobytes } kB)
audit-file = file no. { $number }
audit-milestone = { $count ->
    [one] { $count } member
   *[other] { $count } members
 }
audit-all-orders = read the list of orders
audit-dispute-none = no dispute
audit-dispute-open = the bank looks into the payment
audit-dispute-won = won, the payment stands
audit-dispute-lost = lost, the bank took the payment back
audit-via-link = by a one-time link
audit-via-discord = by Discord
audit-asked-analytics = to read the figures
audit-asked-approve = to approve a decision
audit-asked-audit = to read Shellia’s log
audit-asked-autonomy = to set the autonomy
audit-asked-catalogue = to read the catalogue
audit-asked-commit = to carry out a decision
audit-asked-giveaways = to read giveaways
audit-asked-guild = to read the server’s settings
audit-asked-plan = to prepare a decision
audit-asked-plans = to read decisions
audit-asked-promotions = to read promotions
audit-asked-read_plan = to read a decision
audit-asked-reject = to reject a decision
audit-asked-report = to read the report
audit-asked-settings = to read the shop’s settings
audit-asked-stop = to stop everything
audit-asked-switch = to read whether Shellia may act
audit-asked-tickets = to read tickets
audit-asked-door = to ask Maxis something
audit-why-not_allowed = one must be an operator of the server
audit-why-not_found = not found
audit-why-over_cap = it is more than is allowed
audit-why-error-promo-cooldown = a promotion runs there or has just ended, it has to rest
audit-why-error-promo-no-reduction = the price had been as low shortly before
audit-door-missing = without a pass
audit-door-malformed = a pass that can’t be read
audit-door-key = a pass signed with another key
audit-door-audience = a pass for another Maxis
audit-door-expired = a pass that has run out
audit-door-time = a pass of another time: the clocks differ, or Maxis has just started
audit-door-too_long = a pass that holds too long
audit-door-altered = a pass for another request
audit-door-replayed = a pass that was used before
audit-door-too_many = too many requests at once
audit-refused-more = (further refusals of these 24 hours are not written down)
panel-field-opener = Opened by
panel-field-sla = Time limit
panel-field-sort = Order
panel-field-dir = Direction
panel-field-limit = Number a page
panel-field-q = Search
panel-field-who = Who
panel-field-seen = Seen up to
panel-field-do = Action
panel-field-numbers = Tickets
panel-field-body = Text
panel-field-title = Title
panel-field-query = Filters
panel-field-cursor = Page
panel-field-from = From
panel-choice-priority = urgency
panel-choice-updated = last change
panel-choice-created = opening
panel-choice-due = time limit
panel-problem-unknown = **{ $option }**: the page doesn't know this value. Reload it and choose from what it offers.
panel-no-order = There is no order under this number on this server. Go back to the list.
panel-error-privacy-none = There is no request under this number. Go back to the list.
panel-error-privacy-obstacles-staff = This member still has a subscription, an order, a refund, a dispute or a giveaway under way: wait until it is over, then confirm.
