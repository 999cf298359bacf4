## What was just done
ticket-created = ✅ Ticket #{ $number } created: **{ $subject }**
    { $category } · { $priority } · to be solved { $due }
    The team knows; their answer will reach you in private.
ticket-created-by-plan = ⭐ Your plan puts it first.
ticket-created-one-word = 💡 The subject is one word: **{ $subject }**. For a longer one, use quotes: `!ticket_create "your subject" your description`.
ticket-replied = 💬 Reply added to ticket #{ $number }. The team knows.
ticket-replied-resolved = 💬 Message added to ticket #{ $number }, which stays solved. Is the problem back? Reopen it.
ticket-replied-staff = 💬 Reply sent on ticket #{ $number }. The member will be told; the ticket waits for their answer.
ticket-replied-staff-took = { ticket-replied-staff }
    🙋 Nobody had it yet: it is yours now.
ticket-noted = 🗒️ Note added to ticket #{ $number }. Only the team sees it.
ticket-closed = 🔒 Ticket #{ $number } closed. Thank you! How many stars for our help?
ticket-closed-staff = 🔒 Ticket #{ $number } closed. The member will be told and can then rate it.
ticket-closed-own = 🔒 Ticket #{ $number } closed.
ticket-reopened = 🔓 Ticket #{ $number } reopened. The team knows.
ticket-rated-anew = { $stars } Changed: this rating of ticket #{ $number } replaces the one before ({ $before }).
ticket-rated = { $stars } Thank you for rating ticket #{ $number }!
ticket-claimed = 🙋 Ticket #{ $number } is yours.
ticket-assigned = 👥 Ticket #{ $number } assigned to { $agent }.
ticket-resolved = ✅ Ticket #{ $number } solved. The member will be told; if they don’t write again, the ticket closes by itself.
ticket-resolved-own = ✅ Ticket #{ $number } solved. Without another answer of yours, it will close by itself.
ticket-priority-changed = Priority of ticket #{ $number }: { $priority }. The time used so far counts.
ticket-category-changed = Category of ticket #{ $number }: { $category }.
ticket-cut = 📄 A message is too long to fit here: the whole text is in the attached file.

## A ticket
ticket-title = 🎫 Ticket #{ $number } · { $subject }
ticket-priority-by-plan = { $priority } (plan { $plan })
ticket-unassigned = Nobody
ticket-closed-by-clock = by itself, with no new reply
ticket-closed-erased = its member was erased
state-waits-for-you = Waiting for your answer
field-state = State
field-category = Category
field-priority = Priority
field-created = Opened
field-assignee = Assignee
field-rating = Rating
field-closed = Closed
field-auto-close = Closes by itself
field-opener = Member
field-plan = Plan
plan-free = Free
field-sla = Due
field-files = Files
field-reason = Reason
field-delivery = Delivery to the member
sla-breached = missed
sla-paused = paused, { $left } left
sla-ended = over
message-opener = 💬 { $name }
message-staff = 🛡️ { $name } · team
message-note = 🗒️ { $name } · internal note
transcript-note = {" "}(internal note)
button-view = View
button-reply = Reply
button-reply-to = Reply to ticket #{ $number }
button-add = Add a message
button-claim = Claim
button-note = Note
button-resolve = Solve
button-close = Close
button-reopen = Reopen
button-older = Older
button-newer = Newer
button-my-tickets = My tickets

## Files
file-here = 📎 Here is the file.
file-not-kept = ⚠️ { $name } is not attached: { $why }.
file-too-large = it is larger than { $max }
file-wrong-type = this type of file isn’t accepted
file-quota-full = your files already take all the room there is
file-too-many = ten files a message at most
file-elsewhere = it doesn’t come from Discord; attach it to the message
file-pending = being copied
file-refused = not accepted
file-failed = no longer available
size-bytes = { $count } B
size-kib = { $count } KiB
size-mib = { $count } MiB

## Delivery of replies
delivery-dm = ✉️ Delivered by direct message
delivery-ping = 🔔 Direct messages shut: member called in the support channel
delivery-done = ✔️ Nothing left to deliver
delivery-pending = ⏳ Being delivered
delivery-retried = ⏳ Delivery tried again ({ $attempts } times): { $why }
delivery-failed = ⚠️ Not delivered: { $why }
delivery-why-dm-shut = direct messages shut
delivery-why-no-access = the bot can’t see the channel
delivery-why-no-permission = missing permission
delivery-why-open = staff channel open to everyone
delivery-why-left = the member left the server
delivery-why-gone = channel or message gone
delivery-why-later = Discord doesn’t answer right now
delivery-why-refused = refused by Discord
delivery-why-too-large = too large
delivery-why-unknown = unknown reason

## Lists
list-title = 📋 Your tickets
list-title-staff = 📋 Tickets of this server
list-empty = You have no ticket yet. A question, a problem? Open one.
list-none-fits = No ticket fits.
list-end = Nothing more here.
button-older-tickets = Older
button-newer-tickets = Newer
button-newest-tickets = The newest

## Panel
panel-title = 🎫 Need help?
panel-body = Open a ticket: the team answers you in private. Only you and the team can see it.
panel-categories = For any subject

## Figures
stats-title = 📊 Tickets
stats-days = Tickets opened in the last { $days } days
stats-total = Total
stats-breached = Missed due times
stats-stars = Satisfaction
stats-resolution = Mean time to solve
stats-first-response = Mean first response
stats-states = By state
stats-urgent = Urgent
stats-agents = By agent
stats-agent = { $agent } · assigned { $assigned } · solved { $resolved }
stats-none = no data yet
stats-unrated = no rating yet
stars-mean = { $whole }.{ $tenth } ⭐
span-days = { $days } d { $hours } h
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min

## History
history-title = 🧾 History of ticket #{ $number }
history-clock = the clock
deed-created = opened the ticket
deed-replied = replied
deed-noted = left a note
deed-claimed = took the ticket
deed-assigned = assigned the ticket
deed-resolved = solved the ticket
deed-closed = closed the ticket
deed-reopened = reopened the ticket
deed-rated = rated it
deed-priority_changed = changed the priority
deed-category_changed = changed the category
deed-reminded = reminded of the due time
deed-breached = found the due time missed
deed-freed = took the ticket from who is no longer in the team
deed-viewed = read the ticket
deed-listed = read the list
deed-history_read = read the history
deed-file_read = opened a file

## Agents
agent-title = Who gets new tickets automatically
agent-set = ✅ Noted for { $category }.

## Notices
notice-replied = 💬 { $name } replied to your ticket #{ $number }.
notice-resolved = ✅ Your ticket #{ $number } is solved. If we don’t hear from you, it closes by itself. How did we do?
notice-closed = 🔒 Your ticket #{ $number } is closed. How many stars for our help?
notice-closed-by-clock = 🔒 Your ticket #{ $number } closed by itself, with no new reply. How many stars for our help?
notice-goes-on = 🔓 Your ticket #{ $number } goes on.
notice-ping = 📬 { $person }, there is news for you. Your direct messages are shut: open it here, only you will see it.
button-open-news = Open
notice-assigned = 👥 Ticket #{ $number } is assigned to you: { $category } · { $priority }. Open it on the server with `/ticket_view { $number }`.
notice-sla-reminder = ⏰ Ticket #{ $number }: due { $due }.
notice-sla-breach = 🚨 Ticket #{ $number }: due time missed.
notice-agent-left = ⚠️ { $person } is no longer in the team. Ticket #{ $number } is free again, and no new one goes to them by itself. To choose who gets the new tickets of a category: `/ticket_agent`.

## Refusals, and what to do instead
error-ticket-closed = This ticket is closed. Reopen it first with `/ticket_reopen`.
error-ticket-closed-for-good = This ticket has been closed for too long to be reopened. Open a new one with `/ticket_create`.
error-ticket-closed-for-good-staff = This ticket is closed, and it is too late to reopen it. Ask the member to open a new one; a note is still possible with `/ticket_note`.
error-ticket-erased = This ticket was erased because its author asked for it: nothing more is written in it.
error-ticket-already-closed = This ticket is closed already. If something is left to settle, reopen it with `/ticket_reopen`.
error-ticket-already-resolved = This ticket is already solved. To end it, close it with `/ticket_close`.
error-ticket-already-yours = This ticket is already yours.
error-ticket-too-many = You already have many open tickets, and the team takes them one by one. Go on in one of them, or close those that you no longer need: they are all in `/ticket_list`.
error-ticket-taken = Somebody already took this ticket. To change who has it: `/ticket_assign`.
error-ticket-same-assignee = They already have this ticket.
error-ticket-not-ended = This ticket is neither solved nor closed: answer it with `/ticket_reply`.
error-ticket-reopen-too-late = It is too late to reopen this ticket. Open a new one with `/ticket_create`.
error-ticket-rate-opener-only = Only the member who opened the ticket can rate it.
error-ticket-rate-own = You handled this ticket yourself: stars tell what somebody else’s help was worth. There is nothing more to do, thank you!
error-ticket-rate-too-early = You can rate the ticket once it is solved or closed.
error-ticket-rate-too-late = Your rating is recorded and can no longer change.
error-ticket-unchanged = It is so already: nothing has changed. How the ticket stands: `/ticket_view`.
error-agent-not-staff = This person isn’t in the team. Give them the support role first.
error-agent-not-known = Discord doesn’t tell me right now whether this person is in the team. Please try again in a minute.
error-agent-or-clear = Choose one: an agent, or clearing; not both.
error-list-before-or-after = Choose: the tickets before a number, or those after one, not both. The whole list: `/ticket_list`.
