## The shop at the panel: what waits for staff, what would happen
panel-trouble-amount-differs = Paid, but the amount received isn’t the one agreed.
panel-trouble-out-of-stock = Paid too late: the last one was gone.
panel-trouble-double = Paid twice.
panel-trouble-gone = Paid, but the item no longer exists.
panel-trouble-trial-used = No trial: the card was used for one before. Nothing was charged.
panel-trouble-in-vain = Paid, but the member already had what it gives.
panel-trouble-role-gone = Paid, but the role it gives was deleted from the server.
panel-trouble-left = Paid, but the recipient had left the server.
panel-trouble-member-limit = Paid, but the member had already bought as many as one may.
panel-money-back = The money goes back to them without you doing anything.
panel-money-held = Their bank is looking into the payment: nothing can be given back for now.
panel-money-taken = Their bank has already given them the money back.
panel-money-staff = Look at the payment at Stripe, then refund the order or give by hand what was bought.
panel-trouble-disputed = The bank is looking into the payment: access is suspended until it decides. Answer it at Stripe; the evidence file helps you there.
panel-trouble-disputed-nothing = The bank is looking into the payment. Answer it at Stripe; the evidence file helps you there.
panel-trouble-no-role = The role that this order gives was deleted from the server. Give the item another role, or refund.
panel-trouble-stuck-role = The role could not be given. The member’s page says why and how to mend it.
panel-trouble-owed = A refund failed. Try again, or give the money back another way.
panel-subscription-renews = Renews on this date.
panel-subscription-ends = Stops on this date.
panel-subscription-owes = The payment did not go through: Stripe tries again, then the subscription stops.
panel-subscription-over = Over.
panel-plan-remove = The plan “{ $name }” will no longer be on sale. { $count ->
    [0] Nobody holds it at the moment.
    [one] { $count } member holds it at the moment: they keep it; a subscription that runs goes on.
   *[other] { $count } members hold it at the moment: they keep it; subscriptions that run go on.
} You can put it back on sale.
panel-plan-restore = The plan “{ $name }” will be on sale again, at the prices it had. { $count ->
    [0] Nobody holds it at the moment.
    [one] { $count } member holds it at the moment.
   *[other] { $count } members hold it at the moment.
}
panel-product-remove = The product “{ $name }” will no longer be on sale. Whoever bought it keeps it. You can put it back on sale.
panel-product-restore = The product “{ $name }” will be on sale again, at the prices it had.
panel-on-sale-already = It is on sale already: there is nothing to do.
panel-preview-gone = This preview no longer holds. Look again at what would happen, then confirm.
panel-keys-one-line = Several keys seem to stand on one line. Put one key on each line, without commas or semicolons.
panel-alert-order = Order { $number }, { $what }: { $text }
panel-alert-keys = “{ $name }” has no free key left: it isn’t sold any more. Paste more.
