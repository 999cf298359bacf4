# What a page of the panel says in the place of an answer that names a command: that answer's id, behind `page-`.
page-giveaway-paused = ⏸️ Giveaway #{ $number }: **{ $title }** is paused. “Resume” lets it go on: its end moves by as much.
page-giveaway-cancelled-repeats = 🔁 It still comes back { $next }: this calls off only the present one. To stop it for good, an operator types `/giveaway_repeat_stop` in Discord.
page-refund-had-failed = ⚠️ Order #{ $number }: this refund of { $amount } did not go through, the money is still here. Start again, or ask the buyer how to give it back.
page-setup-all-well = ✅ Everything is ready. If it isn’t done yet, post the button that opens tickets in a channel: `/ticket_panel`, in Discord.
page-setup-sold-role = The shop sells or gives that role: whoever got it would read every ticket. Nothing was saved: choose a role that only your team has, or first give another role, at the page Shop, to what gives it, also to what is off sale.
page-setup-advice-staff-channel = ⚠️ Choose a staff-only channel: without it nobody is told of new tickets.
page-setup-advice-support-role = ⚠️ Choose your team's role.
page-setup-advice-unchecked = ⚠️ Discord did not answer, so permissions could not be checked. Check again in a moment.
page-shop-state-no-keys = ⚠️ Out of stock: add keys
page-shop-state-no-stock = ⚠️ Out of stock: say how many are left
page-shop-state-role-gone = ⛔ Not sold: its role was deleted. Give it another one
page-shop-state-plan-role-gone = ⛔ Not sold: the role of its plan was deleted. Give the plan another one
page-shop-plan-role-gone = Not sold: the role of its plan was deleted. Give the plan another one, or take these days off sale.
page-shop-role-gone = Not sold: its role was deleted. Give it another one, or take it off sale.
page-plans-role-gone = Not sold: its role was deleted. Give it another one.
page-product-namesake = ⚠️ This name is taken already: { $others }. Who types it has to choose between them; to give it a name of its own, edit it.
page-plan-namesake = ⚠️ Another plan bears this name already: { $others }. Who types it has to choose between them; to give it a name of its own, edit it.
page-plan-namesake-product = ⚠️ A product bears this name already: { $others }. Who types it has to choose between the two; to give the plan a name of its own, edit it.
page-product-namesake-plan = ⚠️ A plan bears this name already: { $others }. Who types it has to choose between the two; to give the product a name of its own, edit it.
page-shop-lacks-role = 📝 The role to give is missing. Choose it: the product will go on sale.
page-shop-lacks-file = 📝 The file is missing. It is given in Discord, with `/product_content` and its option `upload`: the product will go on sale.
page-error-promo-has-one = Promotion #{ $number } ({ $target }) lasts until { $over }, and a week’s rest follows: it is possible from { $rested } on. { $way ->
    [code] Look at it in the list, or aim at something else.
   *[all] Look at it in the list, give this one a code, or aim at something else.
    }
page-problem-price-currency = **{ $option }** must be in the shop’s currency. It is changed in the settings.
page-error-shop-free-plan-price = This plan is everybody’s: it stays at 0.
page-problem-amount = **{ $option }** must be an amount above zero and of at most { $max }, like { $example }, or a part of what was paid, like 50%.
page-error-giveaway-channel = That channel is no text channel of this server. Choose another one from the list.
page-error-giveaway-there = This giveaway is in that channel already. Choose another one from the list.
page-error-giveaway-which-winner = Several winners wait for their prize. Choose which one.
