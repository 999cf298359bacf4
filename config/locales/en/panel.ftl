## The admin panel: what could not be done, and what to do next
panel-signed-out = You aren’t signed in, or not any more. Sign in, and you will come back here.
panel-foreign = This request doesn’t come from a current page of the panel. Reload the page and try again.
panel-no-staff = You are no longer on this server’s team. If that is a mistake, ask an operator to give you your role back.
panel-not-found = There is nothing at this address, or you have no access to it. Go back to the panel’s start.
panel-no-ticket = There is no ticket with this number on this server. Go back to the list.
panel-too-large = This is too long to be sent. Shorten your text.
panel-broken = What you sent did not arrive whole. Check your connection and try again.
panel-link-over = This link was used already, or it is too old. Make another with `shellia admin-link`.
panel-someone-answered = Someone else on the team answered in the meantime. Read their answer, then send yours if it is still of use.
panel-too-many-canned = There are 200 canned replies already. Delete one to add another.
panel-too-many-views = You have 50 saved views already. Delete one to add another.
panel-transcript = Ticket #{ $number }
panel-transcript-cut = The oldest messages are not in this file: there are too many.
panel-transcript-note = internal note
